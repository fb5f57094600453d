package org.mapcost.model.vma;

import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.TlbFlush;

/// Collects what an unmap takes away, and flushes the TLB for it (`struct mmu_gather`).
///
/// A flush names the range from the first page taken away to the last, whatever lies between, in
/// steps of the smallest entry among them. Kernel: `include/asm-generic/tlb.h` and `mm/memory.c`
/// (`zap_pte_range`), as read in 5.10; the ranges agree with all recorded `munmap` calls of 5.10,
/// 6.1 and 6.16.
final class Gather {
  /// Pages with a struct page that fit before a flush: 8 in the gather itself and 19 batches of 510
  /// (`MAX_GATHER_BATCH_COUNT`; recalled, not recorded).
  static final int BATCHED_PAGES = 8 + 19 * 510;

  private static final int LEVEL_BITS = 9;
  private static final int TOP_LEVEL = 3;

  private final TlbFlush tlb;
  private final AddressSpace cpus;
  private final Meter meter;

  private long first = Long.MAX_VALUE;
  private long last;
  private int level = TOP_LEVEL;
  private boolean freedTables;
  private int batched;

  Gather(TlbFlush tlb, AddressSpace cpus, Meter meter) {
    this.tlb = tlb;
    this.cpus = cpus;
    this.meter = meter;
  }

  /// Takes every entry of a VMA. Written pages that others may hold are flushed with each
  /// page-table page, before their lock is dropped.
  void zap(Vma vma) {
    UserPageTable table = vma.pageTable();
    boolean force = false;
    for (long page = 0; page < vma.pages(); page++) {
      switch (table.kind(page)) {
        case NONE -> {}
        case SPECIAL -> take(vma.start() + page, 0);
        case HUGE -> take(vma.start() + page, 1);
        case GIGANTIC -> take(vma.start() + page, 2);
        case COPY -> {
          take(vma.start() + page, 0);
          batch();
        }
        case NORMAL -> {
          take(vma.start() + page, 0);
          force |= table.isDirty(page);
          batch();
        }
      }
      if (force && (table.isFirstOfTable(page + 1) || page + 1 == vma.pages())) {
        flush();
        force = false;
      }
    }
  }

  /// Moves every entry of a VMA to another, and flushes after each page-table page.
  void move(Vma from, Vma to) {
    UserPageTable table = from.pageTable();
    for (long page = 0; page < from.pages(); page++) {
      if (table.isPresent(page)) {
        take(from.start() + page, 0);
        to.pageTable().allocate(page, meter);
        meter.add(Event.PTE_WRITE);
      }
      if (table.isFirstOfTable(page + 1)) {
        flush();
      }
    }
    flush();
  }

  private void take(long page, int ofLevel) {
    first = Math.min(first, page);
    last = Math.max(last, page + 1);
    level = Math.min(level, ofLevel);
  }

  private void batch() {
    batched++;
    if (batched == BATCHED_PAGES) {
      flush();
    }
  }

  /// Takes a page-table page away.
  ///
  /// @param start the first page it maps
  /// @param ofLevel 1 for one of 512 small entries, 2 for one of those, 3 above
  void table(long start, int ofLevel) {
    take(start, ofLevel);
    freedTables = true;
  }

  /// Whether an entry of a level or a table was taken since the last flush.
  boolean isEmpty() {
    return first >= last;
  }

  /// Flushes what was taken since the last time (`tlb_flush_mmu`); nothing if nothing was.
  void flush() {
    if (!isEmpty()) {
      int bits = level * LEVEL_BITS;
      long pages = last - first;
      long steps = (pages + (1L << bits) - 1) >> bits;
      tlb.mmRange(cpus, pages >> bits, steps, freedTables).ifPresent(meter::round);
    }
    first = Long.MAX_VALUE;
    last = 0;
    level = TOP_LEVEL;
    freedTables = false;
    batched = 0;
  }
}
