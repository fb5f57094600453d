package org.mapcost.model.pat;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// Which reservation a kernel gives up for a range (`memtype_erase`).
public enum MemtypeErase {
  /// Up to 6.15: the one with exactly this range, else the first that ends where the range ends,
  /// which is cut short (an `mremap` that shrinks).
  EXACT_OR_SHRINK,
  /// From 6.16: only the one with exactly this range.
  EXACT;

  /// `exact-or-shrink`, `exact`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static MemtypeErase ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "memtype erase rule",
                key,
                Arrays.stream(values()).map(MemtypeErase::key).toList()));
  }
}
