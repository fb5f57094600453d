package org.mapcost.results.compare;

import org.mapcost.results.run.HistogramFile;
import org.mapcost.results.run.Measurement;

/// Which way a metric is better. JMH does not say; its unit does.
public enum Direction {
  /// Times and amounts for each operation: `ns/op`, `B/op`, `#/op`.
  LESS_IS_BETTER,
  /// Operations in a time: `ops/s`.
  MORE_IS_BETTER,
  /// Anything else, such as an allocation rate in `MB/sec`: more of it may be either.
  UNKNOWN;

  /// The direction of a unit as JMH writes it.
  static Direction of(String unit) {
    if (unit.startsWith("ops/")) {
      return MORE_IS_BETTER;
    }
    return unit.endsWith("/op") ? LESS_IS_BETTER : UNKNOWN;
  }

  /// The same for a measurement's score; recorded histograms are taken for latencies.
  static Direction of(Measurement measurement) {
    return measurement.mode().equals(HistogramFile.MODE) ? LESS_IS_BETTER : of(measurement.unit());
  }
}
