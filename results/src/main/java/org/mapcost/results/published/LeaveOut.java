package org.mapcost.results.published;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;
import org.mapcost.model.machine.Section;

/// What the predictions would be had one source of prices never been found.
///
/// The model is no regression: nothing is fitted to all sources at once, so leaving one out means
/// that the values which cite it are gone. A value that is gone is replaced:
/// * by what other bundled machines say of the same parameter from other sources: the geometric
///   mean of their best values, from the lowest low to the highest high;
/// * where no other source says anything, by itself, a factor [#UNKNOWN] each way: then best stays,
///   and only the width tells that nothing else is known. Such values are counted apart.
///
/// Topology, sizes and features are no measurements and stay.
public final class LeaveOut {
  /// How uncertain a price is that nobody measured.
  static final double UNKNOWN = 4;

  private final List<Machine> machines;

  /// @param of the machines whose values are left out and borrowed
  public LeaveOut(List<Machine> of) {
    machines = List.copyOf(of);
  }

  /// Of the machines that come with mapcost.
  public static LeaveOut ofBundled() {
    return new LeaveOut(Machines.all());
  }

  /// One source left out.
  ///
  /// @param source its title
  /// @param replaced how many values of machines that the rows use were replaced
  /// @param alone how many of them no other source tells
  /// @param moved rows whose best moved by more than a hundredth, or that changed sides
  /// @param before the validation with the source
  /// @param after the validation without it
  /// @param farthest the row whose best moved most
  /// @param factor how far it moved, best without over best with
  public record Row(
      String source,
      int replaced,
      int alone,
      int moved,
      Validation before,
      Validation after,
      String farthest,
      double factor) {}

  /// Leaves out each source that a machine of the predictions cites, in turn; the one that matters
  /// most comes first.
  public List<Row> each(List<Prediction> predictions, Answers answers) {
    Validation before = Validation.of(predictions, answers);
    Set<String> used =
        predictions.stream()
            .flatMap(each -> each.asks().values().stream())
            .map(Question::machine)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> sources = new LinkedHashSet<>();
    for (Machine machine : machines) {
      if (used.contains(machine.name())) {
        measured().forEach(p -> sources.addAll(titles(machine.quantity(p).source())));
      }
    }
    return sources.parallelStream()
        .map(source -> row(source, used, predictions, answers, before))
        .sorted(
            Comparator.comparingDouble((Row row) -> -Math.abs(Math.log(row.factor())))
                .thenComparing(Row::source))
        .toList();
  }

  private Row row(
      String source,
      Set<String> used,
      List<Prediction> predictions,
      Answers answers,
      Validation before) {
    Map<String, Map<String, String>> ofMachine = new LinkedHashMap<>();
    int replaced = 0;
    int alone = 0;
    for (Machine machine : machines) {
      Map<Parameter, Interval> without = without(machine, source);
      Map<String, String> set = new TreeMap<>();
      without.forEach((p, interval) -> set.put(p.path(), text(interval, machine.quantity(p))));
      ofMachine.put(machine.name(), set);
      if (used.contains(machine.name())) {
        replaced += without.size();
        alone += (int) without.keySet().stream().filter(p -> others(p, source).isEmpty()).count();
      }
    }
    Validation after =
        Validation.of(
            predictions,
            (question, nothing) ->
                answers.answer(question, ofMachine.getOrDefault(question.machine(), Map.of())));
    return compared(source, replaced, alone, before, after);
  }

  private static Row compared(
      String source, int replaced, int alone, Validation before, Validation after) {
    Map<String, Outcome> old =
        before.outcomes().stream()
            .collect(Collectors.toMap(each -> each.prediction().row(), each -> each));
    int moved = 0;
    String farthest = "-";
    double factor = 1;
    for (Outcome now : after.outcomes()) {
      Outcome was = old.getOrDefault(now.prediction().row(), now);
      double by = now.predicted().best() / was.predicted().best();
      if (Math.abs(by - 1) > 0.01 || now.verdict() != was.verdict()) {
        moved++;
      }
      if (Math.abs(Math.log(by)) > Math.abs(Math.log(factor)) + 1e-9) {
        factor = by;
        farthest = now.prediction().row();
      }
    }
    return new Row(source, replaced, alone, moved, before, after, farthest, factor);
  }

