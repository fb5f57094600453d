package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;

/// Two stored results side by side.
///
/// @param a the base
/// @param b what is compared with it
/// @param rows every metric that both have, in A's order
/// @param onlyInA measurements that B lacks
/// @param onlyInB measurements that A lacks
/// @param fence what differs between the places of measurement
public record Comparison(
    ResultFile a,
    ResultFile b,
    List<Row> rows,
    List<Measurement> onlyInA,
    List<Measurement> onlyInB,
    Fence fence) {
  public Comparison {
    rows = List.copyOf(rows);
    onlyInA = List.copyOf(onlyInA);
    onlyInB = List.copyOf(onlyInB);
  }

  /// Compares B with A, the metrics that the options name.
  ///
  /// @throws org.mapcost.model.InputException if the ruler is not exactly one benchmark
  public static Comparison of(ResultFile a, ResultFile b, DiffOptions options) {
    return of(a, b, options, each -> metrics(each, options));
  }

  /// Compares B with A, for each measurement the metrics that a function of A's names.
  static Comparison of(
      ResultFile a,
      ResultFile b,
      DiffOptions options,
      Function<Measurement, List<Metric>> metrics) {
    @Nullable Ruler ruler =
        options.ruler().map(pattern -> Ruler.of(pattern, a, b, options.value())).orElse(null);
    RowMaker maker = new RowMaker(options.tolerance(), Optional.ofNullable(ruler), options.value());
    Map<String, List<Measurement>> ofA = byKey(a, options);
    Map<String, List<Measurement>> ofB = byKey(b, options);
    List<Measurement[]> pairs = new ArrayList<>();
    List<Measurement> onlyInA = new ArrayList<>();
    List<Row> wrong = new ArrayList<>();
    ofA.forEach((key, as) -> {
      List<Measurement> bs = ofB.getOrDefault(key, List.of());
      if (bs.isEmpty()) {
        onlyInA.addAll(as);
      } else if (as.size() > 1 || bs.size() > 1) {
        wrong.add(maker.twice(as.getFirst(), as.size(), bs.size()));
      } else {
        pairs.add(new Measurement[] {as.getFirst(), bs.getFirst()});
      }
    });
    List<Row> rows =
        pairs.parallelStream()
            .<Row>mapMulti((pair, sink) ->
                metrics.apply(pair[0]).forEach(each -> sink.accept(maker.row(pair, each))))
            .toList();
    List<Measurement> onlyInB =
        ofB.entrySet().stream()
            .filter(each -> !ofA.containsKey(each.getKey()))
            .flatMap(each -> each.getValue().stream())
            .toList();
    List<Row> all = new ArrayList<>(rows);
    all.addAll(wrong);
    return new Comparison(a, b, all, onlyInA, onlyInB, Fence.between(a, b, pairs));
  }

  /// How many rows have a verdict.
  public long count(Verdict verdict) {
    return rows.stream().filter(each -> each.verdict() == verdict).count();
  }

  /// `12 compared: 2 slower, 9 same within 2 %, 1 undecided`.
  public String summary(double tolerance) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = count(verdict);
      if (count > 0) {
        parts.add(count + " " + words(verdict, tolerance));
      }
    }
    String missing = onlyInA.isEmpty() ? "" : "; " + onlyInA.size() + " only in A";
    String added = onlyInB.isEmpty() ? "" : "; " + onlyInB.size() + " only in B";
    return rows.size()
        + " compared"
        + (parts.isEmpty() ? "" : ": " + String.join(", ", parts))
        + missing
        + added
        + ".";
  }

  /// A verdict as a sentence has it; `same within 2 %`.
  public static String words(Verdict verdict, double tolerance) {
    return verdict == Verdict.SAME
        ? String.format(Locale.ROOT, "same within %s %%", percent(tolerance))
        : verdict.toString();
  }

  static String percent(double share) {
    String digits = String.format(Locale.ROOT, "%.2f", 100 * share);
    return digits.replaceFirst("\\.?0+$", "");
  }

  /// Refuses a comparison across different conditions.
  ///
  /// @throws org.mapcost.model.InputException if there is a difference; it names all of them
  public Comparison fenced(boolean anyway) {
    if (!anyway) {
      fence.refuse();
    }
    return this;
  }

  private static List<Metric> metrics(Measurement measurement, DiffOptions options) {
    return options
        .metrics()
        .map(pattern ->
            Metric.all(measurement).stream()
                .filter(each -> pattern.matcher(each.name()).find())
                .toList())
        .orElseGet(() -> Metric.usual(measurement));
  }

  private static Map<String, List<Measurement>> byKey(ResultFile results, DiffOptions options) {
    Map<String, List<Measurement>> byKey = new LinkedHashMap<>();
    for (Measurement each : results.measurements()) {
      String key = each.key();
      if (options.include().map(pattern -> pattern.matcher(key).find()).orElse(true)) {
        byKey.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(each);
      }
    }
    return byKey;
  }
}
