package org.mapcost.results.calibrate;

import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.benchmarks.witness.Verdict.Outcome;

/// Some milliseconds of one probe in one fork.
///
/// @param nanoseconds the median of one step
/// @param operations how many there were
/// @param outcome the witness's verdict
/// @param counted what the witness counted for each operation; negative where nothing is
/// @param reason the verdict's reason
record Slice(double nanoseconds, long operations, Outcome outcome, double counted, String reason) {
  /// Beyond this share of its operations a slice that should interrupt nobody did: a thread of the
  /// JVM ran on another CPU.
  private static final double DISTURBED = 0.1;

  /// Whether it measured what its point is to measure: the witness does not refute it, or, where
  /// peers are parked, nobody was interrupted.
  boolean usable(ProbePoint point) {
    boolean parked = "false".equals(point.params().get("running"));
    return parked ? counted < DISTURBED : outcome != Outcome.NOT_EXERCISED;
  }
}
