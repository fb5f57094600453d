package org.mapcost.model.pool;

import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// The page pool of TTM up to 5.10: per caching mode one list of single pages and, from 4.16 on,
/// one of 2 MiB blocks.
///
/// A request for fewer than 16 single pages that the pool cannot serve converts 512 at once and
/// keeps the rest. Larger requests convert what is missing, 512 pages per call.
///
/// Kernel: `drivers/gpu/drm/ttm/ttm_page_alloc.c`, read in 4.16; recorded step by step in 5.10. A
/// hit allocates nothing.
public final class TtmLegacyPool implements PagePool {
  /// Pages converted, or changed back, by one call at most (`NUM_PAGES_TO_ALLOC`).
  static final int BATCH = 512;

  /// Requests of fewer pages fill the pool first (`SMALL_ALLOCATION`).
  static final int SMALL = 16;

  private static final int BLOCK_ORDER = 9;
  private static final int BLOCK = 1 << BLOCK_ORDER;

  /// `SHRINK_BATCH`.
  private static final int SCAN_BATCH = 128;

  private record Pool(Attribute caching, int order, ChunkList chunks) {
    static Pool empty(Attribute caching, int order) {
      return new Pool(caching, order, new ChunkList());
    }

    long pages() {
      return (long) chunks.size() << order;
    }
  }

  private final Pool writeCombined = Pool.empty(Attribute.WC, 0);
  private final Pool uncached = Pool.empty(Attribute.UC, 0);
  private final Pool writeCombinedBlocks = Pool.empty(Attribute.WC, BLOCK_ORDER);
  private final Pool uncachedBlocks = Pool.empty(Attribute.UC, BLOCK_ORDER);

  /// In the shrinker's order; the two for memory below 4 GiB stay empty here.
  private final Pool[] pools = {
    writeCombined,
    uncached,
    Pool.empty(Attribute.WC, 0),
    Pool.empty(Attribute.UC, 0),
    writeCombinedBlocks,
    uncachedBlocks
  };

  private final Clearing clearing;
  private final boolean largeBlocks;
  private final PageAllocator memory;
  private final CachingChange change;
  private final long most;
  private final long[] batch = new long[BATCH];
  private int startPool;

  TtmLegacyPool(PoolRules rules, PageAllocator memory, CachingChange change, long ramPages) {
    this.clearing = rules.clearing();
    this.largeBlocks = rules.blocks();
    this.memory = memory;
    this.change = change;
    this.most = ramPages / 4;
  }

  @Override
  public int alloc(Buffer buffer, Attribute caching, long pages, Meter meter) {
    buffer.begin(caching, pages);
    if (largeBlocks && pages >= BLOCK) {
      // As many blocks as there are to be had; single pages make up for the rest.
      long blocks = pages / BLOCK;
      if (caching == Attribute.WB) {
        fresh(buffer, BLOCK_ORDER, blocks, meter);
      } else {
        get(buffer, blocksOf(caching), blocks, meter);
      }
    }
    long singles = pages - buffer.pages();
    boolean served =
        caching == Attribute.WB
            ? fresh(buffer, 0, singles, meter)
            : get(buffer, singlesOf(caching), singles, meter);
    if (!served) {
      free(buffer, meter);
      return ENOMEM;
    }
    return 0;
  }

  private Pool singlesOf(Attribute caching) {
    return caching == Attribute.WC ? writeCombined : uncached;
  }

  private Pool blocksOf(Attribute caching) {
    return caching == Attribute.WC ? writeCombinedBlocks : uncachedBlocks;
  }

  /// `ttm_page_pool_get_pages`: from the pool what it has, the rest from the system. Whether the
  /// request was served in full.
  private boolean get(Buffer buffer, Pool pool, long count, Meter meter) {
    meter.enter(Lock.POOL_LOCK);
    long held = Math.min(count, pool.chunks.size());
    meter.add(Event.POOL_HIT, held);
    meter.add(Event.POOL_MISS, count - held);
    if (pool.order == 0 && count < SMALL && held < count) {
      meter.leave(Lock.POOL_LOCK);
      fill(pool, meter);
      meter.enter(Lock.POOL_LOCK);
      held = Math.min(count, pool.chunks.size());
    }
    for (long i = 0; i < held; i++) {
      buffer.append(pool.chunks.removeFirst(), pool.order);
    }
    meter.leave(Lock.POOL_LOCK);
    if (clearing == Clearing.ON_ALLOC) {
      meter.add(Event.PAGE_CLEAR, held << pool.order);
    }
    return fresh(buffer, pool.order, count - held, meter);
  }

  /// `ttm_page_pool_fill_locked`: 512 pages for the pool, or none.
  private void fill(Pool pool, Meter meter) {
    int filled = 0;
    while (filled < BATCH) {
      long page = memory.alloc(0, meter);
      if (page == PageAllocator.NONE) {
        break;
      }
      batch[filled++] = page;
    }
    if (clearing != Clearing.ON_ALLOC) {
      meter.add(Event.PAGE_CLEAR, filled);
    }
    convert(pool.caching, batch, 0, filled, meter);
    for (int i = 0; i < filled; i++) {
      pool.chunks.addFirst(batch[i]);
    }
  }

