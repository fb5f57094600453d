package org.mapcost.model.pool;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// A driver's source of pages: buffers get memory in a caching mode and give it back.
///
/// Write-back memory is kept only for a device with coherent DMA memory. Every buffer is one that
/// user space can map, and is handed out cleared (`TTM_TT_FLAG_ZERO_ALLOC`). One NUMA node. Not
/// safe for use by several threads.
public sealed interface PagePool permits TtmPool, TtmLegacyPool {
  /// No memory left.
  int ENOMEM = -12;

  /// Gives an empty buffer its pages. 0, or [#ENOMEM] with everything given back.
  int alloc(Buffer buffer, Attribute caching, long pages, Meter meter);

  /// A new buffer with its pages. Throws `IllegalStateException` when memory runs out.
  default Buffer alloc(Attribute caching, long pages, Meter meter) {
    Buffer buffer = new Buffer();
    if (alloc(buffer, caching, pages, meter) != 0) {
      throw new IllegalStateException("out of memory for a buffer of " + pages + " pages");
    }
    return buffer;
  }

  /// Takes a buffer's pages back, into the pool where there is one; does nothing for an empty one.
  void free(Buffer buffer, Meter meter);

  /// Sets the module parameter `page_pool_size`: the most pages the pool keeps. Before the first
  /// [#alloc] it is given when the module is loaded, and 0 stands for the default. Later it is
  /// written to sysfs, takes effect with the next [#free], and some kernels ignore it.
  void limit(long pages);

  /// The limit in force, in pages.
  long limit();

  /// One read of debugfs `page_pool_shrink`: the shrinker looks for something to release.
  void shrink(Meter meter);

  /// The kernel is short of memory and asks for so many pages, a batch at a time; those freed.
  long reclaim(long pages, Meter meter);

  /// `drop_caches`, repeated until nothing is kept.
  void drop(Meter meter);

  /// How many chunks of each order, 0 to [PageAllocator#MAX_ORDER], are kept in a caching mode.
  int[] chunks(Attribute caching);

  /// The pages kept, of all modes and orders.
  long allocatedPages();
}
