package org.mapcost.benchmarks.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Mapping;
import org.mapcost.benchmarks.linux.Mapping.Pages;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Verdict;
import org.mapcost.benchmarks.witness.Verdict.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does a load cost that the next one waits for, by the bytes gone through and the size of the
/// pages?
///
/// The lines of a buffer hold one random cycle; an operation follows it for [#LOADS] steps. On 2
/// MiB pages that is the latency of the cache the buffer fits, or of memory. The same on 4 KiB
/// pages, once there are more pages than TLB entries, adds a page walk.
///
/// Notes.
/// * Danger: a prefetcher that guesses the order, or a core that runs ahead, hides latency. The
///   order is random and each address is in the line before.
/// * Danger: without huge pages the large-page variant measures page walks too.
/// * Danger: caches are shared with all else that runs, and a last-level cache of a virtual machine
///   with other guests: near its size the figure lies between two levels.
/// * Rests on: one line is 64 bytes; the bounds check beside each load is no part of the chain.
/// * What saves it: the kernel's count of huge pages of this mapping (`AnonHugePages` of
///   `/proc/self/smaps`), read once after the buffer is written.
@State(Scope.Thread)
public class LoadLatencyBenchmark extends HostProbe {
  /// Loads of an operation.
  public static final int LOADS = 2000;

  private static final int LINE = 64;
  private static final long SEED = 20210224;

  /// Bytes gone through, such as 16384.
  @Param({"16384", "524288", "8388608", "201326592"})
  public long bytes;

  @Param({"LARGE", "SMALL"})
  public Pages pages = Pages.LARGE;

  private @Nullable Mapping mapping;
  private MemorySegment lines = MemorySegment.NULL;
  private long at;
  private boolean hugePages;

  @Override
  protected void acquire() {
    long whole = (bytes + Mapping.HUGE - 1) / Mapping.HUGE * Mapping.HUGE;
    try {
      Mapping mapped = Mapping.anonymous(whole, pages);
      mapping = mapped;
      lines = mapped.memory().asSlice(0, bytes);
    } catch (SystemCallException e) {
      throw new NotHere("pages of that size: " + e.errnoName());
    }
    link();
    at = 0;
    hugePages = HugePages.back(lines.address());
  }

  /// One cycle through all lines in random order (Sattolo), written in place.
  private void link() {
    int count = Math.toIntExact(bytes / LINE);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int i = 0; i < count; i++) {
      lines.set(ValueLayout.JAVA_LONG, (long) i * LINE, (long) i * LINE);
    }
    for (int i = count - 1; i > 0; i--) {
      long one = (long) i * LINE;
      long other = (long) random.nextInt(i) * LINE;
      long kept = lines.get(ValueLayout.JAVA_LONG, one);
      lines.set(ValueLayout.JAVA_LONG, one, lines.get(ValueLayout.JAVA_LONG, other));
      lines.set(ValueLayout.JAVA_LONG, other, kept);
    }
  }

  @Override
  protected void release() {
    Mapping open = mapping;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public int steps() {
    return LOADS;
  }

  @Override
  @Benchmark
  @OperationsPerInvocation(LOADS)
  public long operate() {
    MemorySegment from = lines;
    long next = at;
    for (int i = 0; i < LOADS; i++) {
      next = from.get(ValueLayout.JAVA_LONG, next);
    }
    at = next;
    done();
    return next;
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    boolean wanted = pages == Pages.LARGE;
    return new Verdict(
        wanted == hugePages ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        hugePages ? "the buffer lies on pages of 2 MiB" : "the buffer lies on pages of 4 KiB");
  }
}
