package org.mapcost.model.vma;

import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;

/// Writes special entries over a run of pages, one page-table lock per page-table page.
final class RangeEntries {
  /// `remap_pte_range`: every entry must be empty.
  void remap(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    write(vma, firstPage, pages, mode, Present.IS_A_BUG, meter);
  }

  /// `apply_to_pte_range` with a function that leaves alone what is there.
  void fill(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    write(vma, firstPage, pages, mode, Present.STAYS, meter);
  }

  /// `apply_to_pte_range` with a function that overwrites what is there (i915's `remap_pfn`).
  void overwrite(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    write(vma, firstPage, pages, mode, Present.IS_OVERWRITTEN, meter);
  }

  /// What becomes of an entry that is there already.
  private enum Present {
    STAYS,
    IS_OVERWRITTEN,
    IS_A_BUG
  }

  private void write(
      Vma vma, long firstPage, long pages, CacheMode mode, Present present, Meter meter) {
    UserPageTable table = vma.pageTable();
    long end = firstPage + pages;
    for (long page = firstPage; page < end; page++) {
      if (page == firstPage || table.isFirstOfTable(page)) {
        table.allocate(page, meter);
        meter.enter(Lock.PTE_LOCK);
      }
      if (present == Present.IS_OVERWRITTEN) {
        table.overwrite(page, PteKind.SPECIAL, mode, meter);
      } else if (present == Present.IS_A_BUG || !table.isPresent(page)) {
        table.set(page, PteKind.SPECIAL, mode, meter);
      }
      if (page + 1 == end || table.isFirstOfTable(page + 1)) {
        meter.leave(Lock.PTE_LOCK);
      }
    }
  }
}
