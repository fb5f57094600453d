package org.mapcost.benchmarks.host;

import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Descriptor;
import org.mapcost.benchmarks.linux.Errno;
import org.mapcost.benchmarks.linux.Mapping;
import org.mapcost.benchmarks.linux.Mapping.Pages;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.ThreadCounters;
import org.mapcost.benchmarks.witness.Verdict;
import org.mapcost.benchmarks.witness.Verdict.Outcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does the first touch of a page cost?
///
/// An operation writes one byte to each of some pages that are mapped and not present; the time is
/// divided by their number. `ANONYMOUS` allocates and clears a page of 4 KiB, `MEMFD` maps one that
/// is in the page cache, `HUGE` allocates and clears 2 MiB, of which the clearing is nearly all.
///
/// Notes.
/// * Danger: reads of a file's pages map their neighbours too (fault-around), and reads of
///   anonymous memory map the zero page: both are other faults. These are writes.
/// * Danger: a kernel that is short of whole 2 MiB gives small pages instead, without a word.
/// * Danger: in a virtual machine the first touch of memory that the host has not given yet exits
///   to the host. Memory that was used before has it.
/// * Rests on: `MADV_DONTNEED` drops entries and frees anonymous pages, so that each operation
///   finds the mapping as the one before did.
/// * What saves it: the thread's own count of minor faults, held against the pages touched; for
///   huge pages the kernel's account of the mapping, for a single touch cannot tell.
@State(Scope.Thread)
public class MinorFaultBenchmark extends PreparedProbe {
  /// What is touched.
  public enum Memory {
    ANONYMOUS,
    MEMFD,
    HUGE
  }

  @Param({"ANONYMOUS", "MEMFD", "HUGE"})
  public Memory memory = Memory.ANONYMOUS;

  /// Faults of an operation.
  @Param({"64"})
  public int faults;

  private @Nullable Mapping mapping;
  private @Nullable Descriptor file;
  private long stride;
  private ThreadCounters before = ThreadCounters.ofThread();

  @Override
  protected void acquire() {
    stride = memory == Memory.HUGE ? Mapping.HUGE : Mapping.PAGE;
    long bytes = faults * stride;
    try {
      switch (memory) {
        case ANONYMOUS -> mapping = Mapping.anonymous(bytes, Pages.SMALL);
        case HUGE -> mapping = Mapping.anonymous(bytes, Pages.LARGE);
        case MEMFD -> {
          Descriptor open = Descriptor.memory("minor-fault", bytes);
          file = open;
          mapping = Mapping.of(open, 0, bytes);
        }
      }
    } catch (SystemCallException e) {
      throw new NotHere(
          e.errno() == Errno.EINVAL.number()
              ? "this kernel has no transparent huge pages"
              : String.valueOf(e.getMessage()));
    }
    touch();
  }

  @Override
  protected void arrange() {
    before = ThreadCounters.ofThread();
  }

  @Override
  protected void release() {
    mapping().close();
    Descriptor open = file;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public int steps() {
    return faults;
  }

  @Override
  public void prepare() {
    mapping().drop(mapping().bytes() / Mapping.PAGE);
  }

  @Override
  @Benchmark
  public long operate() {
    touch();
    done();
    return operations();
  }

  private void touch() {
    var bytes = mapping().memory();
    for (int i = 0; i < faults; i++) {
      bytes.set(ValueLayout.JAVA_BYTE, i * stride, (byte) i);
    }
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    ThreadCounters now = ThreadCounters.ofThread();
    OptionalLong counted = ThreadCounters.grown(before.minorFaults(), now.minorFaults());
    if (memory == Memory.HUGE && !HugePages.back(mapping().memory().address())) {
      return new Verdict(Outcome.NOT_EXERCISED, "the kernel gave small pages");
    }
    return Verdict.ofFaults(counted, done, faults);
  }

  private Mapping mapping() {
    Mapping open = mapping;
    if (open == null) {
      throw new IllegalStateException("the probe is not open");
    }
    return open;
  }
}
