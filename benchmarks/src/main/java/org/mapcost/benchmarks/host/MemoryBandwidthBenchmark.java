package org.mapcost.benchmarks.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Mapping;
import org.mapcost.benchmarks.linux.Mapping.Pages;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Verdict;
import org.mapcost.benchmarks.witness.Verdict.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How fast does one core read, clear and copy pages, where they come from memory and where they
/// come from a cache?
///
/// An operation goes over the next [#PAGES] pages of a buffer and begins again at its end; the time
/// is that of one page of 4096 bytes. A buffer larger than the last-level cache gives what memory
/// allows, a small one what the core allows.
///
/// Notes.
/// * Danger: a read of one word in each line fetches the line; a compiler that drops the sum drops
///   the loop. The sum is returned.
/// * Danger: fills and copies of more than some 100 KiB may go around the cache; each fill and copy
///   here is of one page, as the kernel's are.
/// * Danger: the last-level cache may be shared with other guests, and other cores take bandwidth.
/// * Rests on: `MemorySegment.fill` and `copy` are vector loops; the kernel's `clear_page` is `REP
///   STOSB`, within a third of that on CPUs with ERMS.
/// * What saves it: nothing can fail to be exercised but huge pages, whose absence shows as more
///   time a page, not as an error.
@State(Scope.Thread)
public class MemoryBandwidthBenchmark extends HostProbe {
  /// Pages of an operation.
  public static final int PAGES = 64;

  private static final int LINE = 64;
  private static final long CHUNK = (long) PAGES * Mapping.PAGE;

  /// What is done to a page.
  public enum Work {
    READ,
    CLEAR,
    COPY
  }

  @Param({"READ", "CLEAR", "COPY"})
  public Work work = Work.READ;

  /// The buffer; a copy has two of half the size.
  @Param({"201326592", "524288"})
  public long bytes;

  private @Nullable Mapping mapping;
  private MemorySegment memory = MemorySegment.NULL;
  private long at;

  @Override
  protected void acquire() {
    if (bytes < 2 * CHUNK || bytes % (2 * CHUNK) != 0) {
      throw new IllegalArgumentException("bytes is a multiple of " + 2 * CHUNK);
    }
    Mapping mapped = Mapping.anonymous(bytes, Pages.LARGE);
    mapped.write(bytes / Mapping.PAGE);
    mapping = mapped;
    memory = mapped.memory();
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
    return PAGES;
  }

  @Override
  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long operate() {
    long half = bytes / 2;
    long from = at;
    at = (at + CHUNK) % (work == Work.COPY ? half : bytes);
    done();
    return switch (work) {
      case READ -> sum(from);
      case CLEAR -> clear(from);
      case COPY -> copy(from, half);
    };
  }

  private long sum(long from) {
    long one = 0;
    long other = 0;
    for (long offset = from; offset < from + CHUNK; offset += 2 * LINE) {
      one += memory.get(ValueLayout.JAVA_LONG, offset);
      other += memory.get(ValueLayout.JAVA_LONG, offset + LINE);
    }
    return one + other;
  }

  private long clear(long from) {
    for (int page = 0; page < PAGES; page++) {
      memory.asSlice(from + (long) page * Mapping.PAGE, Mapping.PAGE).fill((byte) 0);
    }
    return from;
  }

  private long copy(long from, long half) {
    for (int page = 0; page < PAGES; page++) {
      long offset = from + (long) page * Mapping.PAGE;
      MemorySegment.copy(memory, offset, memory, half + offset, Mapping.PAGE);
    }
    return from;
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    return new Verdict(
        done > 0 ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        done + " operations of " + PAGES + " pages were done");
  }
}
