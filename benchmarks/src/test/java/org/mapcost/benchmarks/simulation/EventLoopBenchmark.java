package org.mapcost.benchmarks.simulation;

import org.mapcost.benchmarks.ForkedBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does one event cost the simulation's loop, and SSJ's, on the same queue?
///
/// A customer is two events, an arrival and a departure; an operation is one of them. Draws and
/// statistics are in every figure alike, so the loops themselves differ by more than the figures.
@State(Scope.Thread)
public class EventLoopBenchmark extends ForkedBenchmark {
  static final int CUSTOMERS = 10_000;

  /// `engine` is what simulations run on, `event-list` its list of events alone.
  @Param({"engine", "event-list", "ssj-splay-tree", "ssj-henriksen", "ssj-binary-tree"})
  public String loop;

  /// Poisson sources that together give the queue its customers: so many events are to come.
  @Param({"1", "1000"})
  public int sources;

  SingleServer queue;

  @Setup(Level.Trial)
  public void setUp() {
    queue = SingleServer.of(loop, sources);
  }

  @Benchmark
  @OperationsPerInvocation(2 * CUSTOMERS)
  public double event() {
    queue.serve(CUSTOMERS);
    return queue.waits.mean();
  }
}
