package org.mapcost.model.kernel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.CpaFlush;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;

/// A kernel version and what it does, each behaviour with its evidence and source.
///
/// @param name what the user writes: `6.1`, `6.1.0`
/// @param standsFor the releases behind the name, in words
/// @param settings one value for every [Behaviour]
public record Kernel(String name, String standsFor, Map<Behaviour, Setting> settings) {
  /// One behaviour's value, how it is known, and from where.
  public record Setting(String value, Evidence evidence, String source) {
    public Setting {
      if (value.isBlank() || source.isBlank()) {
        throw new IllegalArgumentException("a behaviour has a value and a source");
      }
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

  /// The same kernel with one behaviour replaced: a counterfactual.
  public Kernel with(Behaviour behaviour, String value) {
    Map<Behaviour, Setting> changed = new EnumMap<>(settings);
    changed.put(
        behaviour,
        new Setting(behaviour.check(value), Evidence.SET, "--set kernel." + behaviour.key()));
    return new Kernel(name, standsFor, changed);
  }

  public ResourceWalk resourceWalk() {
    return ResourceWalk.ofKey(setting(Behaviour.RESOURCE_WALK).value());
  }

  public MemtypeErase memtypeErase() {
    return MemtypeErase.ofKey(setting(Behaviour.MEMTYPE_ERASE).value());
  }

  public FlushRound.Order tlbOrder() {
    return FlushRound.Order.ofKey(setting(Behaviour.TLB_ORDER).value());
  }

  public LazyTlb lazyTlb() {
    return LazyTlb.ofKey(setting(Behaviour.LAZY_TLB).value());
  }

  public Invlpgb invlpgb() {
    return Invlpgb.ofKey(setting(Behaviour.INVLPGB).value());
  }

  public CpaFlush cpaFlush() {
    return CpaFlush.ofKey(setting(Behaviour.CPA_FLUSH).value());
  }

  public TtmInsert ttmInsert() {
    return TtmInsert.ofKey(setting(Behaviour.TTM_INSERT).value());
  }

  /// The most pages that one TTM fault maps, 1 to 512.
  public int ttmPrefault() {
    return Integer.parseInt(setting(Behaviour.TTM_PREFAULT).value());
  }

  public boolean skipPresent() {
    return Boolean.parseBoolean(setting(Behaviour.SKIP_PRESENT).value());
  }

  public PoolKind ttmPool() {
    return PoolKind.ofKey(setting(Behaviour.TTM_POOL).value());
  }

  public MixedGup mixedGup() {
    return MixedGup.ofKey(setting(Behaviour.MIXED_GUP).value());
  }

  /// The name, and what was set on top: `6.1 (resource_walk=w2)`.
  public String label() {
    StringBuilder changes = new StringBuilder();
    settings.forEach((behaviour, setting) -> {
      if (setting.evidence() == Evidence.SET) {
        changes.append(changes.isEmpty() ? " (" : ", ");
        changes.append(behaviour.key()).append('=').append(setting.value());
      }
    });
    return changes.isEmpty() ? name : name + changes + ")";
  }
}