  /// `ttm_alloc_new_pages`: chunks from the system, converted 512 pages at a time. Whether there
  /// were enough.
  private boolean fresh(Buffer buffer, int order, long count, Meter meter) {
    int from = buffer.pages();
    boolean served = true;
    for (long i = 0; i < count && served; i++) {
      long chunk = memory.alloc(order, meter);
      served = chunk != PageAllocator.NONE;
      if (served) {
        meter.add(Event.PAGE_CLEAR, 1L << order);
        buffer.append(chunk, order);
      }
      if (buffer.pages() - from == BATCH) {
        convert(buffer.caching(), buffer.array(), from, BATCH, meter);
        from = buffer.pages();
      }
    }
    convert(buffer.caching(), buffer.array(), from, buffer.pages() - from, meter);
    return served;
  }

  private void convert(Attribute caching, long[] pfns, int from, int count, Meter meter) {
    if (caching != Attribute.WB && count > 0) {
      check(change.setPagesArray(caching, pfns, from, count, meter));
    }
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("a change of caching failed: " + error);
    }
  }

  @Override
  public void free(Buffer buffer, Meter meter) {
    if (buffer.caching() == Attribute.WB) {
      for (int page = 0; page < buffer.pages(); page += 1 << buffer.orderAt(page)) {
        memory.free(buffer.pfn(page), buffer.orderAt(page));
      }
      buffer.empty();
      return;
    }
    int page = put(buffer, 0, blocksOf(buffer.caching()), meter);
    put(buffer, page, singlesOf(buffer.caching()), meter);
    buffer.empty();
  }

  /// Puts the run of chunks of this pool's size at the end of its list, and releases what is over
  /// the limit; single pages at least 512. The page behind the run.
  private int put(Buffer buffer, int from, Pool pool, Meter meter) {
    meter.enter(Lock.POOL_LOCK);
    int page = from;
    while (page < buffer.pages() && buffer.orderAt(page) == pool.order) {
      meter.add(Event.POOL_GIVE);
      pool.chunks.addLast(buffer.pfn(page));
      page += 1 << pool.order;
    }
    if (clearing == Clearing.ON_FREE) {
      meter.add(Event.PAGE_CLEAR, page - from);
    }
    long over = pool.chunks.size() - (most >> pool.order);
    meter.leave(Lock.POOL_LOCK);
    if (over > 0) {
      release(pool, pool.order == 0 ? Math.max(over, BATCH) : over, meter);
    }
    return page;
  }

  /// `ttm_page_pool_free`: changes up to `chunks` chunks back, those given last first, and releases
  /// them. How many it did not find.
  private long release(Pool pool, long chunks, Meter meter) {
    meter.add(Event.POOL_SHRINK);
    long left = chunks;
    while (left > 0 && pool.chunks.size() > 0) {
      meter.enter(Lock.POOL_LOCK);
      int count = (int) Math.min(Math.min(left, BATCH), pool.chunks.size());
      for (int i = 0; i < count; i++) {
        batch[i] = pool.chunks.removeLast();
      }
      meter.leave(Lock.POOL_LOCK);
      if (pool.order == 0) {
        check(change.setPagesArray(Attribute.WB, batch, 0, count, meter));
      }
      for (int i = 0; i < count; i++) {
        if (pool.order > 0) {
          check(change.setPagesWb(batch[i], 1L << pool.order, meter));
        }
        memory.free(batch[i], pool.order);
      }
      left -= count;
    }
    return left;
  }

  /// Does nothing: this kernel has no such parameter. The limit is per pool.
  @Override
  public void limit(long pages) {
    if (pages < 0) {
      throw new IllegalArgumentException("a pool keeps zero pages or more, not " + pages);
    }
  }

  /// A quarter of the memory, for each of the lists (`pool_max_size`).
  @Override
  public long limit() {
    return most;
  }

  /// Does nothing: this kernel has no such file.
  @Override
  public void shrink(Meter meter) {}

  @Override
  public long reclaim(long pages, Meter meter) {
    long before = allocatedPages();
    Vmscan.reclaim(this::allocatedPages, SCAN_BATCH, pages, target -> scan(target, meter));
    return before - allocatedPages();
  }

  @Override
  public void drop(Meter meter) {
    Vmscan.dropCaches(this::allocatedPages, SCAN_BATCH, pages -> scan(pages, meter));
  }

  /// `ttm_pool_shrink_scan`: from the next pool on, until enough is freed. Blocks are released
  /// whole, and a search for blocks that finds none rounds the request up for the pools behind.
  private long scan(long pages, Meter meter) {
    meter.enter(Lock.SHRINKER_LOCK);
    startPool++;
    long wanted = pages;
    long freed = 0;
    for (int i = 0; i < pools.length && wanted > 0 && freed < pages; i++) {
      Pool pool = pools[(i + startPool) % pools.length];
      long chunks = (wanted + (1L << pool.order) - 1) >> pool.order;
      long left = release(pool, chunks, meter);
      freed += (chunks - left) << pool.order;
      wanted = left << pool.order;
    }
    meter.leave(Lock.SHRINKER_LOCK);
    return pages;
  }

  @Override
  public int[] chunks(Attribute caching) {
    int[] chunks = new int[PageAllocator.ORDERS];
    if (caching != Attribute.WB) {
      chunks[0] = singlesOf(caching).chunks.size();
      chunks[BLOCK_ORDER] = blocksOf(caching).chunks.size();
    }
    return chunks;
  }

  @Override
  public long allocatedPages() {
    long pages = 0;
    for (Pool pool : pools) {
      pages += pool.pages();
    }
    return pages;
  }
}
