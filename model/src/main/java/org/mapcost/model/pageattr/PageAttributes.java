package org.mapcost.model.pageattr;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.TlbFlush;

/// The kernel's calls that change the caching of memory: the type of the pages is reserved or given
/// back, and the direct map changed in one pass, or in two for write-combining.
///
/// Kernel: `arch/x86/mm/pat/set_memory.c`, read in 5.10 and 6.10; recorded on 5.10, 6.1, 6.12,
/// 6.16, 6.17 and 7.2. Results are 0 or a negative error number as there. Not safe for use by
/// several threads.
public final class PageAttributes {
  private static final long PAGE_SIZE = 4096;

  private final DirectMap map;
  private final Memtypes memtypes;
  private final ChangePageAttr cpa;

  /// @param map the mapping that changes
  /// @param memtypes the types of the pages
  /// @param tlb how TLBs are flushed
  /// @param flush how a pass ends
  public PageAttributes(DirectMap map, Memtypes memtypes, TlbFlush tlb, CpaFlush flush) {
    this(map, null, memtypes, tlb, flush, CpaLimits.NONE);
  }

  /// @param image the kernel's second mapping of itself; null where no request touches its pages
  /// @param limits what the CPU or the memory lacks
  public PageAttributes(
      DirectMap map,
      @Nullable KernelImage image,
      Memtypes memtypes,
      TlbFlush tlb,
      CpaFlush flush,
      CpaLimits limits) {
    this.map = map;
    this.memtypes = memtypes;
    this.cpa = new ChangePageAttr(map, image, tlb, flush, limits);
  }

  /// The mapping that changes.
  public DirectMap map() {
    return map;
  }

  /// The types of the pages.
  public Memtypes memtypes() {
    return memtypes;
  }

  /// Changes all pages of an array; see the longer form.
  public int setPagesArray(Attribute to, long[] pfns, Meter meter) {
    return setPagesArray(to, pfns, 0, pfns.length, meter);
  }

  /// Changes `count` single pages, `pfns[from]` and on, that may lie anywhere
  /// (`set_pages_array_wc`, `_uc`, `_wb`). Each page's type is reserved or given back by itself,
  /// with a walk of the resource tree; large pages of the direct map are always split.
  ///
  /// 0, or [Errno#EINVAL] when a page's type cannot be reserved; then the reservations made are
  /// given back and nothing has changed. Back to write-back, the error of the pass.
  public int setPagesArray(Attribute to, long[] pfns, int from, int count, Meter meter) {
    Request request = Request.ofArray(pfns, from, count);
    if (to == Attribute.WB) {
      int error = passes(to, request, meter);
      if (error == 0) {
        freeEach(request, count, meter);
      }
      return error;
    }
    long reserved = reserveEach(request, to.mode(), meter);
    if (reserved == count && passes(to, request, meter) == 0) {
      return 0;
    }
    freeEach(request, reserved, meter);
    return Errno.EINVAL;
  }

  /// Changes a range of page frames (`set_memory_wc`, `_uc`, `_wb`, and `set_pages_wb`, `_uc`). The
  /// type is reserved or given back for the whole range at once; a large page that the range covers
  /// stays whole.
  ///
  /// 0, or the error of the reservation ([Errno#EBUSY] where a page has a type already), with
  /// nothing changed; or that of the pass.
  public int setMemory(Attribute to, long first, long pages, Meter meter) {
    Request request = Request.ofRange(first, pages);
    long start = first * PAGE_SIZE;
    long end = (first + pages) * PAGE_SIZE;
    if (to != Attribute.WB) {
      int refused = memtypes.reserve(start, end, to.mode(), false, meter).errno();
      if (refused != 0) {
        return refused;
      }
    }
    int error = passes(to, request, meter);
    if ((error == 0) == (to == Attribute.WB)) {
      memtypes.free(start, end, meter);
    }
    return error;
  }

  /// Write-combining comes after uncached, so that no page is cached and combined at once.
  private int passes(Attribute to, Request request, Meter meter) {
    return switch (to) {
      case WB -> cpa.pass(request, CacheMode.WB, CacheMode.SLOT_MASK, LineState.AS_FOUND, meter);
      case UC -> cpa.pass(request, CacheMode.UC_MINUS, 0, LineState.AS_FOUND, meter);
      case WC -> {
        int error = cpa.pass(request, CacheMode.UC_MINUS, 0, LineState.AS_FOUND, meter);
        yield error != 0
            ? error
            : cpa.pass(request, CacheMode.WC, CacheMode.SLOT_MASK, LineState.FLUSHED_BEFORE, meter);
      }
    };
  }

  /// How many pages were reserved before one was refused.
  private long reserveEach(Request request, CacheMode mode, Meter meter) {
    for (long i = 0; i < request.pages(); i++) {
      long start = request.pfn(i) * PAGE_SIZE;
      if (!memtypes.reserve(start, start + PAGE_SIZE, mode, false, meter).granted()) {
        return i;
      }
    }
    return request.pages();
  }

  private void freeEach(Request request, long pages, Meter meter) {
    for (long i = 0; i < pages; i++) {
      long start = request.pfn(i) * PAGE_SIZE;
      memtypes.free(start, start + PAGE_SIZE, meter);
    }
  }
}
