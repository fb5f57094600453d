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
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does it cost to write cache lines back to memory, clean, dirty or in no cache?
///
/// An operation writes back so many lines in order, with the fences that the JDK puts around them
/// (`Unsafe.writebackMemory`, JEP 352). The cost of a line is the slope between two numbers of
/// lines.
///
/// Notes.
/// * Danger: the JDK takes `CLWB` where the CPU has it, which may leave the line in the cache,
///   `CLFLUSHOPT` else, which drops it, and `CLFLUSH` last. The kernel's flushes are `CLFLUSHOPT`.
///   Prices taken from here say which.
/// * Danger: before it is compiled, the loop in the JDK is 200 times slower. Two sizes whose slope
///   is that of an interpreted loop are no measurement; warm up first.
/// * Danger: in `ABSENT` nothing may bring lines into the cache: the buffer is gone through once a
///   round and only written back.
/// * Rests on: `--add-exports java.base/jdk.internal.misc=ALL-UNNAMED`, which the fork gets; a line
///   of 64 bytes.
/// * What saves it: without the export or without support of the CPU it says so and skips.
@State(Scope.Thread)
@Fork(jvmArgsAppend = WriteBackMemory.EXPORT)
public class LineWriteBackBenchmark extends PreparedProbe {
  private static final int LINE = 64;

  /// Larger than any last-level cache of one socket that is sold.
  private static final long FAR = 512L << 20;

  /// How the lines are when they are written back.
  public enum Lines {
    CLEAN,
    DIRTY,
    ABSENT
  }

  @Param({"DIRTY", "CLEAN", "ABSENT"})
  public Lines state = Lines.DIRTY;

  /// Lines of an operation.
  @Param({"64", "1024"})
  public int lines;

  private @Nullable Mapping mapping;
  private long next;

  @Override
  protected void acquire() {
    if (!WriteBackMemory.supported()) {
      throw new NotHere(WriteBackMemory.whyNot());
    }
    long bytes = state == Lines.ABSENT ? FAR : Math.max(Mapping.PAGE, (long) lines * LINE);
    Mapping mapped = Mapping.anonymous(bytes, Pages.SMALL);
    // One byte a page makes it present; what that brings in is gone before its turn comes.
    mapped.write(bytes / Mapping.PAGE);
    mapping = mapped;
  }

  @Override
  protected void release() {
    mapping().close();
  }

  @Override
  public int steps() {
    return lines;
  }

  @Override
  public void prepare() {
    MemorySegment memory = mapping().memory();
    if (state == Lines.ABSENT) {
      next = (next + (long) lines * LINE) % (memory.byteSize() - (long) lines * LINE);
      return;
    }
    for (int i = 0; i < lines; i++) {
      memory.set(ValueLayout.JAVA_LONG, (long) i * LINE, next++);
    }
    if (state == Lines.CLEAN) {
      WriteBackMemory.writeBack(memory.address(), (long) lines * LINE);
      for (int i = 0; i < lines; i++) {
        next += memory.get(ValueLayout.JAVA_LONG, (long) i * LINE);
      }
    }
  }

  @Override
  @Benchmark
  public long operate() {
    long offset = state == Lines.ABSENT ? next : 0;
    WriteBackMemory.writeBack(mapping().memory().address() + offset, (long) lines * LINE);
    done();
    return offset;
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    return new Verdict(
        done > 0 ? Outcome.EXERCISED : Outcome.NOT_EXERCISED,
        done + " operations by " + WriteBackMemory.instruction());
  }

  private Mapping mapping() {
    Mapping open = mapping;
    if (open == null) {
      throw new IllegalStateException("the probe is not open");
    }
    return open;
  }
}
