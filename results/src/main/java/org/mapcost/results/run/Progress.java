package org.mapcost.results.run;

import java.time.Duration;

/// Is told how a run goes.
@FunctionalInterface
public interface Progress {
  /// A fork has ended, or a point was given up.
  ///
  /// @param done forks that need no more work
  /// @param all forks of the run
  /// @param left the likely rest of the run, from its pace so far
  /// @param what the point, and its score or why it failed
  void forkEnded(int done, int all, Duration left, String what);
}
