package org.mapcost.results.run;

import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;

/// Runs one fork of one point to its end.
@FunctionalInterface
interface ForkRunner {
  /// Runs the fork.
  ///
  /// @param log what the fork prints is appended to it
  /// @return one result for each of the benchmark's modes
  /// @throws JmhFork.Failed if the fork failed; the message says why in one line
  Collection<RunResult> run(BenchmarkPoint point, Path log) throws JmhFork.Failed;
}
