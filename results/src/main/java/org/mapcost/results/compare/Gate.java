package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;

/// Whether B may follow A.
///
/// A row passes when its whole interval lies within the limit. It is a regression when its whole
/// interval lies beyond the limit and it still stands out among all rows: Holm's step-down test
/// (Scandinavian Journal of Statistics 6, 1979) keeps the chance that any row of unchanged code is
/// called a regression under [Thresholds#falseAlarms]: the test is made at half of it, as an
/// interval leaves half of its doubt on either side. Fewer than five forks are not enough for that:
/// where forks have two modes, three may well fall into the same. Everything between is undecided.
///
/// @param comparison of the metrics that a rule names
/// @param rows each with its rule and outcome
/// @param notes rules that found nothing to hold for, and the like
public record Gate(Comparison comparison, List<GateRow> rows, List<String> notes) {
  /// Forks of either side without which nothing is called a regression.
  public static final int FEWEST_FORKS = 5;

  public Gate {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /// Judges B against A.
  ///
  /// @param include only benchmarks whose name with parameters contains a match
  /// @throws org.mapcost.model.InputException if the ruler is not exactly one benchmark
  public static Gate of(
      ResultFile a, ResultFile b, Thresholds thresholds, Optional<Pattern> include) {
    DiffOptions options =
        new DiffOptions(DiffOptions.TOLERANCE, include, Optional.empty(), thresholds.ruler());
    Comparison comparison =
        Comparison.of(a, b, options, each -> List.copyOf(rules(each, thresholds).keySet()));
    List<GateRow> rows = new ArrayList<>();
    Set<GateRule> used = new HashSet<>();
    for (Row row : comparison.rows()) {
      Optional.ofNullable(rules(row.measurement(), thresholds).get(row.metric()))
          .ifPresent(rule -> {
            used.add(rule);
            rows.add(GateRow.of(row, rule));
          });
    }
    List<String> notes = new ArrayList<>();
    for (GateRule rule : thresholds.rules()) {
      if (!used.contains(rule)) {
        notes.add(
            "no benchmark in both has what the rule for '"
                + rule.benchmark()
                + "', metric "
                + rule.metric()
                + ", asks for");
      }
    }
    return new Gate(comparison, judged(rows, thresholds.falseAlarms()), notes);
  }

  /// The metrics that rules name, each with the first rule that does.
  private static Map<Metric, GateRule> rules(Measurement measurement, Thresholds thresholds) {
    Map<Metric, GateRule> rules = new LinkedHashMap<>();
    String key = measurement.key();
    boolean isRuler = thresholds.ruler().map(each -> each.matcher(key).find()).orElse(false);
    for (GateRule rule : thresholds.rules()) {
      if (!isRuler && rule.benchmark().matcher(key).find()) {
        Metric.named(measurement, rule.metric()).ifPresent(each -> rules.putIfAbsent(each, rule));
      }
    }
    return rules;
  }

  /// Gives every row its outcome, with Holm's correction over all rows that have a ratio.
  static List<GateRow> judged(List<GateRow> rows, double falseAlarms) {
    List<Integer> byChance =
        IntStream.range(0, rows.size())
            .boxed()
            .filter(i -> rows.get(i).worsening().isPresent())
            .sorted(Comparator.comparingDouble(i -> rows.get(i).chance()))
            .toList();
    Set<Integer> standOut = new HashSet<>();
    for (int rank = 0; rank < byChance.size(); rank++) {
      int i = byChance.get(rank);
      if (rows.get(i).chance() > falseAlarms / 2 / (byChance.size() - rank)) {
        break;
      }
      standOut.add(i);
    }
    return IntStream.range(0, rows.size())
        .mapToObj(i -> rows.get(i).with(outcome(rows.get(i), standOut.contains(i))))
        .toList();
  }

  private static GateRow.Outcome outcome(GateRow row, boolean standsOut) {
    Optional<Interval> worsening = row.worsening();
    if (worsening.isEmpty()) {
      return GateRow.Outcome.UNDECIDED;
    }
    if (worsening.get().high() <= row.bound()) {
      return GateRow.Outcome.PASSED;
    }
    boolean enough = Math.min(row.row().forksOfA(), row.row().forksOfB()) >= FEWEST_FORKS;
    return enough && standsOut && worsening.get().low() > row.bound()
        ? GateRow.Outcome.REGRESSION
        : GateRow.Outcome.UNDECIDED;
  }

  /// How many rows have an outcome.
  public long count(GateRow.Outcome outcome) {
    return rows.stream().filter(each -> each.outcome() == outcome).count();
  }

  /// The outcome of all rows together: a regression if one is, undecided if one is, if a benchmark
  /// of A is missing in B, or if there was nothing to judge.
  public GateRow.Outcome outcome() {
    if (count(GateRow.Outcome.REGRESSION) > 0) {
      return GateRow.Outcome.REGRESSION;
    }
    boolean all =
        count(GateRow.Outcome.PASSED) == rows.size()
            && !rows.isEmpty()
            && comparison.onlyInA().isEmpty();
    return all ? GateRow.Outcome.PASSED : GateRow.Outcome.UNDECIDED;
  }
}
