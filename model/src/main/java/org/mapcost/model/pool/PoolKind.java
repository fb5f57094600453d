package org.mapcost.model.pool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// Which page pool a kernel has.
public enum PoolKind {
  /// No pool: every buffer changes its pages and changes them back. No kernel with TTM does this;
  /// it is what the others are compared with.
  NONE,
  /// Up to 5.10: single pages, converted 512 at a time for small requests, and blocks of 2 MiB from
  /// 4.16 on.
  TTM_LEGACY,
  /// 5.11 to 6.14: chunks of every power of two, last in first out.
  TTM_POOL,
  /// 6.15 to 6.17: the same, but an allocation that found nothing once does not ask again.
  TTM_POOL_6_15,
  /// 7.x: first in first out, with a limit per NUMA node that is fixed when the module is loaded.
  /// Above it, whole types are released.
  TTM_POOL_7;

  /// `none`, `ttm-legacy`, `ttm-pool`, `ttm-pool-6.15`, `ttm-pool-7`.
  public String key() {
    return this == TTM_POOL_6_15
        ? "ttm-pool-6.15"
        : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static PoolKind ofKey(String key) {
    List<String> known = Arrays.stream(values()).map(PoolKind::key).toList();
    int index = known.indexOf(key);
    if (index < 0) {
      throw Nearest.unknown("page pool", key, known);
    }
    return values()[index];
  }

  /// What the newest point releases with this pool do otherwise; 6.17 shrinks as [Shrink#BATCH].
  public PoolRules rules() {
    return switch (this) {
      case NONE, TTM_POOL -> new PoolRules(Search.EVERY_ORDER, Clearing.ON_FREE, Shrink.TARGET);
      case TTM_LEGACY -> new PoolRules(Search.EVERY_ORDER, Clearing.ON_ALLOC, Shrink.TARGET);
      case TTM_POOL_6_15 -> new PoolRules(Search.AFTER_FAILURE, Clearing.ON_FREE, Shrink.TARGET);
      case TTM_POOL_7 -> new PoolRules(Search.AFTER_FAILURE, Clearing.ON_FREE, Shrink.BATCH);
    };
  }

  /// An empty pool as these kernels have it.
  public PagePool create(PageAllocator memory, CachingChange change, long ramPages) {
    return create(rules(), memory, change, ramPages);
  }

  /// An empty pool.
  ///
  /// @param rules what differs between kernels with this kind of pool; search and shrinker mean
  ///   nothing to [#TTM_LEGACY]
  /// @param memory where pages come from
  /// @param change how their caching is changed
  /// @param ramPages the machine's memory in pages, from which limits are derived
  public PagePool create(
      PoolRules rules, PageAllocator memory, CachingChange change, long ramPages) {
    return this == TTM_LEGACY
        ? new TtmLegacyPool(rules, memory, change, ramPages)
        : new TtmPool(this, rules, false, memory, change, ramPages);
  }

  /// An empty pool of a device that uses coherent DMA memory (`use_dma_alloc`): no other device
  /// shares it, and it keeps cached chunks too.
  ///
  /// Throws `IllegalArgumentException` for [#TTM_LEGACY], whose DMA pool was another file that
  /// nobody read.
  public PagePool createCoherent(
      PoolRules rules, PageAllocator memory, CachingChange change, long ramPages) {
    if (this == TTM_LEGACY) {
      throw new IllegalArgumentException("the DMA pool up to 5.10 is not known");
    }
    return new TtmPool(this, rules, true, memory, change, ramPages);
  }
}
