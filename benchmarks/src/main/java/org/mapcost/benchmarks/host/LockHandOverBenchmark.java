package org.mapcost.benchmarks.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Verdict;
import org.mapcost.benchmarks.witness.Verdict.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does a cache line cost that another core wrote last, and how long does a contended lock
/// take from one core to the next?
///
/// `LINE` passes one word back and forth between two cores; a step is one way. `QUEUE` is a queue
/// lock (MCS), of the kind of the kernel's `qspinlock` with waiters, that all contenders ask for
/// again and again; a step is one hand-over.
///
/// Notes.
/// * Danger: a contender that is preempted holds up all who queue behind it. That shows as few,
///   very long samples, not as a longer median.
/// * Danger: with two contenders the kernel's lock takes a shorter way (the pending bit) and this
///   one does not; hence the figure is that of a longer queue.
/// * Danger: words that share a line with others are moved by them as well. Each lies alone on 128
///   bytes, for the prefetcher that fetches pairs.
/// * Rests on: the lock is fair, so that each contender gets it once a round.
/// * What saves it: the peers' own turns. If they did less than half of the caller's, nobody
///   contended.
@State(Scope.Thread)
public class LockHandOverBenchmark extends HostProbe {
  /// Rounds of an operation.
  public static final int ROUNDS = 200;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int APART = 16;
  private static final int TAIL = APART;
  private static final int FIRST_NODE = 2 * APART;
  private static final int WAITS = 1;
  private static final long NOBODY = 0;

  /// What passes from core to core.
  public enum Shape {
    LINE,
    QUEUE
  }

  @Param({"LINE", "QUEUE"})
  public Shape shape = Shape.LINE;

  /// Peers that contend with the caller; exactly one for `LINE`.
  @Param({"1"})
  public int peers;

  private long[] words = {};
  private long turnsBefore;

  @Override
  protected void acquire() {
    if (peers < 1 || peers > Peers.shared().available()) {
      Peers.shared().run(Math.max(1, peers));
    }
    words = new long[FIRST_NODE + (peers + 2) * APART];
  }

  @Override
  protected void release() {}

  @Override
  protected void arrange() {
    boolean line = shape == Shape.LINE;
    Peers.shared().run(line ? 1 : peers, line ? this::answer : peer -> turn(peer + 1));
    turnsBefore = Peers.shared().turns(0);
  }

  @Override
  protected void disarrange() {
    Peers.shared().park();
  }

  @Override
  public int steps() {
    return shape == Shape.LINE ? 2 * ROUNDS : (peers + 1) * ROUNDS;
  }

  @Override
  @Benchmark
  public long operate() {
    for (int i = 0; i < ROUNDS; i++) {
      if (shape == Shape.LINE) {
        WORD.setRelease(words, TAIL, 1L);
        while ((long) WORD.getAcquire(words, TAIL) != 0) {
          Thread.onSpinWait();
        }
      } else {
        turn(0);
      }
    }
    done();
    return words[0];
  }

  private void answer(int peer) {
    if ((long) WORD.getAcquire(words, TAIL) == 1) {
      WORD.setRelease(words, TAIL, 0L);
    }
  }

  /// The lock taken and dropped once by a contender.
  private void turn(int me) {
    int node = FIRST_NODE + me * APART;
    long ticket = me + 1L;
    WORD.setOpaque(words, node, NOBODY);
    WORD.setOpaque(words, node + WAITS, 1L);
    long before = (long) WORD.getAndSet(words, TAIL, ticket);
    if (before != NOBODY) {
      WORD.setRelease(words, FIRST_NODE + (int) (before - 1) * APART, ticket);
      while ((long) WORD.getAcquire(words, node + WAITS) != 0) {
        Thread.onSpinWait();
      }
    }
    words[0]++;
    long next = (long) WORD.getAcquire(words, node);
    if (next == NOBODY) {
      if (WORD.compareAndSet(words, TAIL, ticket, NOBODY)) {
        return;
      }
      do {
        next = (long) WORD.getAcquire(words, node);
      } while (next == NOBODY);
    }
    WORD.setRelease(words, FIRST_NODE + (int) (next - 1) * APART + WAITS, 0L);
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    long turns = Peers.shared().turns(0) - turnsBefore;
    boolean enough = done > 0 && turns >= Verdict.ENOUGH * done * ROUNDS;
    return new Verdict(
        enough ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        "a peer did %d turns beside the caller's %d".formatted(turns, done * ROUNDS));
  }
}
