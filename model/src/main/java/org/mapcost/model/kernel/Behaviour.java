package org.mapcost.model.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.CpaFlush;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;

/// What differs between kernels, each with the values it can have. The lower-case name is the key
/// in kernel files and behind `--set kernel.`.
public enum Behaviour {
  /// How `find_next_iomem_res` goes through the resource tree; see [ResourceWalk].
  RESOURCE_WALK(
      "which nodes a search of the resource tree visits",
      Arrays.stream(ResourceWalk.values()).map(ResourceWalk::key).toList()),
  /// Which reservation a kernel gives up for a range; see [MemtypeErase].
  MEMTYPE_ERASE(
      "which reservation of the memtype tree is given up for a range",
      Arrays.stream(MemtypeErase.values()).map(MemtypeErase::key).toList()),
  /// Whether the caller of a flush works while the others do; see [FlushRound.Order].
  TLB_ORDER(
      "whether local and remote flushes overlap",
      Arrays.stream(FlushRound.Order.values()).map(FlushRound.Order::key).toList()),
  /// What a flush does with lazy CPUs; see [LazyTlb].
  LAZY_TLB(
      "whether a flush interrupts CPUs that hold the address space lazily",
      Arrays.stream(LazyTlb.values()).map(LazyTlb::key).toList()),
  /// Whether the kernel uses the broadcast flush; see [Invlpgb].
  INVLPGB(
      "whether flushes are broadcast on CPUs that can",
      Arrays.stream(Invlpgb.values()).map(Invlpgb::key).toList()),
  /// How TLBs and caches are flushed after a caching change; see [CpaFlush].
  CPA_FLUSH(
      "how TLBs and caches are flushed after a change of caching attributes",
      Arrays.stream(CpaFlush.values()).map(CpaFlush::key).toList()),
  /// With which call TTM's fault handler inserts a page; see [TtmInsert].
  TTM_INSERT(
      "with which call TTM's fault handler inserts a page",
      Arrays.stream(TtmInsert.values()).map(TtmInsert::key).toList()),
  /// How many pages TTM's fault handler maps at most (`TTM_BO_VM_NUM_PREFAULT`).
  TTM_PREFAULT(
      "how many pages TTM's fault handler maps at most",
      IntStream.rangeClosed(1, 512).mapToObj(String::valueOf).toList()),
  /// Whether TTM's fault handler leaves out pages that are mapped already; no kernel does.
  SKIP_PRESENT("whether TTM's fault handler leaves out mapped pages", List.of("false", "true")),
  /// What get_user_pages returns for a page of `vmf_insert_mixed`; see [MixedGup].
  MIXED_GUP(
      "what get_user_pages returns for a page of vmf_insert_mixed",
      Arrays.stream(MixedGup.values()).map(MixedGup::key).toList()),
  /// Which page pool TTM has; see [PoolKind].
  TTM_POOL("which page pool TTM has", Arrays.stream(PoolKind.values()).map(PoolKind::key).toList());

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
}
