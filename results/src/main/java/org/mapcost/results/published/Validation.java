package org.mapcost.results.published;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.mapcost.results.published.Outcome.Verdict;

/// All predictions held against their rows.
///
/// @param outcomes the worst first: those that do not count as inside, then by how far best and
///   published are apart
public record Validation(List<Outcome> outcomes) {
  private static final int ROWS = 40;
  private static final int SOURCES = 12;
  private static final int MECHANISMS = 6;
  private static final double INSIDE = 0.8;
  private static final double FOLD = 1.5;

  public Validation {
    outcomes =
        outcomes.stream()
            .sorted(
                Comparator.comparing((Outcome each) -> each.verdict() == Verdict.INSIDE)
                    .thenComparing(Comparator.comparingDouble(Outcome::fold).reversed()))
            .toList();
  }

  /// Asks all questions.
  ///
  /// @param replaced values of the machines to replace
  public static Validation of(
      List<Prediction> predictions,
      Answers answers,
      Function<Prediction, Map<String, String>> replaced) {
    return new Validation(
        predictions.parallelStream()
            .map(each -> new Outcome(each, each.predict(answers, replaced.apply(each)).interval()))
            .toList());
  }

  /// Asks all questions of the machines as they are.
  public static Validation of(List<Prediction> predictions, Answers answers) {
    return of(predictions, answers, prediction -> Map.of());
  }

  /// The rows of each mechanism, most rows first.
  public Map<String, Validation> byMechanism() {
    Map<String, List<Outcome>> groups =
        outcomes.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.prediction().mechanism(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, Validation> sorted = new LinkedHashMap<>();
    groups.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, List<Outcome>> e) -> -e.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> sorted.put(e.getKey(), new Validation(e.getValue())));
    return sorted;
  }

  public int rows() {
    return outcomes.size();
  }

  public int sources() {
    return (int) outcomes.stream().map(each -> each.prediction().source()).distinct().count();
  }

  public int mechanisms() {
    return (int) outcomes.stream().map(each -> each.prediction().mechanism()).distinct().count();
  }

  public long count(Verdict verdict) {
    return outcomes.stream().filter(each -> each.verdict() == verdict).count();
  }

  /// The share of rows that count as inside.
  public double inside() {
    return rows() == 0 ? 0 : (double) count(Verdict.INSIDE) / rows();
  }

  /// The median of best over published.
  public double medianRatio() {
    return median(Outcome::ratio);
  }

  /// The median of how far best and published are apart, either way.
  public double medianFold() {
    return median(Outcome::fold);
  }

  public double medianWidth() {
    return median(Outcome::width);
  }

  /// The widest interval of a row that counts as inside.
  public double widestInside() {
    return outcomes.stream()
        .filter(each -> each.verdict() == Verdict.INSIDE)
        .mapToDouble(Outcome::width)
        .max()
        .orElse(Double.NaN);
  }

  /// What is wrong, in words; empty where the model holds.
  public List<String> failures() {
    List<String> failures = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.unexplained()) {
        failures.add(
            outcome.prediction().row()
                + " is "
                + outcome.verdict().text()
                + " and nothing explains it");
      }
    }
    least(failures, "rows", rows(), ROWS);
    least(failures, "sources", sources(), SOURCES);
    least(failures, "mechanisms", mechanisms(), MECHANISMS);
    if (inside() < INSIDE) {
      failures.add("%.0f %% of the rows are inside; 80 %% are asked for".formatted(100 * inside()));
    }
    if (!(medianRatio() <= FOLD && medianRatio() >= 1 / FOLD && medianFold() <= FOLD)) {
      failures.add(
          "best is %.2f times the published value in the median (%.2f either way); 1.5 is allowed"
              .formatted(medianRatio(), medianFold()));
    }
    return failures;
  }

  private static void least(List<String> failures, String what, int there, int asked) {
    if (there < asked) {
      failures.add("%d %s are predicted; %d are asked for".formatted(there, what, asked));
    }
  }

  private double median(ToDoubleFunction<Outcome> figure) {
    double[] sorted = outcomes.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
