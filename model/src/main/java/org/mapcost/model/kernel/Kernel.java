package org.mapcost.model.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.iomem.RegionIntersects;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.CpaFlush;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.pat.Mtrr;
import org.mapcost.model.pat.MtrrInvalid;
import org.mapcost.model.pat.PatRules;
import org.mapcost.model.pat.Sanitize;
import org.mapcost.model.pool.Clearing;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.pool.PoolRules;
import org.mapcost.model.pool.Search;
import org.mapcost.model.pool.Shrink;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.vma.GetUserPages;
import org.mapcost.model.vma.HugeGup;
import org.mapcost.model.vma.MixedBadVma;
import org.mapcost.model.vma.MixedGup;
import org.mapcost.model.vma.PatHooks;
import org.mapcost.model.vma.PrivateFork;
import org.mapcost.model.vma.PrivatePart;
import org.mapcost.model.vma.VmFlag;
import org.mapcost.model.vma.VmaRules;
import org.mapcost.model.vma.ZapFlush;

/// A kernel version and what it does, each behaviour with its evidence and source.
///
/// @param name what the user writes: `6.1`, `6.1.0`, `6.12.43`
/// @param standsFor the releases behind the name, in words
/// @param settings one value for every [Behaviour]
/// @param gap set when the release lies where it is not known which of two neighbours it follows
public record Kernel(
    String name, String standsFor, Map<Behaviour, Setting> settings, @Nullable Gap gap) {
  /// One behaviour's value, how it is known, and from where.
  public record Setting(String value, Evidence evidence, String source) {
    public Setting {
      if (value.isBlank() || source.isBlank()) {
        throw new IllegalArgumentException("a behaviour has a value and a source");
      }
    }

    /// The same for a release nearby that was not seen itself: what was recorded is inferred.
    Setting elsewhere(String recorded) {
      return evidence == Evidence.RECORDED
          ? new Setting(value, Evidence.INFERRED, "as in " + recorded + ": " + source)
          : this;
    }
  }

  public Kernel {
    for (Behaviour behaviour : Behaviour.values()) {
      if (!settings.containsKey(behaviour)) {
        throw new IllegalArgumentException("kernel " + name + " lacks " + behaviour.key());
      }
    }
    settings = Collections.unmodifiableMap(new EnumMap<>(settings));
  }

  public Setting setting(Behaviour behaviour) {
    return Objects.requireNonNull(settings.get(behaviour));
  }

  /// The same kernel with one behaviour replaced: a counterfactual. Another pool brings its own
  /// rules along, where they were not set before.
  public Kernel with(Behaviour behaviour, String value) {
    Map<Behaviour, Setting> changed = new EnumMap<>(settings);
    String source = "--set kernel." + behaviour.key();
    changed.put(behaviour, new Setting(behaviour.check(value), Evidence.SET, source));
    if (behaviour == Behaviour.TTM_POOL) {
      PoolRules rules = PoolKind.ofKey(behaviour.check(value)).rules();
      follow(changed, Behaviour.POOL_SEARCH, rules.search().key(), source);
      follow(changed, Behaviour.POOL_CLEARING, rules.clearing().key(), source);
      follow(changed, Behaviour.POOL_SHRINK, rules.shrink().key(), source);
    }
    return new Kernel(name, standsFor, changed, gap);
  }

  private static void follow(
      Map<Behaviour, Setting> changed, Behaviour behaviour, String value, String source) {
    Setting before = Objects.requireNonNull(changed.get(behaviour));
    if (before.evidence() != Evidence.SET && !before.value().equals(value)) {
      changed.put(behaviour, new Setting(value, Evidence.SET, source));
    }
  }

  /// How many instructions its operations take.
  public Instructions instructions() {
    return Instructions.of(name);
  }

  public ResourceWalk resourceWalk() {
    return ResourceWalk.ofKey(value(Behaviour.RESOURCE_WALK));
  }

  public RegionIntersects regionIntersects() {
    return RegionIntersects.ofKey(value(Behaviour.REGION_INTERSECTS));
  }

  public PatHooks patHooks() {
    return PatHooks.ofKey(value(Behaviour.PAT_HOOKS));
  }

  public PrivateFork privateFork() {
    return PrivateFork.ofKey(value(Behaviour.PRIVATE_FORK));
  }

  public MemtypeErase memtypeErase() {
    return MemtypeErase.ofKey(value(Behaviour.MEMTYPE_ERASE));
  }

  public Sanitize memtypeSanitize() {
    return Sanitize.ofKey(value(Behaviour.MEMTYPE_SANITIZE));
  }

  public MtrrInvalid mtrrInvalid() {
    return MtrrInvalid.ofKey(value(Behaviour.MTRR_INVALID));
  }

  /// What differs between kernels in the tracking of memory types.
  public PatRules patRules() {
    return new PatRules(memtypeErase(), memtypeSanitize(), mtrrInvalid());
  }

  /// The tracking of memory types, on a machine whose memory type registers say write-back.
  ///
  /// @param iomem what is RAM
  /// @param reservations those there are; grows and shrinks with use
  public Memtypes memtypes(ResourceTree iomem, MemtypeTree reservations) {
    return new Memtypes(iomem, resourceWalk(), reservations, patRules(), Mtrr.WRITE_BACK, true);
  }

  /// How TLBs are flushed on so many CPUs.
  public TlbFlush tlbFlush(Cpus cpus) {
    return new TlbFlush(cpus, tlbOrder(), lazyTlb(), invlpgb());
  }

  /// What differs between kernels in mapping, forking and unmapping.
  public VmaRules vmaRules() {
    return new VmaRules(
        patHooks(),
        privateFork(),
        PrivatePart.ofKey(value(Behaviour.PRIVATE_PART)),
        mixedLookup(),
        mixedBadVma(),
        ZapFlush.ofKey(value(Behaviour.ZAP_FLUSH)));
  }

  /// What get_user_pages answers.
  public GetUserPages getUserPages() {
    return new GetUserPages(mixedGup(), HugeGup.ofKey(value(Behaviour.HUGE_GUP)));
  }

  /// Whether `vmf_insert_mixed` (up to 4.19: `vm_insert_mixed`) looks up the memory type.
  public boolean mixedLookup() {
    return isTrue(Behaviour.MIXED_LOOKUP);
  }

  public MixedBadVma mixedBadVma() {
    return MixedBadVma.ofKey(value(Behaviour.MIXED_BAD_VMA));
  }

  public MixedGup mixedGup() {
    return MixedGup.ofKey(value(Behaviour.MIXED_GUP));
  }

  /// The flag that TTM's `mmap` sets: [VmFlag#MIXEDMAP] or [VmFlag#PFNMAP].
  public VmFlag ttmVma() {
    return value(Behaviour.TTM_VMA).equals("mixedmap") ? VmFlag.MIXEDMAP : VmFlag.PFNMAP;
  }

  /// What TTM's fault handler does with the pages it maps.
  public TtmWindow ttmWindow() {
    return new TtmWindow(
        TtmInsert.ofKey(value(Behaviour.TTM_INSERT)),
        Integer.parseInt(value(Behaviour.TTM_PREFAULT)),
        isTrue(Behaviour.SKIP_PRESENT));
  }

  /// Whether TTM's `mmap` accepts a private writable mapping; otherwise it returns EINVAL.
  public boolean ttmAcceptsCow() {
    return value(Behaviour.TTM_COW).equals("accepted");
  }

  public boolean ttmHugeFaults() {
    return isTrue(Behaviour.TTM_HUGE_FAULTS);
  }

  public PoolKind ttmPool() {
    return PoolKind.ofKey(value(Behaviour.TTM_POOL));
  }

  /// What this kernel's own pool does; of another kind of pool, what the newest releases with it
  /// do.
  public PoolRules poolRules(PoolKind kind) {
    return kind != ttmPool()
        ? kind.rules()
        : new PoolRules(
            Search.ofKey(value(Behaviour.POOL_SEARCH)),
            Clearing.ofKey(value(Behaviour.POOL_CLEARING)),
            Shrink.ofKey(value(Behaviour.POOL_SHRINK)),
            isTrue(Behaviour.POOL_BLOCKS));
  }

  public CpaFlush cpaFlush() {
    return CpaFlush.ofKey(value(Behaviour.CPA_FLUSH));
  }

  public FlushRound.Order tlbOrder() {
    return FlushRound.Order.ofKey(value(Behaviour.TLB_ORDER));
  }

  public LazyTlb lazyTlb() {
    return LazyTlb.ofKey(value(Behaviour.LAZY_TLB));
  }

  /// What the flush of `mremap` does with lazy CPUs.
  public LazyTlb mremapLazy() {
    return LazyTlb.ofKey(value(Behaviour.MREMAP_LAZY));
  }

  public Invlpgb invlpgb() {
    return Invlpgb.ofKey(value(Behaviour.INVLPGB));
  }

  public HeapMmap systemHeapMmap() {
    return HeapMmap.ofKey(value(Behaviour.SYSTEM_HEAP_MMAP));
  }

  public FaultInsert shmemFault() {
    return FaultInsert.ofKey(value(Behaviour.SHMEM_FAULT));
  }

  public FaultInsert udmabufFault() {
    return FaultInsert.ofKey(value(Behaviour.UDMABUF_FAULT));
  }

  private String value(Behaviour behaviour) {
    return setting(behaviour).value();
  }

  private boolean isTrue(Behaviour behaviour) {
    return Boolean.parseBoolean(value(behaviour));
  }

  /// Whether a value is only assumed: the release lies in a [Gap], and the user chose nothing.
  public boolean isAssumed(Behaviour behaviour) {
    return gap != null
        && gap.changed().containsKey(behaviour)
        && setting(behaviour).evidence() != Evidence.SET;
  }

  /// What a user of this kernel has to know: which values are only assumed, in one sentence.
  public List<String> warnings() {
    if (gap == null) {
      return List.of();
    }
    List<String> assumed = new ArrayList<>();
    gap.changed()
        .forEach((behaviour, after) -> {
          if (isAssumed(behaviour)) {
            assumed.add("%s=%s (else %s)".formatted(behaviour.key(), value(behaviour), after));
          }
        });
    if (assumed.isEmpty()) {
      return List.of();
    }
    return List.of(
        "kernel %s lies between %s and %s, and where these came to differ is not known; assumed as in %s: %s. Choose with --set kernel.NAME=VALUE."
            .formatted(name, gap.before(), gap.after(), gap.before(), String.join(", ", assumed)));
  }

  /// The name, and what was assumed or set on top: `6.1 (resource_walk=w2)`, `6.12.60
  /// (resource_walk=w2 assumed)`.
  public String label() {
    List<String> changes = new ArrayList<>();
    settings.forEach((behaviour, setting) -> {
      if (isAssumed(behaviour)) {
        changes.add(behaviour.key() + "=" + setting.value() + " assumed");
      } else if (setting.evidence() == Evidence.SET) {
        changes.add(behaviour.key() + "=" + setting.value());
      }
    });
    return changes.isEmpty() ? name : name + " (" + String.join(", ", changes) + ")";
  }
}
