package org.mapcost.model.pool;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// The pool types of TTM (`struct ttm_pool_type`): for write-combined and for uncached pages, one
/// list of chunks per order. All devices share them.
///
/// A device that uses coherent DMA memory has types of its own, for cached pages too.
final class TtmTypes {
  /// Chunks of one caching mode and one order.
  static final class Type {
    final Attribute caching;
    final int order;
    private final ChunkList chunks = new ChunkList();

    Type(Attribute caching, int order) {
      this.caching = caching;
      this.order = order;
    }

    int chunks() {
      return chunks.size();
    }
  }

  private final Type[] writeCombined = new Type[PageAllocator.ORDERS];
  private final Type[] uncached = new Type[PageAllocator.ORDERS];
  private final Type[] cached = new Type[PageAllocator.ORDERS];
  private final boolean coherent;
  private final boolean oldestFirst;
  private final PageAllocator memory;
  private final CachingChange change;
  private long parked;

  TtmTypes(boolean oldestFirst, boolean coherent, PageAllocator memory, CachingChange change) {
    this.oldestFirst = oldestFirst;
    this.coherent = coherent;
    this.memory = memory;
    this.change = change;
    for (int order = 0; order < PageAllocator.ORDERS; order++) {
      writeCombined[order] = new Type(Attribute.WC, order);
      uncached[order] = new Type(Attribute.UC, order);
      cached[order] = new Type(Attribute.WB, order);
    }
  }

  /// The type for chunks of an order, none for cached ones that all devices could share
  /// (`ttm_pool_select_type`).
  @Nullable Type of(Attribute caching, int order) {
    return switch (caching) {
      case WC -> writeCombined[order];
      case UC -> uncached[order];
      case WB -> coherent ? cached[order] : null;
    };
  }

  /// Whether they are those of one device.
  boolean coherent() {
    return coherent;
  }

  /// The pages in all types (`allocated_pages`).
  long parked() {
    return parked;
  }

  /// `ttm_pool_type_give`.
  void give(Type type, long chunk, Meter meter) {
    meter.enter(Lock.POOL_LOCK);
    type.chunks.addLast(chunk);
    parked += 1L << type.order;
    meter.leave(Lock.POOL_LOCK);
  }

  /// `ttm_pool_type_take`: a chunk, or [PageAllocator#NONE].
  long take(Type type, Meter meter) {
    meter.enter(Lock.POOL_LOCK);
    long chunk = type.chunks() == 0 ? PageAllocator.NONE : remove(type);
    meter.leave(Lock.POOL_LOCK);
    return chunk;
  }

  /// A chunk of a type that has one.
  private long remove(Type type) {
    parked -= 1L << type.order;
    return oldestFirst ? type.chunks.removeFirst() : type.chunks.removeLast();
  }

  /// Releases up to `most` chunks of a type; how many.
  long release(Type type, long most, Meter meter) {
    meter.enter(Lock.POOL_LOCK);
    long count = Math.min(most, type.chunks());
    meter.leave(Lock.POOL_LOCK);
    for (long i = 0; i < count; i++) {
      release(remove(type), type.order, type.caching, meter);
    }
    return count;
  }

  /// Back to the system, write-back as it came (`ttm_pool_free_page`).
  void release(long chunk, int order, Attribute caching, Meter meter) {
    if (caching != Attribute.WB) {
      int error = change.setPagesWb(chunk, 1L << order, meter);
      if (error != 0) {
        throw new IllegalStateException("set_pages_wb failed: " + error);
      }
    }
    memory.free(chunk, order);
  }
}
