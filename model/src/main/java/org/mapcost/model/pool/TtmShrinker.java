package org.mapcost.model.pool;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// Releases what the TTM pool keeps, type by type in a fixed rotation that goes on from call to
/// call (`shrinker_list`).
///
/// The rotation of 6.1 and 7.2 is recorded: for each order the types wc, uc, wc below 4 GiB, uc
/// below 4 GiB. Nothing here allocates below 4 GiB, so those two are always found empty. The types
/// of a device with coherent DMA memory follow, uncached, write-combined and cached ones, each by
/// order, and then all others are empty.
final class TtmShrinker {
  /// The caching modes of a device's own types, in the order of `enum ttm_caching`.
  private static final Attribute[] DEVICE = {Attribute.UC, Attribute.WC, Attribute.WB};

  private final TtmTypes types;
  private final Shrink rule;

  /// Whether one look may release more than one chunk.
  private final boolean manyChunks;

  private final TtmTypes.@Nullable Type[] rotation;
  private int next;

  TtmShrinker(TtmTypes types, Shrink rule, boolean manyChunks) {
    this.types = types;
    this.rule = rule;
    this.manyChunks = manyChunks;
    int shared = 4 * PageAllocator.ORDERS;
    int device = types.coherent() ? DEVICE.length * PageAllocator.ORDERS : rule.deviceTypes();
    this.rotation = new TtmTypes.Type[shared + device];
    for (int order = 0; order < PageAllocator.ORDERS; order++) {
      if (types.coherent()) {
        for (int i = 0; i < DEVICE.length; i++) {
          rotation[shared + i * PageAllocator.ORDERS + order] = types.of(DEVICE[i], order);
        }
      } else {
        rotation[4 * order] = types.of(Attribute.WC, order);
        rotation[4 * order + 1] = types.of(Attribute.UC, order);
      }
    }
  }

  /// Looks at types until no more than `limit` pages are kept.
  void enforce(long limit, Meter meter) {
    while (types.parked() > limit) {
      look(types.parked() - limit, meter);
    }
  }

  /// `ttm_pool_shrinker_scan`: the pages freed.
  long scan(long target, Meter meter) {
    long enough = rule.meetsTarget() ? target : 1;
    long freed = 0;
    do {
      freed += look(target, meter);
    } while (freed < enough && types.parked() > 0);
    return freed;
  }

  /// One read of debugfs `page_pool_shrink`.
  void read(Meter meter) {
    scan(rule.debugfsTarget(), meter);
  }

  /// The kernel asks for so many pages; those freed.
  long reclaim(long pages, Meter meter) {
    long before = types.parked();
    Vmscan.reclaim(types::parked, rule.batch(), pages, target -> scan(target, meter));
    return before - types.parked();
  }

  /// `drop_caches` until nothing is kept.
  void drop(Meter meter) {
    Vmscan.dropCaches(
        types::parked,
        rule.batch(),
        target -> {
          long freed = scan(target, meter);
          if (!rule.meetsTarget()) {
            return target;
          }
          return freed == 0 ? Vmscan.STOP : freed;
        });
  }

  /// `ttm_pool_shrink`: the next type, which then goes to the end of the line. 7.x releases as many
  /// chunks of it as pages are wanted.
  private long look(long wanted, Meter meter) {
    meter.add(Event.POOL_SHRINK);
    meter.enter(Lock.SHRINKER_LOCK);
    TtmTypes.Type type = rotation[next];
    next = (next + 1) % rotation.length;
    if (!rule.locked()) {
      meter.leave(Lock.SHRINKER_LOCK);
    }
    long freed =
        type == null
            ? 0
            : types.release(type, manyChunks ? Math.max(wanted, 1) : 1, meter) << type.order;
    if (rule.locked()) {
      meter.leave(Lock.SHRINKER_LOCK);
    }
    return freed;
  }
}
