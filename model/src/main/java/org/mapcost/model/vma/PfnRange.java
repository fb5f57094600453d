package org.mapcost.model.vma;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.pat.Ram;
import org.mapcost.model.pat.Reservation;

/// `remap_pfn_range` and what it tracks: mapping a physically contiguous range, and giving its
/// reservation back.
///
/// Over a whole VMA the range is reserved once; over a part of it every page is looked up instead.
/// Kernel: `mm/memory.c` and `arch/x86/mm/pat/memtype.c` (`track_pfn_remap`, from 6.16
/// `pfnmap_track`), read in 5.10 and 7.x; walks recorded on 5.10, 6.1, 6.12, 6.16 and 7.2.
public final class PfnRange {
  private static final long PAGE_SIZE = 4096;

  private final Memtypes memtypes;
  private final Insertion insertion;

  public PfnRange(Memtypes memtypes) {
    this.memtypes = memtypes;
    this.insertion = new Insertion(memtypes);
  }

  /// Maps `pages` pages from `address` at `firstPage`. Returns 0, or `-EINVAL` when a part of a
  /// copy-on-write mapping is asked for, when the pages of a partial range have different types, or
  /// when the range has a type that the request cannot live with.
  public int remap(Vma vma, long firstPage, long pages, long address, Meter meter) {
    boolean whole = firstPage == 0 && pages == vma.pages();
    if (vma.isCow() && !whole) {
      return Errno.EINVAL;
    }
    int tracked = whole ? reserve(vma, address, meter) : lookUpAll(vma, pages, address, meter);
    if (tracked != 0) {
      return tracked;
    }
    vma.set(VmFlag.IO, VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    insertion.applyToPageRange(vma, firstPage, pages, vma.prot(), meter);
    return 0;
  }

  /// `reserve_pfn_range`, not strict: RAM is never reserved; its first page's type silently becomes
  /// the mapping's.
  private int reserve(Vma vma, long address, Meter meter) {
    long end = address + vma.pages() * PAGE_SIZE;
    if (!memtypes.enabled()) {
      return 0;
    }
    if (memtypes.isRam(address, end, meter) != Ram.NO) {
      vma.prot(memtypes.lookup(address, meter));
      vma.set(VmFlag.PAT);
      return 0;
    }
    Reservation reservation = memtypes.reserve(address, end, vma.prot(), true, meter);
    if (!reservation.granted()) {
      return reservation.errno();
    }
    if (!vma.prot().accepts(reservation.type())) {
      memtypes.free(address, end, meter);
      return Errno.EINVAL;
    }
    memtypes.isInDirectMap(address, meter);
    vma.prot(reservation.type());
    vma.set(VmFlag.PAT);
    return 0;
  }

  /// The partial form: one look-up a page, all of which must agree.
  private int lookUpAll(Vma vma, long pages, long address, Meter meter) {
    if (!memtypes.enabled()) {
      return 0;
    }
    CacheMode mode = memtypes.lookup(address, meter);
    for (long i = 1; i < pages; i++) {
      if (memtypes.lookup(address + i * PAGE_SIZE, meter) != mode) {
        return Errno.EINVAL;
      }
    }
    vma.prot(mode);
    return 0;
  }

  /// Gives the reservation of a whole VMA back (`untrack_pfn`, from 6.16 `pfnmap_untrack`); nothing
  /// for one that has none.
  public void untrack(Vma vma, long address, Meter meter) {
    if (!vma.has(VmFlag.PAT)) {
      return;
    }
    long end = address + vma.pages() * PAGE_SIZE;
    if (memtypes.isRam(address, end, meter) == Ram.NO) {
      memtypes.free(address, end, meter);
    }
    vma.clear(VmFlag.PAT);
  }
}
