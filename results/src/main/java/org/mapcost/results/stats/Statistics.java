package org.mapcost.results.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.TDistribution;
import org.mapcost.model.cost.Interval;

/// What a set of forks says, as `[low best high]`.
///
/// Iterations of one fork share its memory layout and its compiled code, so they are no replicates:
/// each fork counts once, with the median of its iterations. The interval is Student's, at 95 %,
/// over the logarithms of the forks: what disturbs a time does so by a factor, and few forks leave
/// no room for a bootstrap. Best is the median of the forks. One fork has no interval.
public final class Statistics {
  /// The share of intervals that contain the true value.
  public static final double CONFIDENCE = 0.95;

  private Statistics() {}

  /// The median of each fork's iterations. Values that are no numbers are left out, and so is a
  /// fork that has no other.
  public static double[] forkMedians(List<List<Double>> forks) {
    return forks.stream()
        .map(fork -> fork.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite))
        .map(iterations -> iterations.toArray())
        .filter(iterations -> iterations.length > 0)
        .mapToDouble(Statistics::median)
        .toArray();
  }

  /// The median over the forks, without an interval: the only thing one fork can say.
  ///
  /// @return empty where no fork has a number
  public static OptionalDouble best(List<List<Double>> forks) {
    double[] medians = forkMedians(forks);
    return medians.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(medians));
  }

  /// The median over the forks, with its interval.
  ///
  /// @return empty for fewer than two forks: they are not comparable with anything
  public static Optional<Interval> median(List<List<Double>> forks) {
    double[] medians = forkMedians(forks);
    if (medians.length < 2) {
      return Optional.empty();
    }
    boolean positive = Arrays.stream(medians).allMatch(each -> each > 0);
    DoubleUnaryOperator scale = positive ? Math::log : DoubleUnaryOperator.identity();
    DoubleUnaryOperator back = positive ? Math::exp : DoubleUnaryOperator.identity();
    Sample sample = Sample.of(Arrays.stream(medians).map(scale).toArray());
    double half = quantile(sample.size() - 1) * Math.sqrt(sample.varianceOfMean());
    return Optional.of(around(median(medians), sample.mean(), half, back));
  }

  /// How many times as large the one is as the other, after Welch: the spreads need not be equal.
  ///
  /// @return empty where either has fewer than two forks
  /// @throws IllegalArgumentException if a fork's value is not above zero
  public static Optional<Interval> ratio(List<List<Double>> forks, List<List<Double>> base) {
    double[] above = forkMedians(forks);
    double[] below = forkMedians(base);
    if (above.length < 2 || below.length < 2) {
      return Optional.empty();
    }
    Sample a = Sample.of(logarithms(above));
    Sample b = Sample.of(logarithms(below));
    double variance = a.varianceOfMean() + b.varianceOfMean();
    double half = variance == 0 ? 0 : quantile(welchSatterthwaite(a, b)) * Math.sqrt(variance);
    return Optional.of(around(median(above) / median(below), a.mean() - b.mean(), half, Math::exp));
  }

  /// The interval around the middle, widened where need be until it contains the best guess.
  private static Interval around(
      double best, double middle, double half, DoubleUnaryOperator back) {
    double low = back.applyAsDouble(middle - half);
    double high = back.applyAsDouble(middle + half);
    return new Interval(Math.min(low, best), best, Math.max(high, best));
  }

  /// Student's two-sided quantile.
  private static double quantile(double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
  }

  /// The degrees of freedom of the difference of two means (Welch 1947).
  private static double welchSatterthwaite(Sample a, Sample b) {
    double variance = a.varianceOfMean() + b.varianceOfMean();
    return variance
        * variance
        / (a.varianceOfMean() * a.varianceOfMean() / (a.size() - 1)
            + b.varianceOfMean() * b.varianceOfMean() / (b.size() - 1));
  }

  private static double[] logarithms(double[] values) {
    for (double value : values) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("a ratio is of values above zero, not " + value);
      }
    }
    return Arrays.stream(values).map(Math::log).toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private record Sample(int size, double mean, double varianceOfMean) {
    static Sample of(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
      int n = values.length;
      return new Sample(n, mean, squares / (n - 1) / n);
    }
  }
}
