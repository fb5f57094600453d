package org.mapcost.results.calibrate;

import java.util.OptionalDouble;
import org.mapcost.model.cost.Interval;

/// One prediction beside what was measured in the same run.
///
/// @param group `pages`, `threads` or `footprint`
/// @param what the case, in words
/// @param predicted nanoseconds, by prices calibrated at other points
/// @param measured nanoseconds, the median of the forks
/// @param noise how far the odd and the even slices of the measurement lie apart, as a share;
///   absent where they are too few
public record LiveRow(
    String group, String what, Interval predicted, double measured, OptionalDouble noise) {
  public LiveRow {
    if (!(measured > 0)) {
      throw new IllegalArgumentException(what + ": what was measured took time: " + measured);
    }
  }

  /// Predicted less measured, as a share of the measured.
  public double error() {
    return predicted.best() / measured - 1;
  }
}
