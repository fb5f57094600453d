package org.mapcost.results.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.mapcost.model.cost.Interval;

/// How many times as large one set of forks is as another, and how sure that is.
///
/// Best is the quotient of the geometric means of the forks' medians. With fewer than ten forks on
/// a side the interval is Student's over the logarithms. From ten forks on it is a bootstrap of
/// whole forks: those are drawn with replacement and keep their iterations as they are, which is
/// the way to draw from a hierarchy that repeats its variance (Davison and Hinkley, Bootstrap
/// Methods and their Application, 1997, section 3.8); see [ForkBootstrap].
///
/// @param interval of the ratio, at [Statistics#CONFIDENCE]
/// @param method how the interval was made
/// @param logDifference the logarithm of the best ratio
/// @param standardError of it
/// @param degreesOfFreedom of the standard error
public record Ratio(
    Interval interval,
    Method method,
    double logDifference,
    double standardError,
    double degreesOfFreedom) {
  /// Forks on either side from which on the bootstrap is used.
  public static final int BOOTSTRAP_FROM = 10;

  /// How an interval was made.
  public enum Method {
    /// Student's t over the logarithms of the forks.
    STUDENT,
    /// A bootstrap of whole forks.
    BOOTSTRAP
  }

  /// Compares the medians of the forks.
  ///
  /// @return empty where either side has fewer than two forks
  /// @throws IllegalArgumentException if a fork's value is not above zero
  public static Optional<Ratio> of(List<List<Double>> forks, List<List<Double>> base) {
    return of(Statistics.forkMedians(forks), Statistics.forkMedians(base));
  }

  /// Compares values, one for each fork.
  ///
  /// @return empty where either side has fewer than two
  /// @throws IllegalArgumentException if a value is not above zero
  public static Optional<Ratio> of(double[] forks, double[] base) {
    if (forks.length < 2 || base.length < 2) {
      return Optional.empty();
    }
    LogSample a = LogSample.ofPositive(forks);
    LogSample b = LogSample.ofPositive(base);
    double error = Math.sqrt(a.varianceOfMean() + b.varianceOfMean());
    double freedom = degreesOfFreedom(a, b);
    boolean many = Math.min(a.size(), b.size()) >= BOOTSTRAP_FROM && error > 0;
    double best = a.mean() - b.mean();
    double half =
        error == 0
            ? 0
            : many ? ForkBootstrap.halfWidth(a, b, freedom) : Statistics.quantile(freedom) * error;
    Interval interval = new Interval(Math.exp(best - half), Math.exp(best), Math.exp(best + half));
    return Optional.of(
        new Ratio(interval, many ? Method.BOOTSTRAP : Method.STUDENT, best, error, freedom));
  }

  /// The chance of a ratio at least this far above `bound`, one-sided, if the true one were at
  /// `bound` and only the forks differed: small when the ratio is surely above it.
  public double chanceAbove(double bound) {
    return chance(logDifference - Math.log(bound));
  }

  /// The same for a ratio below `bound`.
  public double chanceBelow(double bound) {
    return chance(Math.log(bound) - logDifference);
  }

  private double chance(double distance) {
    if (standardError == 0) {
      return distance > 0 ? 0 : 1;
    }
    return TDistribution.of(degreesOfFreedom).survivalProbability(distance / standardError);
  }

  /// Of the difference of two means. With as many forks on both sides their spreads are pooled: the
  /// standard error is the same without, and unequal spreads then do little harm (Scheffe, The
  /// Analysis of Variance, 1959, chapter 10). Otherwise after Welch (Biometrika 34, 1947).
  private static double degreesOfFreedom(LogSample a, LogSample b) {
    double variance = a.varianceOfMean() + b.varianceOfMean();
    if (a.size() == b.size() || variance == 0) {
      return a.size() + b.size() - 2.0;
    }
    return variance
        * variance
        / (a.varianceOfMean() * a.varianceOfMean() / (a.size() - 1)
            + b.varianceOfMean() * b.varianceOfMean() / (b.size() - 1));
  }

  /// The ratio of two lists of forks where each fork is first divided by the fork of a ruler that
  /// ran in the same round.
  ///
  /// @param forks one value for each fork
  /// @param ruler as many values
  /// @return one quotient for each fork
  public static double[] measuredIn(double[] forks, double[] ruler) {
    if (forks.length != ruler.length) {
      throw new IllegalArgumentException(
          forks.length + " forks and " + ruler.length + " of the ruler");
    }
    double[] quotients = new double[forks.length];
    Arrays.setAll(quotients, i -> forks[i] / ruler[i]);
    return quotients;
  }
}
