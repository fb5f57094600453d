package org.mapcost.model.tlb;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// What a flush of an address space does with a CPU that holds it lazily.
public enum LazyTlb {
  /// Up to 4.19: interrupts it; it leaves the address space and flushes nothing.
  INTERRUPTED,
  /// Later: leaves it alone, it catches up when it leaves lazy mode. Only when page tables are
  /// freed is it interrupted.
  SKIPPED;

  /// `interrupted`, `skipped`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static LazyTlb ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "treatment of lazy CPUs", key, Arrays.stream(values()).map(LazyTlb::key).toList()));
  }
}
