package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.ForkValue;
import org.mapcost.results.stats.Precision;
import org.mapcost.results.stats.Ratio;

/// How often comparisons of simulated measurements, of which the truth is known, are right.
///
/// @param pairs of measurements for each answer
/// @param seed of all of them
public record NoiseStudy(int pairs, long seed) {
  /// Iterations of a fork, as in the profile `ci`.
  private static final int ITERATIONS = 5;

  private static final double TRUTH = 100;

  /// The share of intervals that contain the true ratio.
  public double coverage(Noise noise, int forks, double shift) {
    return share(
        noise, forks, shift, (a, b) -> Ratio.of(b, a).orElseThrow().interval().contains(shift));
  }

  /// The share of intervals that contain the true ratio, if both sides end by [Precision] or after
  /// so many forks; and the forks that it took.
  public Sequential coverage(Noise noise, Precision precision, int mostForks) {
    int[] forks = new int[pairs];
    long covered =
        IntStream.range(0, pairs)
            .parallel()
            .filter(pair -> {
              RandomGenerator random = random(pair);
              List<List<Double>> a = until(noise, random, precision, mostForks);
              List<List<Double>> b = until(noise, random, precision, mostForks);
              forks[pair] = a.size() + b.size();
              return Ratio.of(b, a).orElseThrow().interval().contains(1);
            })
            .count();
    return new Sequential(covered / (double) pairs, IntStream.of(forks).average().orElse(0) / 2);
  }

  /// What measurements that end by their precision come to.
  ///
  /// @param coverage the share of intervals that contain the true ratio
  /// @param forks of a measurement, on average
  public record Sequential(double coverage, double forks) {}

  private static List<List<Double>> until(
      Noise noise, RandomGenerator random, Precision precision, int mostForks) {
    List<List<Double>> forks =
        new ArrayList<>(noise.forks(random, Precision.FEWEST, ITERATIONS, TRUTH));
    while (forks.size() < mostForks && !precision.isReached(forks)) {
      forks.add(noise.iterations(random, ITERATIONS, TRUTH));
    }
    return forks;
  }

  /// The share of pairs that `diff` calls slower, if B is slower by a factor: with 1 its false
  /// alarms, otherwise its power.
  public double slower(Noise noise, int forks, double shift) {
    RowMaker maker = new RowMaker(DiffOptions.TOLERANCE, Optional.empty(), ForkValue.MEDIAN);
    return share(
        noise,
        forks,
        shift,
        (a, b) -> {
          Measurement of = measurement(a, 0);
          Metric metric = Metric.usual(of).getFirst();
          return maker.row(new Measurement[] {of, measurement(b, 0)}, metric).verdict()
              == Verdict.SLOWER;
        });
  }

  /// The share of runs that a gate calls a regression, if each of their benchmarks is slower by a
  /// factor: with 1 its false alarms, otherwise its power.
  ///
  /// @param rows benchmarks of a run
  /// @param relative the gate's limit
  /// @param falseAlarms the gate's stated level
  public double regressions(
      Noise noise, int forks, double shift, int rows, double relative, double falseAlarms) {
    GateRule rule = new GateRule(Pattern.compile(""), Metric.SCORE, relative, 0);
    RowMaker maker = new RowMaker(DiffOptions.TOLERANCE, Optional.empty(), ForkValue.MEDIAN);
    long alarms =
        IntStream.range(0, pairs)
            .parallel()
            .filter(pair -> {
              RandomGenerator random = random(pair);
              List<GateRow> before =
                  IntStream.range(0, rows)
                      .mapToObj(row -> {
                        Measurement a = measurement(noise, random, forks, 1, row);
                        Measurement b = measurement(noise, random, forks, shift, row);
                        Metric metric = Metric.usual(a).getFirst();
                        return GateRow.of(maker.row(new Measurement[] {a, b}, metric), rule);
                      })
                      .toList();
              return Gate.judged(before, falseAlarms).stream()
                  .anyMatch(each -> each.outcome() == GateRow.Outcome.REGRESSION);
            })
            .count();
    return alarms / (double) pairs;
  }

  private interface Test {
    boolean passes(List<List<Double>> a, List<List<Double>> b);
  }

  private double share(Noise noise, int forks, double shift, Test test) {
    long passed =
        IntStream.range(0, pairs)
            .parallel()
            .filter(pair -> {
              RandomGenerator random = random(pair);
              return test.passes(
                  noise.forks(random, forks, ITERATIONS, TRUTH),
                  noise.forks(random, forks, ITERATIONS, TRUTH * shift));
            })
            .count();
    return passed / (double) pairs;
  }

  private static Measurement measurement(
      Noise noise, RandomGenerator random, int forks, double shift, int name) {
    return measurement(noise.forks(random, forks, ITERATIONS, TRUTH * shift), name);
  }

  private static Measurement measurement(List<List<Double>> forks, int name) {
    return new Measurement("simulated.Noise.b" + name, Map.of(), "avgt", "ns/op", forks, Map.of());
  }

  private RandomGenerator random(int pair) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + pair);
  }
}
