package org.mapcost.results.run;

import java.util.concurrent.TimeUnit;

/// JMH's units of a score.
public final class JmhUnit {
  private JmhUnit() {}

  /// The time of one operation in nanoseconds.
  ///
  /// @param unit such as `ns/op`, or for a throughput `ops/ms`; also `ps/op`, in which mapcost
  ///   writes histograms
  /// @return not a number for any other unit
  public static double nanoseconds(double score, String unit) {
    if (unit.equals("ps/op")) {
      return score / 1000;
    }
    for (TimeUnit each : TimeUnit.values()) {
      double nanoseconds = each.toNanos(1);
      if (unit.equals(name(each) + "/op")) {
        return score * nanoseconds;
      }
      if (unit.equals("ops/" + name(each))) {
        return nanoseconds / score;
      }
    }
    return Double.NaN;
  }

  /// JMH's own short names.
  private static String name(TimeUnit unit) {
    return switch (unit) {
      case NANOSECONDS -> "ns";
      case MICROSECONDS -> "us";
      case MILLISECONDS -> "ms";
      case SECONDS -> "s";
      case MINUTES -> "min";
      case HOURS -> "hr";
      case DAYS -> "day";
    };
  }
}
