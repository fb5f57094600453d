package org.mapcost.model.pageattr;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cache.CacheFlush;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.tlb.TlbFlush;

/// One pass of an attribute change over all pages of a request (`change_page_attr_set_clr`): change
/// the entries, then flush.
///
/// Kernel: `arch/x86/mm/pat/set_memory.c` read in 5.10 and 6.10, `arch/x86/mm/pageattr.c` in 4.18.
/// Passes, splits and flushes recorded on 5.10, 6.1, 6.12, 6.16, 6.17 and 7.2.
final class ChangePageAttr {
  private final DirectMap map;
  private final @Nullable KernelImage image;
  private final TlbFlush tlb;
  private final CpaFlush flush;
  private final boolean clflush;
  private final DirectMap.Entry entry = new DirectMap.Entry();

  // What the pass that runs does and has done.
  private int set;
  private int clear;
  private boolean changed;
  private boolean forceFlushAll;

  /// How many more splits there is memory for.
  private long splits;

  ChangePageAttr(
      DirectMap map, @Nullable KernelImage image, TlbFlush tlb, CpaFlush flush, CpaLimits limits) {
    this.map = map;
    this.image = image;
    this.tlb = tlb;
    this.flush = flush;
    this.clflush = limits.clflush();
    this.splits = limits.splits();
  }

  /// Clears some caching bits of every page, then sets some. 0, or [Errno#EFAULT] at the first page
  /// that the direct map does not hold, or [Errno#ENOMEM] at the first whose large page cannot be
  /// split; the pages before it are changed by then.
  ///
  /// @param setMode the bits to set
  /// @param clearBits the bits to clear first
  /// @param lines what an earlier pass left of the pages' cache lines
  int pass(Request request, CacheMode setMode, int clearBits, LineState lines, Meter meter) {
    set = setMode.slot();
    clear = clearBits;
    changed = false;
    forceFlushAll = false;
    meter.add(Event.CPA_CALL);
    meter.add(Event.UNMAP_ALIASES);
    int error = changeAll(request, meter);
    if (!changed) {
      return error;
    }
    // Going back to write-back leaves nothing stale in the caches.
    boolean cache = setMode != CacheMode.WB;
    if (error != 0 || (!clflush && (cache || flush.isFullAlways()))) {
      flushAll(cache, meter);
    } else {
      flush(request, cache, lines, meter);
    }
    return error;
  }

  private int changeAll(Request request, Meter meter) {
    long done = 0;
    while (done < request.pages()) {
      // An array never keeps a large page whole, whatever it covers.
      long left = request.isArray() ? 1 : request.pages() - done;
      long pfn = request.pfn(done);
      long changedNow = changeOne(map, pfn, left, meter);
      if (changedNow < 0) {
        return (int) changedNow;
      }
      changeAlias(pfn, changedNow, meter);
      done += changedNow;
    }
    return 0;
  }

  /// The kernel's second mapping of itself must agree with the direct map (`cpa_process_alias`).
  /// Its range is imprecise, so what it does not hold is passed over.
  private void changeAlias(long pfn, long pages, Meter meter) {
    if (image == null || !image.contains(pfn)) {
      return;
    }
    forceFlushAll = true;
    long done = 0;
    while (done < pages) {
      long step = changeOne(image.highMap(), pfn - image.first() + done, pages - done, meter);
      if (step < 0) {
        return;
      }
      done += step;
    }
  }

  /// Changes one entry, splitting it first where it maps more than is asked for
  /// (`__change_page_attr`). Returns the number of pages that are done with it, or an error.
  private long changeOne(DirectMap in, long pfn, long left, Meter meter) {
    meter.enter(Lock.CPA_LOCK);
    meter.add(Event.CPA_PAGE);
    long pages = 0;
    while (pages == 0) {
      if (!in.lookup(pfn, entry)) {
        pages = Errno.EFAULT;
      } else if (entry.level() == DirectMap.Level.PAGE_4K) {
        pages = small(meter);
      } else {
        pages = large(pfn, left, meter);
        if (pages == 0 && !split(in, meter)) {
          pages = Errno.ENOMEM;
        }
      }
    }
    meter.leave(Lock.CPA_LOCK);
    return pages;
  }

  private long small(Meter meter) {
    if (wanted() != entry.slot()) {
      write(meter);
    }
    return 1;
  }

  /// The pages of a large page that need no split: because they are as wanted already, or because
  /// the request covers all of it. 0 where it must be split (`should_split_large_page`).
  private long large(long pfn, long left, Meter meter) {
    meter.enter(Lock.PGD_LOCK);
    long size = entry.level().pages();
    long before = pfn & (size - 1);
    long pages = Math.min(left, size - before);
    if (wanted() != entry.slot()) {
      if (before == 0 && pages == size) {
        write(meter);
      } else {
        pages = 0;
      }
    }
    meter.leave(Lock.PGD_LOCK);
    return pages;
  }

  private int wanted() {
    return (entry.slot() & ~clear) | set;
  }

  private void write(Meter meter) {
    entry.write(wanted());
    meter.add(Event.KERNEL_PTE_WRITE);
    changed = true;
  }

  /// A new table is filled and put in the place of the large page; then every CPU must forget the
  /// large page before a small one may differ (`split_large_page`). False where there is no memory
  /// for the table.
  private boolean split(DirectMap in, Meter meter) {
    meter.leave(Lock.CPA_LOCK);
    meter.add(Event.PAGE_ALLOC);
    meter.enter(Lock.CPA_LOCK);
    if (splits == 0) {
      return false;
    }
    splits--;
    meter.enter(Lock.PGD_LOCK);
    meter.add(Event.DIRECT_MAP_SPLIT);
    in.split(entry);
    meter.add(Event.KERNEL_PTE_WRITE, DirectMap.ENTRIES + 1L);
    if (flush.isFullAlways()) {
      // An Atom erratum was answered by a flush of the caller's own TLB before the real one.
      meter.add(Event.TLB_INVALIDATE_GLOBAL);
      meter.leave(Lock.PGD_LOCK);
      meter.round(tlb.all());
    } else {
      meter.round(tlb.all());
      meter.leave(Lock.PGD_LOCK);
    }
    return true;
  }

  private void flush(Request request, boolean cache, LineState lines, Meter meter) {
    boolean wbinvd = false;
    if (flush.isFullAlways()) {
      meter.round(tlb.allByInterrupt());
      wbinvd =
          flush == CpaFlush.PRE_4_20_ARRAY_WBINVD
              && cache
              && request.isArray()
              && request.pages() >= CpaFlush.WBINVD_THRESHOLD;
    } else {
      meter.round(forceFlushAll ? tlb.all() : tlb.attributeChange(request.pages()));
    }
    if (wbinvd) {
      CacheFlush.wbinvdInHandler(tlb.cpus().online(), meter);
    } else if (cache) {
      CacheFlush.clflushPages(request.pages(), lines, meter);
    }
  }

  /// After an error nobody knows which pages changed; and without `clflush` there is no smaller way
  /// (`cpa_flush_all`).
  private void flushAll(boolean cache, Meter meter) {
    meter.round(tlb.allByInterrupt());
    if (cache) {
      CacheFlush.wbinvdInHandler(tlb.cpus().online(), meter);
    }
  }
}
