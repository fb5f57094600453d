package org.mapcost.model.pool;

/// What differs between kernels with the same [PoolKind].
///
/// @param search whether pools are asked again after a miss
/// @param clearing when pooled pages are filled with zeros
/// @param shrink how far the shrinker goes
/// @param blocks whether [PoolKind#TTM_LEGACY] keeps blocks of 2 MiB beside single pages, as from
///   4.16 on
public record PoolRules(Search search, Clearing clearing, Shrink shrink, boolean blocks) {
  /// 5.11 and 5.12, the first with the TTM pool.
  public static final PoolRules FIRST =
      new PoolRules(Search.EVERY_CHUNK, Clearing.FRESH_ONLY, Shrink.ALL_TYPES);

  /// With blocks, where they mean something.
  public PoolRules(Search search, Clearing clearing, Shrink shrink) {
    this(search, clearing, shrink, true);
  }

  public PoolRules withSearch(Search other) {
    return new PoolRules(other, clearing, shrink, blocks);
  }

  public PoolRules withClearing(Clearing other) {
    return new PoolRules(search, other, shrink, blocks);
  }

  public PoolRules withShrink(Shrink other) {
    return new PoolRules(search, clearing, other, blocks);
  }
}
