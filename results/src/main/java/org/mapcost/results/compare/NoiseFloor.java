package org.mapcost.results.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;

/// What a host makes of comparing the same with the same: the even forks of a run against its odd
/// ones, which ran in turns (an A/A check). A smaller difference between two runs of as many forks
/// is noise.
///
/// @param comparison of the two halves
/// @param median of the differences over all benchmarks, as a share: `0.01` for 1 %
/// @param largest of them
public record NoiseFloor(Comparison comparison, double median, double largest) {
  /// Splits a run into its halves.
  ///
  /// @return empty where no benchmark has two forks in each half
  public static Optional<NoiseFloor> of(Path run, List<Measurement> measurements) {
    Comparison comparison =
        Comparison.of(half(run, measurements, 0), half(run, measurements, 1), DiffOptions.USUAL);
    double[] differences =
        comparison.rows().stream()
            .flatMap(row -> row.ratio().stream())
            .mapToDouble(ratio -> Math.exp(Math.abs(ratio.logDifference())) - 1)
            .sorted()
            .toArray();
    return differences.length == 0
        ? Optional.empty()
        : Optional.of(
            new NoiseFloor(
                comparison,
                differences[differences.length / 2],
                differences[differences.length - 1]));
  }

  private static ResultFile half(Path run, List<Measurement> measurements, int first) {
    return new ResultFile(
        run,
        measurements.stream().map(each -> half(each, first)).toList(),
        Optional.empty(),
        Optional.empty());
  }

  private static Measurement half(Measurement whole, int first) {
    Map<String, List<List<Double>>> secondary = new LinkedHashMap<>();
    whole.secondary().forEach((name, forks) -> secondary.put(name, everyOther(forks, first)));
    return new Measurement(
        whole.benchmark(),
        whole.params(),
        whole.mode(),
        whole.unit(),
        everyOther(whole.forks(), first),
        secondary,
        whole.secondaryUnits(),
        Collections.emptySortedMap(),
        whole.setup());
  }

  private static <T> List<T> everyOther(List<T> all, int first) {
    List<T> some = new ArrayList<>();
    for (int i = first; i < all.size(); i += 2) {
      some.add(all.get(i));
    }
    return some;
  }

  /// How many benchmarks have a ratio of their halves.
  public long benchmarks() {
    return comparison.rows().stream().filter(row -> row.ratio().isPresent()).count();
  }

  /// How many of the benchmarks, which did not change, the comparison calls faster or slower.
  public long falseAlarms() {
    return comparison.count(Verdict.FASTER) + comparison.count(Verdict.SLOWER);
  }

  /// The result in a sentence.
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "A/A check: two halves of this run, taken in turns, differ by %s %% in the median and by %s"
            + " %% at most over %d benchmarks; %d of them were called faster or slower. A smaller"
            + " difference between two runs of as many forks is noise here.",
        Comparison.percent(median),
        Comparison.percent(largest),
        benchmarks(),
        falseAlarms());
  }
}
