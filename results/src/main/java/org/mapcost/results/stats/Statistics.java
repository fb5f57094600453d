package org.mapcost.results.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
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

  /// Quantiles by degrees of freedom: a file has thousands of results with as many forks each.
  private static final Map<Double, Double> QUANTILES = new ConcurrentHashMap<>();

  private Statistics() {}

  /// The median of each fork's iterations. Values that are no numbers are left out, and so is a
  /// fork that has no other.
  public static double[] forkMedians(List<List<Double>> forks) {
    return eachFork(forks, Statistics::sortedMedian);
  }

  /// The mean of each fork's iterations, with the same left out.
  public static double[] forkMeans(List<List<Double>> forks) {
    return eachFork(forks, iterations -> Arrays.stream(iterations).average().orElseThrow());
  }

  /// One value for each fork that has numbers, made of those. A file has thousands of results, and
  /// here is where their comparison spends its time: plain loops, which run fast from the start.
  private static double[] eachFork(List<List<Double>> forks, ToDoubleFunction<double[]> value) {
    double[] values = new double[forks.size()];
    int count = 0;
    for (List<Double> fork : forks) {
      double[] numbers = finite(fork);
      if (numbers.length > 0) {
        values[count++] = value.applyAsDouble(numbers);
      }
    }
    return Arrays.copyOf(values, count);
  }

  /// The values that are numbers.
  static double[] finite(List<Double> values) {
    double[] numbers = new double[values.size()];
    int count = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        numbers[count++] = value;
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  /// The median over the forks, without an interval: the only thing one fork can say.
  ///
  /// @return empty where no fork has a number
  public static OptionalDouble best(List<List<Double>> forks) {
    return best(forkMedians(forks));
  }

  /// The same of forks of which the medians are known.
  public static OptionalDouble best(double[] medians) {
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
    LogSample sample = LogSample.of(Arrays.stream(medians).map(scale).toArray());
    double half = quantile(sample.size() - 1) * Math.sqrt(sample.varianceOfMean());
    return Optional.of(around(median(medians), sample.mean(), half, back));
  }

  /// The geometric mean over the forks, each with the arithmetic mean of its iterations, with its
  /// interval: what an operation costs over the long run, outliers and all.
  ///
  /// @return empty for fewer than two forks, and where one is not above zero
  public static Optional<Interval> mean(List<List<Double>> forks) {
    double[] means = forkMeans(forks);
    if (means.length < 2 || Arrays.stream(means).anyMatch(each -> !(each > 0))) {
      return Optional.empty();
    }
    LogSample sample = LogSample.ofPositive(means);
    double half = quantile(sample.size() - 1) * Math.sqrt(sample.varianceOfMean());
    return Optional.of(around(Math.exp(sample.mean()), sample.mean(), half, Math::exp));
  }

  /// How many times as large the one is as the other; see [Ratio].
  ///
  /// @return empty where either has fewer than two forks
  /// @throws IllegalArgumentException if a fork's value is not above zero
  public static Optional<Interval> ratio(List<List<Double>> forks, List<List<Double>> base) {
    return Ratio.of(forks, base).map(Ratio::interval);
  }

  /// The interval around the middle, widened where need be until it contains the best guess.
  private static Interval around(
      double best, double middle, double half, DoubleUnaryOperator back) {
    double low = back.applyAsDouble(middle - half);
    double high = back.applyAsDouble(middle + half);
    return new Interval(Math.min(low, best), best, Math.max(high, best));
  }

  /// Student's two-sided quantile.
  static double quantile(double degreesOfFreedom) {
    return QUANTILES.computeIfAbsent(
        degreesOfFreedom,
        freedom -> TDistribution.of(freedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2));
  }

  static double median(double[] values) {
    return sortedMedian(values.clone());
  }

  /// The median of values, which are left sorted.
  private static double sortedMedian(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
