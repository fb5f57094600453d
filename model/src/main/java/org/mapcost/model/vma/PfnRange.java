package org.mapcost.model.vma;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.pat.Ram;
import org.mapcost.model.pat.Reservation;

/// `remap_pfn_range` and what it tracks: mapping a physically contiguous range, and what becomes of
/// its reservation in fork, split, `mremap` and `munmap`.
///
/// Over a whole VMA the range is reserved once; over a part of it every page is looked up instead.
/// Kernel: `mm/memory.c` and `arch/x86/mm/pat/memtype.c` (`track_pfn_remap`, `track_pfn_copy`,
/// `untrack_pfn`; from 6.16 `pfnmap_track`, `pfnmap_track_ctx`), read in 5.10, 6.15 and 7.x; every
/// step of `mmap`, fork and `munmap` recorded on 5.10, 6.1 and 6.16.
public final class PfnRange {
  private final Memtypes memtypes;
  private final VmaRules rules;
  private final RangeEntries entries = new RangeEntries();

  public PfnRange(Memtypes memtypes, VmaRules rules) {
    this.memtypes = memtypes;
    this.rules = rules;
  }

  /// Maps `pages` pages from `address` at `firstPage`. Returns 0, or `-EINVAL` when a part of a
  /// copy-on-write mapping is asked for, when the pages of a partial range have different types,
  /// when the range has a type that the request cannot live with, or (from 6.16 on) when the VMA
  /// tracks a range already.
  public int remap(Vma vma, long firstPage, long pages, long address, Meter meter) {
    boolean whole = firstPage == 0 && pages == vma.pages();
    boolean refused = vma.isCow() && !whole;
    if (refused && rules.privatePart() == PrivatePart.REFUSED_FIRST) {
      return Errno.EINVAL;
    }
    Reservation mode = whole ? reserve(vma, address, meter) : lookUpAll(vma, pages, address, meter);
    if (!mode.granted() || refused) {
      return Errno.EINVAL;
    }
    return remapUntracked(vma, firstPage, pages, mode.type(), meter);
  }

  /// `remap_pfn_range_notrack`: no memory type is asked for. Returns 0, or `-EINVAL` for a part of
  /// a copy-on-write mapping.
  ///
  /// @param mode the caching mode to write
  public int remapUntracked(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    if (vma.isCow() && !(firstPage == 0 && pages == vma.pages())) {
      return Errno.EINVAL;
    }
    vma.set(VmFlag.IO, VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    entries.remap(vma, firstPage, pages, mode, meter);
    return 0;
  }

  /// `reserve_pfn_range`, not strict: RAM is never reserved; its first page's type silently becomes
  /// the mapping's.
  private Reservation reserve(Vma vma, long address, Meter meter) {
    if (rules.sharesReservations() && vma.tracked() != null) {
      return Reservation.invalid(vma.prot());
    }
    long end = address + vma.pages() * Insertion.PAGE_SIZE;
    Reservation granted = reserveRange(address, end, vma.prot(), false, meter);
    if (granted.granted() && memtypes.enabled()) {
      vma.tracked(new TrackedRange(address, end, rules.sharesReservations()));
      if (!rules.sharesReservations()) {
        vma.set(VmFlag.PAT);
      }
    }
    return granted;
  }

  private Reservation reserveRange(
      long address, long end, CacheMode want, boolean strict, Meter meter) {
    if (!memtypes.enabled()) {
      return Reservation.granted(want);
    }
    if (memtypes.isRam(address, end, meter) != Ram.NO) {
      return Reservation.granted(memtypes.lookup(address, meter));
    }
    Reservation reservation = memtypes.reserve(address, end, want, true, meter);
    if (!reservation.granted()) {
      return reservation;
    }
    boolean fits = strict ? want == reservation.type() : want.accepts(reservation.type());
    if (!fits) {
      memtypes.free(address, end, meter);
      return Reservation.invalid(reservation.type());
    }
    memtypes.isInDirectMap(address, meter);
    return reservation;
  }

  /// The partial form: one look-up a page, all of which must agree.
  private Reservation lookUpAll(Vma vma, long pages, long address, Meter meter) {
    if (!memtypes.enabled()) {
      return Reservation.granted(vma.prot());
    }
    CacheMode mode = memtypes.lookup(address, meter);
    for (long i = 1; i < pages; i++) {
      if (memtypes.lookup(address + i * Insertion.PAGE_SIZE, meter) != mode) {
        return Reservation.invalid(mode);
      }
    }
    return Reservation.granted(mode);
  }

  /// The part of `munmap` that comes before the entries go (`untrack_pfn`, up to 6.15): the
  /// reservation of what is unmapped is given back, whether the memtype tree has one of that extent
  /// or not. Nothing for a VMA that has none, and nothing from 6.16 on.
  public void untrack(Vma vma, Meter meter) {
    TrackedRange range = vma.tracked();
    if (!vma.has(VmFlag.PAT) || range == null) {
      return;
    }
    freeRange(range, meter);
    vma.clear(VmFlag.PAT);
    vma.tracked(null);
  }

  /// A VMA ceases to exist (`vm_area_free`): from 6.16 on the last one of a range gives the whole
  /// range back (`pfnmap_untrack`).
  public void release(Vma vma, Meter meter) {
    TrackedRange range = vma.tracked();
    if (rules.sharesReservations() && range != null && range.put()) {
      freeRange(range, meter);
    }
    vma.tracked(null);
  }

  private void freeRange(TrackedRange range, Meter meter) {
    if (memtypes.isRam(range.start(), range.end(), meter) == Ram.NO) {
      memtypes.free(range.start(), range.end(), meter);
    }
  }

  /// Fork copies the VMA (`track_pfn_copy` up to 6.15, then a reference more). Returns 0, or
  /// `-EINVAL` up to 6.15 when the first page of a private mapping has been copied by a write, so
  /// that the range cannot be told from the entries any more: then the fork fails.
  public int fork(Vma parent, Vma copy, Meter meter) {
    TrackedRange range = parent.tracked();
    if (range == null) {
      return 0;
    }
    if (rules.sharesReservations()) {
      range.get();
      return 0;
    }
    if (parent.pageTable().kind(0) == PteKind.COPY) {
      if (rules.privateFork() != PrivateFork.UNTRACKS) {
        forget(copy);
      }
      return Errno.EINVAL;
    }
    Reservation again =
        reserveRange(range.start(), range.end(), parent.pageTable().mode(0), true, meter);
    if (!again.granted()) {
      forget(copy);
    }
    return again.errno();
  }

  /// `mremap` moved the VMA: the new one owns what this one owned.
  void moved(Vma vma, Meter meter) {
    forget(vma);
    release(vma, meter);
  }

  /// The VMA no longer owns a reservation (`untrack_pfn_moved`, `untrack_pfn_clear`).
  private void forget(Vma vma) {
    if (vma.has(VmFlag.PAT)) {
      vma.clear(VmFlag.PAT);
      vma.tracked(null);
    }
  }
}
