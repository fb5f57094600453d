package org.mapcost.model.vma;

import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;

/// Writes special entries over a run of pages, one page-table lock per page-table page.
final class RangeEntries {
  /// `remap_pte_range`: every entry must be empty.
  void remap(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    write(vma, firstPage, pages, mode, false, meter);
  }

  /// `apply_to_pte_range` with a function that writes entries: what is there is overwritten.
  void apply(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    write(vma, firstPage, pages, mode, true, meter);
  }

  private void write(
      Vma vma, long firstPage, long pages, CacheMode mode, boolean overwrite, Meter meter) {
    UserPageTable table = vma.pageTable();
    long end = firstPage + pages;
    for (long page = firstPage; page < end; page++) {
      if (page == firstPage || table.isFirstOfTable(page)) {
        table.allocate(page, meter);
        meter.enter(Lock.PTE_LOCK);
      }
      if (overwrite) {
        table.overwrite(page, PteKind.SPECIAL, mode, meter);
      } else {
        table.set(page, PteKind.SPECIAL, mode, meter);
      }
      if (page + 1 == end || table.isFirstOfTable(page + 1)) {
        meter.leave(Lock.PTE_LOCK);
      }
    }
  }
}