  /// The values of a machine that a source gave, as they would be without it, in the unit of
  /// record.
  Map<Parameter, Interval> without(Machine machine, String source) {
    Map<Parameter, Interval> without = new EnumMap<>(Parameter.class);
    for (Parameter parameter : measured()) {
      Quantity quantity = machine.quantity(parameter);
      if (titles(quantity.source()).contains(source)) {
        List<Interval> others = others(parameter, source);
        without.put(
            parameter,
            others.isEmpty() ? unknown(quantity.interval()) : in(quantity, machine, others));
      }
    }
    return without;
  }

  /// What machines say of a parameter from other sources; times in nanoseconds.
  private List<Interval> others(Parameter parameter, String source) {
    Set<Interval> others = new LinkedHashSet<>();
    for (Machine machine : machines) {
      Quantity quantity = machine.quantity(parameter);
      if (!quantity.unsourced()
          && !titles(quantity.source()).contains(source)
          && quantity.interval().best() > 0
          && !quantity.source().startsWith("bare metal")) {
        others.add(isTime(quantity) ? machine.nanoseconds(parameter) : quantity.interval());
      }
    }
    return List.copyOf(others);
  }

  private static Interval in(Quantity quantity, Machine machine, List<Interval> others) {
    double logs = others.stream().mapToDouble(each -> Math.log(each.best())).average().orElse(0);
    double low = others.stream().mapToDouble(Interval::low).min().orElse(0);
    double high = others.stream().mapToDouble(Interval::high).max().orElse(0);
    double best = Math.min(high, Math.max(low, Math.exp(logs)));
    Interval interval = new Interval(low, best, high);
    return quantity.unit().equals("cycles")
        ? interval.times(machine.interval(Parameter.CLOCK).best() / 1e9)
        : interval;
  }

  private static Interval unknown(Interval interval) {
    return new Interval(interval.low() / UNKNOWN, interval.best(), interval.high() * UNKNOWN);
  }

  private static boolean isTime(Quantity quantity) {
    return quantity.unit().equals("cycles") || quantity.unit().equals("ns");
  }

  /// The sources that a reference names: titles of the survey by its rows; else its own words up to
  /// the first figure or bracket. None for what has no source.
  static Set<String> titles(String reference) {
    Set<String> titles = new LinkedHashSet<>();
    if (reference.equals(Quantity.NONE) || reference.startsWith("--set")) {
      return titles;
    }
    for (String id : PublishedSource.ids(reference)) {
      Split.bundled().ofRow(id).ifPresent(source -> titles.add(source.source()));
    }
    if (titles.isEmpty()) {
      titles.add(reference.split("[:(]", 2)[0].strip());
    }
    return titles;
  }

  private static List<Parameter> measured() {
    List<Parameter> measured = new ArrayList<>();
    for (Parameter parameter : Parameter.values()) {
      boolean time =
          parameter.section() != Section.TOPOLOGY && parameter.section() != Section.FEATURES;
      if (time && parameter.section() != Section.VIRTUAL && !isSize(parameter)) {
        measured.add(parameter);
      }
    }
    return measured;
  }

  private static boolean isSize(Parameter parameter) {
    return switch (parameter) {
      case L1D, L2, LLC, STLB, INVLPGB_PAGES -> true;
      default -> false;
    };
  }

  private static String text(Interval interval, Quantity quantity) {
    String unit = quantity.unit();
    return end(interval.low(), unit)
        + ".."
        + end(interval.best(), unit)
        + ".."
        + end(interval.high(), unit);
  }

  private static String end(double value, String unit) {
    return String.format(Locale.ROOT, "%.6f", value) + unit;
  }
}
