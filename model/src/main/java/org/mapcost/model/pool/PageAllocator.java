package org.mapcost.model.pool;

import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;

/// Hands out physical memory in aligned blocks of 2^order pages, order 0 to 10, as the kernel's
/// buddy allocator does: the smallest free block that is large enough is halved until it fits, and
/// a freed block joins its free twin again.
///
/// Deterministic: among blocks of equal size the lowest address goes first, so that memory used
/// before is used again before fresh memory is broken up. A real kernel's choice depends on all
/// that happened since boot.
///
/// Kernel: `mm/page_alloc.c`. Not safe for use by several threads; [#alloc] and [#free] allocate
/// nothing once the memory they use was used before.
public final class PageAllocator {
  /// The largest order (`MAX_PAGE_ORDER`): 1024 pages, 4 MiB.
  public static final int MAX_ORDER = 10;

  /// How many orders there are (`NR_PAGE_ORDERS`).
  public static final int ORDERS = MAX_ORDER + 1;

  /// What [#alloc] answers when it has no block; no page frame number.
  public static final long NONE = -1;

  /// The end of ZONE_DMA, 16 MiB, in pages: taken from last of all, hence not handed out here.
  private static final long DMA_ZONE = 4096;

  private final long first;
  private final long end;
  private final int failing;
  private final FreeBlocks[] free = new FreeBlocks[ORDERS];
  private long freePages;

  /// @param first the first page frame handed out
  /// @param end the page frame behind the last
  /// @param failingOrders orders that are never available, as in fragmented memory; not order 0
  public PageAllocator(long first, long end, int... failingOrders) {
    if (first < 0 || end <= first || end > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no pages to hand out from " + first + " to " + end);
    }
    int orders = 0;
    for (int order : failingOrders) {
      if (order < 1 || order > MAX_ORDER) {
        throw new IllegalArgumentException("orders 1 to 10 can fail, not " + order);
      }
      orders |= 1 << order;
    }
    this.first = first;
    this.end = end;
    this.failing = orders;
    for (int order = 0; order < ORDERS; order++) {
      free[order] = new FreeBlocks();
    }
    for (long at = first; at < end; ) {
      int order = Math.min(MAX_ORDER, at == 0 ? MAX_ORDER : Long.numberOfTrailingZeros(at));
      while (at + (1L << order) > end) {
        order--;
      }
      put((int) at, order);
      at += 1L << order;
    }
  }

  /// Memory of a machine with `ramPages` pages, all below that page frame, except the first 16 MiB.
  ///
  /// @throws InputException when that leaves nothing
  public static PageAllocator ofRam(long ramPages, int... failingOrders) {
    if (ramPages <= DMA_ZONE) {
      throw new InputException(
          "buffers get no memory from the first 16 MiB, and this machine has "
              + ramPages
              + " pages of RAM: give it more, 2GiB for example");
    }
    return new PageAllocator(DMA_ZONE, ramPages, failingOrders);
  }

  /// The first page of a block of 2^order pages, or [#NONE]. Charges one call either way.
  public long alloc(int order, Meter meter) {
    meter.add(Event.PAGE_ALLOC);
    if ((failing & 1 << order) != 0) {
      return NONE;
    }
    for (int have = order; have < ORDERS; have++) {
      if (!free[have].isEmpty()) {
        return split(free[have].first() << have, have, order);
      }
    }
    return NONE;
  }

  private long split(int at, int have, int order) {
    take(at, have);
    for (int half = have - 1; half >= order; half--) {
      put(at + (1 << half), half);
    }
    return at;
  }

  /// Takes back a block that was handed out, or an aligned part of one.
  public void free(long block, int order) {
    if (block < first || block + (1L << order) > end || overlapsFree((int) block, order)) {
      throw new IllegalArgumentException(
          "pages " + block + " to " + (block + (1L << order) - 1) + " are not handed out");
    }
    int at = (int) block;
    int grown = order;
    while (grown < MAX_ORDER && free[grown].contains((at ^ 1 << grown) >> grown)) {
      take(at ^ 1 << grown, grown);
      at &= ~(1 << grown);
      grown++;
    }
    put(at, grown);
  }

  private boolean overlapsFree(int at, int order) {
    for (int larger = order; larger < ORDERS; larger++) {
      if (free[larger].contains(at >> larger)) {
        return true;
      }
    }
    for (int smaller = 0; smaller < order; smaller++) {
      if (free[smaller].next(at >> smaller) < (at + (1 << order)) >> smaller) {
        return true;
      }
    }
    return false;
  }

  private void take(int at, int order) {
    free[order].remove(at >> order);
    freePages -= 1L << order;
  }

  private void put(int at, int order) {
    free[order].add(at >> order);
    freePages += 1L << order;
  }

  /// The pages that can still be handed out.
  public long freePages() {
    return freePages;
  }

  /// All pages, handed out or not.
  public long pages() {
    return end - first;
  }
}
