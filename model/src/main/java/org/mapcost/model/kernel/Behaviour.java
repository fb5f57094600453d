package org.mapcost.model.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mapcost.model.InputException;
import org.mapcost.model.Keys;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.iomem.RegionIntersects;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.CpaFlush;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MtrrInvalid;
import org.mapcost.model.pat.Sanitize;
import org.mapcost.model.pool.Clearing;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.pool.Search;
import org.mapcost.model.pool.Shrink;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.vma.HugeGup;
import org.mapcost.model.vma.MixedBadVma;
import org.mapcost.model.vma.MixedGup;
import org.mapcost.model.vma.PatHooks;
import org.mapcost.model.vma.PrivateFork;
import org.mapcost.model.vma.PrivatePart;
import org.mapcost.model.vma.ZapFlush;

/// What differs between kernels, each with the values it can have. The lower-case name is the key
/// in kernel files and behind `--set kernel.`.
public enum Behaviour {
  /// How `find_next_iomem_res` goes through the resource tree; see [ResourceWalk].
  RESOURCE_WALK(
      "which nodes a search of the resource tree visits",
      Arrays.stream(ResourceWalk.values()).map(ResourceWalk::key).toList()),
  /// Which nodes `region_intersects` looks at; see [RegionIntersects].
  REGION_INTERSECTS(
      "which nodes a test for memory of a kind looks at", Keys.all(RegionIntersects.class)),
  /// How PAT keeps track of raw mappings; see [PatHooks].
  PAT_HOOKS("how memory types of raw mappings are tracked", Keys.all(PatHooks.class)),
  /// What fork does with the reservation of a private mapping that was written; see [PrivateFork].
  PRIVATE_FORK(
      "what fork does with the reservation of a private mapping that was written",
      Keys.all(PrivateFork.class)),
  /// When a part of a private mapping is refused; see [PrivatePart].
  PRIVATE_PART(
      "whether a part of a private mapping is refused before or after its look-ups",
      Keys.all(PrivatePart.class)),
  /// When `munmap` flushes the TLB for raw mappings; see [ZapFlush].
  ZAP_FLUSH("when munmap flushes the TLB for raw mappings", Keys.all(ZapFlush.class)),
  /// What get_user_pages-fast takes a huge raw entry for; see [HugeGup].
  HUGE_GUP("what get_user_pages-fast takes a huge raw entry for", Keys.all(HugeGup.class)),
  /// Which reservation a kernel gives up for a range; see [MemtypeErase].
  MEMTYPE_ERASE(
      "which reservation of the memtype tree is given up for a range",
      Keys.all(MemtypeErase.class)),
  /// How a range is cut to the addresses there are; see [Sanitize].
  MEMTYPE_SANITIZE("how a range is cut to the processor's addresses", Keys.all(Sanitize.class)),
  /// What write-back becomes without MTRRs; see [MtrrInvalid].
  MTRR_INVALID(
      "what a write-back request becomes where MTRRs are switched off",
      Keys.all(MtrrInvalid.class)),
  /// Whether `vm_insert_mixed` looks up the memory type.
  MIXED_LOOKUP("whether vmf_insert_mixed looks up the memory type", Values.BOOLEAN),
  /// What `vmf_insert_mixed` does in a VMA that may not hold the page; see [MixedBadVma].
  MIXED_BAD_VMA("what vmf_insert_mixed does in a wrong VMA", Keys.all(MixedBadVma.class)),
  /// What get_user_pages returns for a page of `vmf_insert_mixed`; see [MixedGup].
  MIXED_GUP("what get_user_pages returns for a page of vmf_insert_mixed", Keys.all(MixedGup.class)),
  /// Which flag TTM's `mmap` sets: `VM_MIXEDMAP` or `VM_PFNMAP`.
  TTM_VMA("which flag TTM's mmap sets", List.of("mixedmap", "pfnmap")),
  /// With which call TTM's fault handler inserts a page; see [TtmInsert].
  TTM_INSERT("with which call TTM's fault handler inserts a page", Keys.all(TtmInsert.class)),
  /// Whether TTM's `mmap` accepts a private writable mapping.
  TTM_COW("whether TTM's mmap accepts a private writable mapping", List.of("accepted", "einval")),
  /// How many pages TTM's fault handler maps at most (`TTM_BO_VM_NUM_PREFAULT`).
  TTM_PREFAULT(
      "how many pages TTM's fault handler maps at most",
      IntStream.rangeClosed(1, 512).mapToObj(String::valueOf).toList()),
  /// Whether TTM's fault handler leaves out pages that are mapped already; no kernel does.
  SKIP_PRESENT("whether TTM's fault handler leaves out mapped pages", Values.BOOLEAN),
  /// Whether TTM offers huge faults (`ttm_bo_vm_insert_huge`), which vmwgfx uses.
  TTM_HUGE_FAULTS("whether TTM can map 2 MiB and 1 GiB entries", Values.BOOLEAN),
  /// Which page pool TTM has; see [PoolKind].
  TTM_POOL("which page pool TTM has", Arrays.stream(PoolKind.values()).map(PoolKind::key).toList()),
  /// Whether the pool is asked again after a miss; see [Search].
  POOL_SEARCH("whether the pool is asked again after a miss", Keys.all(Search.class)),
  /// When pooled pages are cleared; see [Clearing].
  POOL_CLEARING("when pooled pages are filled with zeros", Keys.all(Clearing.class)),
  /// How far the pool's shrinker goes; see [Shrink].
  POOL_SHRINK("how far the pool's shrinker goes in one scan", Keys.all(Shrink.class)),
  /// Whether the pool up to 5.10 keeps blocks of 2 MiB; later pools have chunks of every order, and
  /// the value means nothing to them.
  POOL_BLOCKS("whether the pool up to 5.10 keeps blocks of 2 MiB", Values.BOOLEAN),
  /// How TLBs and caches are flushed after a caching change; see [CpaFlush].
  CPA_FLUSH(
      "how TLBs and caches are flushed after a change of caching attributes",
      Arrays.stream(CpaFlush.values()).map(CpaFlush::key).toList()),
  /// Whether the caller of a flush works while the others do; see [FlushRound.Order].
  TLB_ORDER(
      "whether local and remote flushes overlap",
      Arrays.stream(FlushRound.Order.values()).map(FlushRound.Order::key).toList()),
  /// What a flush does with lazy CPUs; see [LazyTlb].
  LAZY_TLB(
      "whether a flush interrupts CPUs that hold the address space lazily",
      Keys.all(LazyTlb.class)),
  /// The same for the flush of `mremap`; see [LazyTlb].
  MREMAP_LAZY("whether the flush of mremap interrupts lazy CPUs", Keys.all(LazyTlb.class)),
  /// Whether the kernel uses the broadcast flush; see [Invlpgb].
  INVLPGB("whether flushes are broadcast on CPUs that can", Keys.all(Invlpgb.class)),
  /// How dma-buf's system heap maps a buffer; see [HeapMmap].
  SYSTEM_HEAP_MMAP("how the system heap of dma-buf maps a buffer", Keys.all(HeapMmap.class)),
  /// What the fault handler of GEM shmem buffers inserts; see [FaultInsert]. With
  /// [FaultInsert#PFN], write-combined buffers also change their pages' caching.
  SHMEM_FAULT("what a fault on a GEM shmem buffer inserts", Keys.all(FaultInsert.class)),
  /// What udmabuf's fault handler inserts; see [FaultInsert].
  UDMABUF_FAULT("what a fault on a udmabuf inserts", Keys.all(FaultInsert.class));

  /// More values than this are told as a range.
  private static final int LISTED = 16;

  private final String description;
  private final List<String> values;

  Behaviour(String description, List<String> values) {
    this.description = description;
    this.values = values;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String description() {
    return description;
  }

  /// The values it can have.
  public List<String> choices() {
    return values;
  }

  public static Behaviour ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "kernel key", key, Arrays.stream(values()).map(Behaviour::key).toList()));
  }

  /// The value as kernel files write it. Throws [InputException] when this behaviour cannot have
  /// it.
  String check(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (!values.contains(lower)) {
      if (values.size() > LISTED) {
        throw new InputException(
            "kernel.%s is %s to %s, not '%s'."
                .formatted(key(), values.getFirst(), values.getLast(), value));
      }
      throw Nearest.unknown("value for kernel." + key(), value, values);
    }
    return lower;
  }

  /// Values that several behaviours have.
  private static final class Values {
    static final List<String> BOOLEAN = List.of("false", "true");
  }
}
