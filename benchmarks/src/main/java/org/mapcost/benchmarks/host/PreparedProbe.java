package org.mapcost.benchmarks.host;

import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Setup;

/// A probe whose operation uses something up that has to be prepared again each time.
///
/// JMH reads the clock around every operation then, which is why these are sampled: some 50 ns are
/// in each sample. Their operations are system calls and rounds of faults, of a microsecond or
/// more; differences between two of them are free of it.
@BenchmarkMode(Mode.SampleTime)
public abstract class PreparedProbe extends HostProbe {
  /// JMH's.
  @Setup(Level.Invocation)
  public final void beforeOperation() {
    prepare();
  }
}
