package org.mapcost.model.pool;

/// What differs between kernels with the same [PoolKind].
///
/// @param search whether pools are asked again after a miss
/// @param clearing when pooled pages are filled with zeros
/// @param shrink how far the shrinker goes
public record PoolRules(Search search, Clearing clearing, Shrink shrink) {
  /// 5.11 and 5.12, the first with the TTM pool.
  public static final PoolRules FIRST =
      new PoolRules(Search.EVERY_CHUNK, Clearing.FRESH_ONLY, Shrink.ALL_TYPES);

  public PoolRules withSearch(Search other) {
    return new PoolRules(other, clearing, shrink);
  }

  public PoolRules withClearing(Clearing other) {
    return new PoolRules(search, other, shrink);
  }

  public PoolRules withShrink(Shrink other) {
    return new PoolRules(search, clearing, other);
  }
}
