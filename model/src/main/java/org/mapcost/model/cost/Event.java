package org.mapcost.model.cost;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What has a price. One constant is one kind of work the kernel does when a mapping is made, used
/// or dropped.
///
/// Events form a declared tree: [#parents()] names the events whose published, inclusive figures
/// contain this one. A price covers only what the event's children do not, so a ledger can be
/// priced by adding up. A page is 4096 bytes, a cache line 64.
///
/// The lower-case name is the key in JSON.
public enum Event {
  /// One page fault, from the exception to the return; the handler's own work is in its children
  /// (`exc_page_fault`).
  FAULT(Payer.CALLER),
  /// One question for the memory type of a page (`lookup_memtype`).
  PAT_LOOKUP(Payer.CALLER, "fault"),
  /// One traversal of the iomem tree under `resource_lock` (`find_next_iomem_res`, from 7.0
  /// `find_next_res`).
  RESOURCE_WALK(Payer.CALLER, "pat_lookup cpa_call"),
  /// One node compared in a walk, the node that ends it included.
  RESOURCE_NODE_VISIT(Payer.CALLER, "resource_walk"),
  /// One search of the memtype interval tree under `memtype_lock` (`memtype_lookup`).
  MEMTYPE_SEARCH(Payer.CALLER, "pat_lookup"),
  /// One reservation entered into the memtype tree (`memtype_check_insert`).
  MEMTYPE_INSERT(Payer.CALLER),
  /// One reservation taken out of the memtype tree (`memtype_erase`).
  MEMTYPE_REMOVE(Payer.CALLER),
  /// One read or change of a RAM page's memory type in its page flags (`get_page_memtype`,
  /// `set_page_memtype`).
  RAM_FLAG_OP(Payer.CALLER, "pat_lookup cpa_call"),
  /// One user page-table entry written, with its share of the page-table lock (`insert_pfn`,
  /// `remap_pte_range`).
  PTE_WRITE(Payer.CALLER, "fault"),
  /// One page-table page allocated and linked (`__pte_alloc`).
  PAGE_TABLE_ALLOC(Payer.CALLER, "fault"),
  /// One entry of the kernel's direct map written (`__change_page_attr`).
  KERNEL_PTE_WRITE(Payer.CALLER, "cpa_page direct_map_split"),
  /// One large page of the direct map split into 512 smaller ones; never undone
  /// (`split_large_page`).
  DIRECT_MAP_SPLIT(Payer.CALLER, "cpa_call"),
  /// One pass of a caching-attribute change over a request (`change_page_attr_set_clr`).
  CPA_CALL(Payer.CALLER),
  /// One page visited by such a pass (`__change_page_attr`).
  CPA_PAGE(Payer.CALLER, "cpa_call"),
  /// One purge of lazily freed vmap areas (`vm_unmap_aliases`), once per pass.
  UNMAP_ALIASES(Payer.CALLER, "cpa_call"),
  /// One cache line written back and invalidated (`clflush`, `clflushopt`).
  CLFLUSH_LINE(Payer.CALLER, "cpa_call"),
  /// One CPU's write-back and invalidation of its whole caches (`wbinvd`).
  WBINVD(Payer.EACH, "cpa_call"),
  /// One CPU's write-back of its whole caches that leaves the lines valid (`wbnoinvd`).
  WBNOINVD(Payer.EACH),
  /// One flush of listed pages on many CPUs, as one thing.
  TLB_ROUND_RANGED(Payer.CALLER, "cpa_call"),
  /// One flush of everything on many CPUs, as one thing (`flush_tlb_all`).
  TLB_ROUND_FULL(Payer.CALLER, "cpa_call direct_map_split"),
  /// One page's translation dropped on one CPU (`INVLPG`).
  TLB_INVALIDATE_PAGE(Payer.EACH, "tlb_round_ranged"),
  /// One address space's translations dropped on one CPU (a CR3 write).
  TLB_INVALIDATE_FULL(Payer.EACH, "tlb_round_full"),
  /// All translations dropped on one CPU, global ones included (`__flush_tlb_all`).
  TLB_INVALIDATE_GLOBAL(Payer.EACH, "tlb_round_full"),
  /// One CPU that ran a flush handler because another CPU interrupted it.
  IPI(Payer.OTHERS, "tlb_round_ranged tlb_round_full"),
  /// One call of the page allocator, whatever the order (`__alloc_pages`).
  PAGE_ALLOC(Payer.CALLER),
  /// One page filled with zeros (`clear_page`).
  PAGE_CLEAR(Payer.CALLER),
  /// One page copied (`copy_page`).
  PAGE_COPY(Payer.CALLER, "fault"),
  /// One chunk taken from a page pool.
  POOL_HIT(Payer.CALLER),
  /// One request a page pool could not serve.
  POOL_MISS(Payer.CALLER),
  /// One chunk given back to a page pool.
  POOL_GIVE(Payer.CALLER),
  /// One look of the shrinker at a pool type, whether it found a chunk or not (`ttm_pool_shrink`).
  POOL_SHRINK(Payer.CALLER);

  private final Payer payer;
  private final String parentKeys;
  private final String key = name().toLowerCase(Locale.ROOT);

  Event(Payer payer) {
    this(payer, "");
  }

  Event(Payer payer, String parentKeys) {
    this.payer = payer;
    this.parentKeys = parentKeys;
  }

  /// The name in JSON, CSV and price files, such as `resource_node_visit`.
  public String key() {
    return key;
  }

  public Payer payer() {
    return payer;
  }

  /// The events that may contain this one; empty for the roots of the tree.
  public Set<Event> parents() {
    EnumSet<Event> parents = EnumSet.noneOf(Event.class);
    for (String key : parentKeys.split(" ", 0)) {
      if (!key.isEmpty()) {
        parents.add(ofKey(key));
      }
    }
    return parents;
  }

  /// The event with a key. Throws `IllegalArgumentException` for an unknown one.
  public static Event ofKey(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
