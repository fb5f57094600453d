package org.mapcost.benchmarks.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Verdict;
import org.mapcost.benchmarks.witness.Verdict.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How fast does a core run, and what does a locked instruction on a line it holds cost?
///
/// `MULTIPLY_ADD` is a chain of a multiplication and an addition, [#CYCLES] cycles on every x86
/// core since 2008: the time of one link gives the clock. `COMPARE_AND_SET` is `LOCK CMPXCHG`, one
/// after the other.
///
/// Notes.
/// * Danger: a compiler that finds a shorter way through the chain makes the clock too fast.
///   Multiplication and addition do not commute, and HotSpot has no such rewriting.
/// * Danger: the clock of a core depends on how many cores work and how warm they are; it is that
///   of the moment.
/// * Rests on: latencies 3 for `IMUL` and 1 for `ADD` (uops.info, Nehalem to Alder Lake, Zen 1 to
///   4).
/// * What saves it: nothing can fail to be exercised; a clock beyond 0.5 to 7 GHz is refuted.
@State(Scope.Thread)
public class CoreBenchmark extends HostProbe {
  /// Links of an operation.
  public static final int LINKS = 2000;

  /// Cycles of one link of `MULTIPLY_ADD`.
  public static final int CYCLES = 4;

  private static final long FACTOR = 6364136223846793005L;
  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(CoreBenchmark.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The chain.
  public enum Chain {
    MULTIPLY_ADD,
    COMPARE_AND_SET
  }

  @Param({"MULTIPLY_ADD", "COMPARE_AND_SET"})
  public Chain chain = Chain.MULTIPLY_ADD;

  private long word;
  private long began;

  @Override
  protected void acquire() {}

  @Override
  protected void release() {}

  @Override
  protected void arrange() {
    began = System.nanoTime();
  }

  @Override
  public int steps() {
    return LINKS;
  }

  @Override
  @Benchmark
  @OperationsPerInvocation(LINKS)
  public long operate() {
    done();
    return chain == Chain.MULTIPLY_ADD ? multiply() : exchange();
  }

  private long multiply() {
    long x = word;
    long addend = began;
    for (int i = 0; i < LINKS; i++) {
      x = x * FACTOR + addend;
    }
    word = x;
    return x;
  }

  private long exchange() {
    long x = word;
    for (int i = 0; i < LINKS; i++) {
      x = (long) WORD.compareAndExchange(this, x, x + 1) + 1;
    }
    return x;
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    return new Verdict(
        done > 0 ? Outcome.EXERCISED : Outcome.NOT_EXERCISED, done + " operations were done");
  }
}
