package org.mapcost.model.pat;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.SystemRamWalk;
import org.mapcost.model.iomem.Visits;

/// Is a physical range RAM (`pat_pagerange_is_ram`)? Every memory-type look-up of a page asks this
/// first.
///
/// Source: `arch/x86/mm/pat/memtype.c`, read in 5.10 and 6.15; recorded on 5.10, 6.1, 6.12, 6.16
/// and 7.2.
///
/// Not safe for use by several threads. Asking allocates nothing.
public final class RamTest {
  /// Pages below 1 MiB are never walked: the legacy ISA area counts as not RAM (`ISA_END_ADDRESS`).
  static final long ISA_END = 1L << 20;

  private static final int PAGE_SHIFT = 12;
  static final long PAGE_SIZE = 1L << PAGE_SHIFT;

  private final SystemRamWalk walk;
  private final SystemRamWalk.Piece callback = this::pagerangeIsRamCallback;

  private long currentPfn;
  private boolean ram;
  private boolean notRam;

  public RamTest(ResourceTree tree, ResourceWalk behaviour) {
    this.walk = new SystemRamWalk(tree, behaviour);
  }

  /// Asks for the pages that `[start, end)` touches.
  ///
  /// A gap behind the last piece of RAM goes unnoticed: a range that begins in RAM and runs off its
  /// end is [Ram#YES].
  public Ram ask(long start, long end, Visits visits, Meter meter) {
    long startPfn = start >>> PAGE_SHIFT;
    long endPfn = (end + PAGE_SIZE - 1) >>> PAGE_SHIFT;
    currentPfn = startPfn;
    ram = false;
    notRam = false;

    int result = 0;
    startPfn = Math.max(startPfn, ISA_END >>> PAGE_SHIFT);
    if (startPfn < endPfn) {
      result = walk.walk(startPfn, endPfn - startPfn, callback, visits, meter);
    }
    if (result > 0) {
      return Ram.MIXED;
    }
    return ram ? Ram.YES : Ram.NO;
  }

  private int pagerangeIsRamCallback(long pfn, long pages) {
    notRam |= pfn > currentPfn;
    ram |= pages > 0;
    currentPfn = pfn + pages;
    return ram && notRam ? 1 : 0;
  }
}
