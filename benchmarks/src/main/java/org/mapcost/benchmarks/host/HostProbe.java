package org.mapcost.benchmarks.host;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.benchmarks.linux.Cpus;
import org.mapcost.benchmarks.profile.Counts;
import org.mapcost.benchmarks.profile.Exercised;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Verdict;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// One probe: the life that JMH and the calibration lead it through.
///
/// `open`, then for every iteration or slice `begin`, many operations, `end`, and at last `close`.
/// An operation is `prepare` without the clock and `operate` with it. The thread that opens a probe
/// is pinned until it closes it.
///
/// Under JMH the verdict of the witness is printed at the end of each trial, and the interrupts of
/// the rows `TLB` and `CAL` are among the secondary results where the host shows them.
public abstract class HostProbe extends ForkedBenchmark {
  private List<Integer> allowed = List.of();
  private long operations;
  private Interrupts before = Interrupts.UNKNOWN;
  private @Nullable Verdict last;

  /// Allocates what the probe needs. Throws [NotHere] where the host lacks it.
  protected abstract void acquire();

  /// Gives it back.
  protected abstract void release();

  /// Brings peers and pages to where they should be for the operations to come.
  protected void arrange() {}

  /// Undoes that.
  protected void disarrange() {}

  /// What is to be done before each operation, without the clock.
  public void prepare() {}

  /// What is measured. Returns something that depends on it.
  public abstract long operate();

  /// Steps of one [#operate], by which its time is divided.
  public int steps() {
    return 1;
  }

  /// Whether the operations since [#begin] did what they are to measure.
  ///
  /// @param done how many
  /// @param since the interrupts when they began
  protected abstract Verdict judge(long done, Interrupts since);

  /// JMH's, and the calibration's: pins the thread and allocates.
  @Setup(Level.Trial)
  public void open() {
    Placement placement = Peers.shared().placement();
    allowed = Cpus.allowed();
    Cpus.pin(placement.caller());
    try {
      acquire();
    } catch (RuntimeException e) {
      Cpus.restrictTo(allowed);
      throw e;
    }
    Counts.open("tlbInterrupts", "#/op", () -> Interrupts.now().tlb().orElse(0));
    Counts.open("callInterrupts", "#/op", () -> Interrupts.now().calls().orElse(0));
  }

  @Setup(Level.Iteration)
  public void begin() {
    arrange();
    operations = 0;
    before = Interrupts.now();
  }

  /// To be called by each operation.
  protected final void done() {
    operations++;
  }

  @TearDown(Level.Iteration)
  public void end() {
    Verdict verdict = judge(operations, before);
    last = verdict;
    if (verdict.outcome() != Verdict.Outcome.UNKNOWN) {
      Exercised.report(verdict.exercised());
    }
    disarrange();
  }

  /// The verdict on the last iteration or slice.
  public Verdict verdict() {
    Verdict verdict = last;
    if (verdict == null) {
      throw new IllegalStateException("nothing was measured yet");
    }
    return verdict;
  }

  /// The operations of the last iteration or slice.
  public long operations() {
    return operations;
  }

  @TearDown(Level.Trial)
  public void close() {
    release();
    Cpus.restrictTo(allowed);
  }

  /// Prints the verdict under JMH, whose forks pass it on.
  @TearDown(Level.Trial)
  public void say() {
    Verdict verdict = last;
    if (verdict != null) {
      System.out.println("# witness of the last iteration: " + verdict);
    }
  }
}
