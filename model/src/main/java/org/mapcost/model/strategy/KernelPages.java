package org.mapcost.model.strategy;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.units.Pages;

/// RAM that comes from no pool: chunks of the page allocator or one contiguous piece, cleared when
/// it is taken.
///
/// Kernel: `drivers/dma-buf/heaps/system_heap.c` (orders 8, 4 and 0), `mm/shmem.c`,
/// `kernel/dma/contiguous.c`; described in 5.10 and later, never recorded.
final class KernelPages implements BufferMemory {
  private static final int[] HEAP_ORDERS = {8, 4, 0};
  private static final int[] SINGLE = {0};

  /// A run of pages that lie one behind the other.
  ///
  /// @param firstPage of the buffer
  /// @param pfn of the first page
  record Chunk(long firstPage, long pfn, int order, long pages) {}

  private final PageAllocator allocator;
  private final PageAttributes attributes;
  private final Supply supply;
  private final Attribute caching;
  private final long firstPfn;
  private final long endPfn;
  private final long pages;
  private final List<Chunk> chunks = new ArrayList<>();
  private final long[] pfns;

  KernelPages(
      PageAllocator allocator,
      PageAttributes attributes,
      Supply supply,
      Attribute caching,
      long firstPfn,
      long endPfn,
      long pages) {
    this.allocator = allocator;
    this.attributes = attributes;
    this.supply = supply;
    this.caching = caching;
    this.firstPfn = firstPfn;
    this.endPfn = endPfn;
    this.pages = pages;
    this.pfns = new long[Math.toIntExact(pages)];
  }

  @Override
  public BufferMemory another(Scenario scenario) {
    return new KernelPages(
        allocator, attributes, supply, caching, firstPfn, endPfn, scenario.pages());
  }

  @Override
  public long addressOf(long page) {
    return pfns[Math.toIntExact(page)] * Pages.PAGE_SIZE;
  }

  /// The chunks, in the order of the buffer's pages.
  List<Chunk> chunks() {
    return chunks;
  }

  @Override
  public void allocate(Meter meter) {
    if (supply == Supply.CONTIGUOUS) {
      meter.add(Event.PAGE_ALLOC);
      if (firstPfn + pages > endPfn) {
        throw tooSmall();
      }
      take(firstPfn, 0, pages);
    } else {
      takeChunks(supply == Supply.SYSTEM_HEAP ? HEAP_ORDERS : SINGLE, meter);
    }
    meter.add(Event.PAGE_CLEAR, pages);
    if (supply == Supply.SHMEM_CONVERTED && caching != Attribute.WB) {
      attributes.setPagesArray(caching, pfns, meter);
    }
  }

  /// `alloc_largest_available`, again and again: the largest order that still fits, and from the
  /// first failure on none above it.
  private void takeChunks(int[] orders, Meter meter) {
    int from = 0;
    long taken = 0;
    while (taken < pages) {
      while (1L << orders[from] > pages - taken) {
        from++;
      }
      long pfn = allocator.alloc(orders[from], meter);
      if (pfn != PageAllocator.NONE) {
        take(pfn, orders[from], 1L << orders[from]);
        taken += 1L << orders[from];
      } else if (from + 1 < orders.length) {
        from++;
      } else {
        throw tooSmall();
      }
    }
  }

  private void take(long pfn, int order, long count) {
    long first = chunks.isEmpty() ? 0 : chunks.getLast().firstPage() + chunks.getLast().pages();
    chunks.add(new Chunk(first, pfn, order, count));
    for (int i = 0; i < count; i++) {
      pfns[(int) first + i] = pfn + i;
    }
  }

  private InputException tooSmall() {
    return new InputException(
        "the RAM from --at on does not hold a buffer of "
            + new Pages(pages).bytes()
            + "; give a smaller --buffer.");
  }

  @Override
  public void free(Meter meter) {
    if (supply == Supply.SHMEM_CONVERTED && caching != Attribute.WB) {
      attributes.setPagesArray(Attribute.WB, pfns, meter);
    }
    if (supply != Supply.CONTIGUOUS) {
      chunks.forEach(chunk -> allocator.free(chunk.pfn(), chunk.order()));
    }
    chunks.clear();
  }

  @Override
  public void convertPage(long page, Meter meter) {
    // Only the bound converts page by page, and its memory is the pool's.
  }
}
