package org.mapcost.model.kernel;

import java.util.Locale;

/// A piece of kernel work whose length in instructions is known or guessed. What it calls that is
/// counted by itself is not in it. The lower-case name is the key in `instructions.yaml`.
public enum Operation {
  /// A fault's way through the kernel to the driver's handler and back, without insertions.
  FAULT,
  /// `lookup_memtype` without the walk, the search and the page flags.
  PAT_LOOKUP,
  /// `find_next_iomem_res` besides its nodes.
  RESOURCE_WALK,
  /// One node of it.
  RESOURCE_NODE_VISIT,
  /// `memtype_lookup` in a short list.
  MEMTYPE_SEARCH,
  /// One more level of a longer list's tree.
  MEMTYPE_LEVEL,
  /// One reservation entered or taken out.
  MEMTYPE_CHANGE,
  /// One read or change of the memory type in page flags.
  RAM_FLAG_OP,
  /// The way down to a page-table page, with the insertion call around it; taken once for each page
  /// table lock.
  PTE_DESCENT,
  /// One user entry written.
  PTE_WRITE,
  /// A page-table page allocated and linked, without clearing it.
  PAGE_TABLE_ALLOC,
  /// One pass of an attribute change besides its pages.
  CPA_CALL,
  /// One page of it, without walk, flags, entry and flushes.
  CPA_PAGE,
  /// One entry of the direct map written.
  KERNEL_PTE_WRITE,
  /// `split_large_page` besides entries, allocation and flush.
  DIRECT_MAP_SPLIT,
  /// `vm_unmap_aliases` with nothing to unmap.
  UNMAP_ALIASES,
  /// One call of the page allocator that finds a page.
  PAGE_ALLOC,
  /// A chunk taken from a page pool.
  POOL_HIT,
  /// A look into a pool that is empty.
  POOL_MISS,
  /// A chunk given to a page pool, without clearing it.
  POOL_GIVE,
  /// A look of the shrinker at a pool.
  POOL_SHRINK,
  /// The interrupt handler of a call from another CPU, besides the work it is called for.
  IPI_HANDLER;

  /// `fault`, `pat_lookup`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
