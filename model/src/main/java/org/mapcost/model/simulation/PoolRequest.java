package org.mapcost.model.simulation;

import org.mapcost.model.pageattr.Attribute;

/// Something that is asked of a page pool, whichever pool it is.
public sealed interface PoolRequest {
  /// When, in nanoseconds from the start.
  double at();

  /// A buffer wants its pages.
  ///
  /// @param buffer its number, unlike every other's
  /// @param caching how they are to be cached
  /// @param pages how many, at least one
  /// @param node on which NUMA node the client runs
  record Alloc(double at, int buffer, Attribute caching, long pages, int node)
      implements PoolRequest {}

  /// A buffer gives its pages back.
  record Free(double at, int buffer) implements PoolRequest {}

  /// Memory is short: the kernel asks for so many pages.
  record Reclaim(double at, long pages) implements PoolRequest {}
}
