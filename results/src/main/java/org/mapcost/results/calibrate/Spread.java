package org.mapcost.results.calibrate;

import java.util.Arrays;
import java.util.Optional;
import org.mapcost.model.cost.Interval;

/// The values of the forks as one interval: the median, and how far the forks lie around it.
final class Spread {
  /// No value is better known than this share of it: clocks drift, and forks of one minute share
  /// the moment.
  private static final double LEAST = 0.05;

  /// Half the width in scaled median deviations. Two and a half of them hold 99 of 100 forks where
  /// errors are normal, and a single fork that went astray does not widen it.
  private static final double DEVIATIONS = 2.5;

  private static final double NORMAL = 1.4826;

  private Spread() {}

  /// @param values of the forks, zero or more each; two at the least, or there is no interval
  static Optional<Interval> of(double[] values) {
    if (values.length < 2) {
      return Optional.empty();
    }
    double best = Readings.median(values);
    double[] distances = Arrays.stream(values).map(each -> Math.abs(each - best)).toArray();
    double half = Math.max(LEAST * best, DEVIATIONS * NORMAL * Readings.median(distances));
    return Optional.of(new Interval(Math.max(0, best - half), best, best + half));
  }
}
