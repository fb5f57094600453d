package org.mapcost.benchmarks.host;

import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.linux.Mapping;
import org.mapcost.benchmarks.linux.Mapping.Access;
import org.mapcost.benchmarks.linux.Mapping.Pages;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Interrupts.Row;
import org.mapcost.benchmarks.witness.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What does a change of mapped pages cost, by the number of pages and of CPUs that run the
/// program?
///
/// An operation is one `mprotect`, `munmap` or `madvise(MADV_DONTNEED)` of pages that are present,
/// were just used, and are made so again without the clock. `restore` is the `mprotect` that makes
/// pages accessible again: the same walk over the same entries, and no flush, for entries that are
/// not present are in no TLB. `mprotect` less `restore` is the flush; peers running less peers
/// parked, on the same pages, is what the other CPUs add.
///
/// Notes.
/// * Danger: the kernel leaves out CPUs that do not run the program (lazy TLB), flushes that nobody
///   needs (entries not present, not accessed) and, with paravirtual flushes, virtual CPUs that do
///   not run on the host. Then the call alone is measured.
/// * Danger: neighbouring mappings are merged and split at each change, which doubled the kernel's
///   instructions in some processes; huge pages turn many entries into one.
/// * Danger: a peer that touches a page while it is inaccessible ends the JVM. Peers spin and touch
///   none, so that what they pay to walk again is not in the figures.
/// * Rests on: up to 33 pages are flushed one by one, more in one go
///   (`tlb_single_page_flush_ceiling`; recorded on 5.10 to 7.2); `munmap` between guards frees no
///   page table, so that lazy CPUs stay out of it.
/// * What saves it: guards and `MADV_NOHUGEPAGE` in [Mapping]; the row `TLB` of `/proc/interrupts`
///   is held against the operations (those of `restore` against the `mprotect` before each), and
///   with peers parked the verdict is "not exercised".
@State(Scope.Thread)
public class ShootdownBenchmark extends PreparedProbe {
  /// What is done.
  public enum Operation {
    MPROTECT,
    RESTORE,
    MUNMAP,
    MADVISE
  }

  @Param({"MPROTECT", "RESTORE", "MUNMAP", "MADVISE"})
  public Operation op = Operation.MPROTECT;

  /// Pages that it is done to, all present.
  @Param({"1", "4", "16", "33", "34", "64", "256"})
  public int pages;

  /// Peers on other CPUs.
  @Param({"1"})
  public int peers;

  /// Whether they run or are parked.
  @Param({"true", "false"})
  public boolean running;

  private @Nullable Mapping mapping;

  @Override
  protected void acquire() {
    if (peers > Peers.shared().available()) {
      Peers.shared().run(peers);
    }
    Mapping mapped = Mapping.anonymous((long) pages * Mapping.PAGE, Pages.SMALL);
    mapped.write(pages);
    mapping = mapped;
  }

  @Override
  protected void arrange() {
    Peers.shared().run(running ? peers : 0);
    if (op == Operation.MUNMAP) {
      mapping().unmap(pages);
    }
  }

  @Override
  protected void disarrange() {
    Peers.shared().park();
    switch (op) {
      case MUNMAP -> mapping().mapAgain(pages);
      case MPROTECT -> mapping().protect(pages, Access.READ_WRITE);
      case RESTORE, MADVISE -> {}
    }
  }

  @Override
  protected void release() {
    mapping().close();
  }

  @Override
  public void prepare() {
    switch (op) {
      case MPROTECT -> mapping().protect(pages, Access.READ_WRITE);
      case RESTORE -> {
        mapping().protect(pages, Access.NONE);
        return;
      }
      case MUNMAP -> {
        mapping().mapAgain(pages);
        mapping().populate(pages);
      }
      case MADVISE -> mapping().populate(pages);
    }
    mapping().read(pages);
  }

  @Override
  @Benchmark
  public long operate() {
    switch (op) {
      case MPROTECT -> mapping().protect(pages, Access.NONE);
      case RESTORE -> mapping().protect(pages, Access.READ_WRITE);
      case MUNMAP -> mapping().unmap(pages);
      case MADVISE -> mapping().drop(pages);
    }
    done();
    return operations();
  }

  @Override
  protected Verdict judge(long done, Interrupts since) {
    return Verdict.ofInterrupts(
        Row.TLB, Interrupts.now().since(since, Row.TLB), done, running ? peers : 0);
  }

  private Mapping mapping() {
    Mapping open = mapping;
    if (open == null) {
      throw new IllegalStateException("the probe is not open");
    }
    return open;
  }
}
