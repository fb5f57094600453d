package org.mapcost.benchmarks.mechanism;

import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.pool.PoolKind;

/// Write-combined buffers of many sizes from a page pool that has their pages, or has none at all.
///
/// Two pools stand for the two cases: one keeps a chunk of every order, so that it serves every
/// size whole, the other is emptied after every buffer. What is priced is the allocation, as the
/// caller waits for it: the free that follows and the shrinker's work are others'. Every allocation
/// really happens; its price is made the first time a size is asked for, once the direct map of its
/// pages has been split, and depends on nothing but the size and the case.
///
/// Sizes are drawn so that each factor of two is as likely as any other, from one page to
/// [#LARGEST]. Not safe for use by several threads.
public final class PoolMix {
  /// The largest buffer in pages: one chunk of the highest order.
  public static final int LARGEST = 1 << PageAllocator.MAX_ORDER;

  private final PagePool filled;
  private final PagePool emptied;
  private final PriceList prices;
  private final Ledger ledger = new Ledger();
  private final Buffer buffer = new Buffer();
  private final @Nullable Price[][] known = new Price[2][LARGEST + 1];

  /// @param kind whose pool; [PoolKind#NONE] never hits
  /// @param cpus CPUs that a flush reaches, the caller included; `prices` should know as many
  public PoolMix(PoolKind kind, Kernel kernel, ResourceTree tree, int cpus, PriceList prices) {
    this.prices = prices;
    this.filled = EmptyPool.of(kind, kernel, tree, cpus);
    this.emptied = EmptyPool.of(kind, kernel, tree, cpus);
    for (int pages : new int[] {LARGEST, LARGEST - 1}) {
      filled.free(filled.alloc(Attribute.WC, pages, Meter.NONE), Meter.NONE);
    }
  }

  /// A random size.
  public static int pages(SplittableRandom random) {
    return Math.clamp((int) Math.pow(LARGEST + 1, random.nextDouble()), 1, LARGEST);
  }

  /// Allocates and frees one buffer.
  ///
  /// @param hit whether the pool has its pages
  /// @param meter who counts the allocation
  public void run(int pages, boolean hit, Meter meter) {
    PagePool pool = hit ? filled : emptied;
    if (pool.alloc(buffer, Attribute.WC, pages, meter) != 0) {
      throw new InputException("the pool's memory holds no buffer of " + pages + " pages.");
    }
    pool.free(buffer, Meter.NONE);
    if (!hit) {
      emptied.drop(Meter.NONE);
    }
  }

  /// What the allocation of one buffer costs in the long run.
  public Price price(int pages, boolean hit) {
    Price[] of = Objects.requireNonNull(known[hit ? 1 : 0]);
    Price price = of[pages];
    if (price == null) {
      do {
        ledger.clear();
        run(pages, hit, ledger);
      } while (ledger.total(Event.DIRECT_MAP_SPLIT) > 0);
      price = prices.price(ledger, Conditions.USUAL).total();
      of[pages] = price;
    }
    return price;
  }
}
