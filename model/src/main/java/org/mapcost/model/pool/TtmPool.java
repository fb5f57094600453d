package org.mapcost.model.pool;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// The page pool of TTM from 5.11 on: chunks of every power of two up to 4 MiB, kept in the caching
/// mode they were changed to, never split and never joined.
///
/// A buffer is filled with the largest chunks that fit. What the pools do not have comes from the
/// system, and each unbroken run of such chunks is changed with one array call.
///
/// Kernel: `drivers/gpu/drm/ttm/ttm_pool.c`, read in 5.12, 5.15, 6.6 and 6.15; recorded step by
/// step in 6.1 and 7.2. A hit allocates nothing.
public final class TtmPool implements PagePool {
  private final boolean pooled;
  private final boolean limitFixed;
  private final PoolRules rules;
  private final PageAllocator memory;
  private final CachingChange change;
  private final TtmTypes types;
  private final TtmShrinker shrinker;
  private final long defaultLimit;
  private long limit;
  private boolean loaded;

  TtmPool(
      PoolKind kind,
      PoolRules rules,
      boolean coherent,
      PageAllocator memory,
      CachingChange change,
      long ramPages) {
    boolean perNode = kind == PoolKind.TTM_POOL_7;
    this.pooled = kind != PoolKind.NONE;
    this.limitFixed = perNode;
    this.rules = rules;
    this.memory = memory;
    this.change = change;
    this.types = new TtmTypes(perNode, coherent, memory, change);
    this.shrinker = new TtmShrinker(types, rules.shrink(), perNode);
    this.defaultLimit = ramPages / 2;
    this.limit = defaultLimit;
  }

  @Override
  public int alloc(Buffer buffer, Attribute caching, long pages, Meter meter) {
    loaded = true;
    buffer.begin(caching, pages);
    int staged = 0; // from here on the pages are still write-back
    boolean ask = true;
    int order = fitting(PageAllocator.MAX_ORDER, pages);
    while (buffer.pages() < pages) {
      TtmTypes.Type type = ask ? typeOf(caching, order) : null;
      long chunk = type == null ? PageAllocator.NONE : takeFrom(type, meter);
      if (chunk != PageAllocator.NONE) {
        change(buffer, staged, meter);
        buffer.append(chunk, order);
        staged = buffer.pages();
      } else {
        ask = rules.search() == Search.EVERY_CHUNK;
        chunk = memory.alloc(order, meter);
        if (chunk == PageAllocator.NONE) {
          if (order == 0) {
            giveUp(buffer, staged, meter);
            return ENOMEM;
          }
          order--;
          ask = true;
          continue;
        }
        meter.add(Event.PAGE_CLEAR, 1L << order);
        buffer.append(chunk, order);
      }
      int lower = fitting(order, pages - buffer.pages());
      ask |= lower < order && rules.search() == Search.EVERY_ORDER;
      order = lower;
    }
    change(buffer, staged, meter);
    return 0;
  }

  /// The largest order of at most `highest` that the remaining pages fill.
  private static int fitting(int highest, long remaining) {
    return remaining == 0 ? 0 : Math.min(highest, 63 - Long.numberOfLeadingZeros(remaining));
  }

  private TtmTypes.@Nullable Type typeOf(Attribute caching, int order) {
    return pooled ? types.of(caching, order) : null;
  }

  private long takeFrom(TtmTypes.Type type, Meter meter) {
    long chunk = types.take(type, meter);
    if (chunk == PageAllocator.NONE) {
      meter.add(Event.POOL_MISS);
    } else {
      meter.add(Event.POOL_HIT);
      if (rules.clearing() == Clearing.ON_ALLOC) {
        meter.add(Event.PAGE_CLEAR, 1L << type.order);
      }
    }
    return chunk;
  }

  /// Changes the run of fresh pages at the end of the buffer (`ttm_pool_apply_caching`).
  private void change(Buffer buffer, int staged, Meter meter) {
    int count = buffer.pages() - staged;
    if (count > 0 && buffer.caching() != Attribute.WB) {
      int error = change.setPagesArray(buffer.caching(), buffer.array(), staged, count, meter);
      if (error != 0) {
        throw new IllegalStateException("a change of caching failed: " + error);
      }
    }
  }

  /// Memory ran out. What was changed goes into the pools, the rest to the system; the first
  /// kernels changed everything back and kept nothing.
  private void giveUp(Buffer buffer, int staged, Meter meter) {
    boolean first = rules.search() == Search.EVERY_CHUNK;
    for (int page = 0; page < buffer.pages(); page += 1 << buffer.orderAt(page)) {
      Attribute caching = page < staged || first ? buffer.caching() : Attribute.WB;
      freeChunk(buffer, page, caching, !first, meter);
    }
    buffer.empty();
  }

  @Override
  public void free(Buffer buffer, Meter meter) {
    for (int page = 0; page < buffer.pages(); page += 1 << buffer.orderAt(page)) {
      freeChunk(buffer, page, buffer.caching(), true, meter);
    }
    buffer.empty();
    shrinker.enforce(limit, meter);
  }

  private void freeChunk(Buffer buffer, int page, Attribute caching, boolean keep, Meter meter) {
    int order = buffer.orderAt(page);
    TtmTypes.Type type = keep ? typeOf(caching, order) : null;
    if (type == null) {
      types.release(buffer.pfn(page), order, caching, meter);
      return;
    }
    meter.add(Event.POOL_GIVE);
    if (rules.clearing() == Clearing.ON_FREE) {
      meter.add(Event.PAGE_CLEAR, 1L << order);
    }
    types.give(type, buffer.pfn(page), meter);
  }

  @Override
  public void limit(long pages) {
    if (pages < 0) {
      throw new IllegalArgumentException("a pool keeps zero pages or more, not " + pages);
    }
    if (!loaded) {
      limit = pages == 0 ? defaultLimit : pages;
    } else if (!limitFixed) {
      limit = pages;
    }
  }

  @Override
  public long limit() {
    return limit;
  }

  @Override
  public void shrink(Meter meter) {
    shrinker.read(meter);
  }

  @Override
  public long reclaim(long pages, Meter meter) {
    return shrinker.reclaim(pages, meter);
  }

  @Override
  public void drop(Meter meter) {
    shrinker.drop(meter);
  }

  @Override
  public int[] chunks(Attribute caching) {
    int[] chunks = new int[PageAllocator.ORDERS];
    for (int order = 0; order < chunks.length; order++) {
      TtmTypes.Type type = typeOf(caching, order);
      chunks[order] = type == null ? 0 : type.chunks();
    }
    return chunks;
  }

  @Override
  public long allocatedPages() {
    return types.parked();
  }
}
