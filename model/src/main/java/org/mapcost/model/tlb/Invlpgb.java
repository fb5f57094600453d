package org.mapcost.model.tlb;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// Whether a kernel lets the CPU broadcast flushes where it can (`X86_FEATURE_INVLPGB`).
public enum Invlpgb {
  /// Up to 6.14.
  NONE,
  /// From 6.15: full flushes, kernel ranges, and address spaces with a global ASID. Attribute
  /// changes of up to 33 pages still interrupt every CPU.
  BROADCAST;

  /// `none`, `broadcast`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Invlpgb ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "use of INVLPGB", key, Arrays.stream(values()).map(Invlpgb::key).toList()));
  }
}
