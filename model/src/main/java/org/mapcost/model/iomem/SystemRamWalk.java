package org.mapcost.model.iomem;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Meter;

/// Goes through the System RAM of a range of pages (`walk_system_ram_range`): one search of the
/// tree per piece of RAM, each from the first node again.
public final class SystemRamWalk {
  /// `-EINVAL`: what the walk returns when it never called back.
  public static final int EINVAL = -22;

  private static final int PAGE_SHIFT = 12;
  private static final long PAGE_SIZE = 1L << PAGE_SHIFT;

  private final ResourceTree tree;
  private final ResourceWalk behaviour;

  public SystemRamWalk(ResourceTree tree, ResourceWalk behaviour) {
    this.tree = tree;
    this.behaviour = behaviour;
  }

  /// Called for each piece of RAM. Anything but zero ends the walk and becomes its result.
  @FunctionalInterface
  public interface Piece {
    int visit(long pfn, long pages);
  }

  /// Walks `pages` pages from page frame `pfn`; each search is charged to `meter` and counted in
  /// `visits`.
  ///
  /// The answer is the last callback's, or [#EINVAL] when there was none. A first match smaller
  /// than a page ends the walk without a callback.
  public int walk(long pfn, long pages, Piece piece, Visits visits, Meter meter) {
    long start = pfn << PAGE_SHIFT;
    long end = ((pfn + pages) << PAGE_SHIFT) - 1;
    int result = EINVAL;
    while (start < end) {
      @Nullable Resource found =
          behaviour.find(tree, start, end, Resource.BUSY_SYSTEM_RAM, visits, meter);
      if (found == null) {
        break;
      }
      long first = Math.max(found.start, start);
      long last = Math.min(found.end, end);
      long firstPfn = (first + PAGE_SIZE - 1) >>> PAGE_SHIFT;
      long endPfn = (last + 1) >>> PAGE_SHIFT;
      if (endPfn > firstPfn) {
        result = piece.visit(firstPfn, endPfn - firstPfn);
      }
      if (result != 0) {
        break;
      }
      start = last + 1;
    }
    return result;
  }
}
