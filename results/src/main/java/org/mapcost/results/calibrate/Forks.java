package org.mapcost.results.calibrate;

import java.time.Duration;
import java.util.List;
import org.mapcost.benchmarks.host.ProbePoint;

/// What runs forks.
interface Forks {
  /// Runs one to its end.
  ///
  /// @param time all it should take, its start included
  /// @param most after which it is killed
  /// @param seed of the order of its slices
  ForkReading run(List<ProbePoint> points, Duration time, Duration most, long seed);

  /// The first line of what the last fork that failed said.
  String lastComplaint();
}
