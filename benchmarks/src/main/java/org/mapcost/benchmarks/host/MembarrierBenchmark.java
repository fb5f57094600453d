package org.mapcost.benchmarks.host;

import org.mapcost.benchmarks.linux.Membarrier;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Interrupts.Row;
import org.mapcost.benchmarks.witness.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does it cost to interrupt other CPUs and wait for them, with nothing for them to do?
///
/// An operation is one `membarrier(PRIVATE_EXPEDITED)`. With peers parked it enters the kernel,
/// finds nobody and returns; the difference is the interrupts.
///
/// Notes.
/// * Danger: the kernel interrupts only CPUs that run a thread of this process at that moment
///   (`membarrier_private_expedited`, `kernel/sched/membarrier.c`, 4.14 to 6.18). A peer that waits
///   for its CPU is left out.
/// * Danger: compiler and collector threads of the JVM run in this process too, and are interrupted
///   while they do.
/// * Rests on: the row `CAL` of `/proc/interrupts` counts these interrupts; seen on 6.18: one for
///   each operation and running peer.
/// * What saves it: peers are seen to move before the first operation, and the row is held against
///   the operations. Less than half of what is expected is no measurement.
@State(Scope.Thread)
public class MembarrierBenchmark extends HostProbe {
  /// Peers on other CPUs.
  @Param({"1"})
  public int peers;

  /// Whether they run or are parked.
  @Param({"true", "false"})
  public boolean running;

  @Override
  protected void acquire() {
    if (peers > Peers.shared().available()) {
      Peers.shared().run(peers);
    }
    try {
      Membarrier.register();
    } catch (SystemCallException e) {
      throw new NotHere("membarrier: " + e.errnoName());
    }
  }

  @Override
  protected void arrange() {
    Peers.shared().run(running ? peers : 0);
  }

  @Override
  protected void disarrange() {
    Peers.shared().park();
  }

  @Override
  protected void release() {}

  @Override
  @Benchmark
  public long operate() {
    Membarrier.run();
    done();
    return operations();
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    return Verdict.ofInterrupts(
        Row.CAL, Interrupts.now().since(since, Row.CAL), done, running ? peers : 0);
  }
}
