package org.mapcost.model.kernel;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// The call with which TTM maps a page in its fault handler.
public enum TtmInsert {
  /// Up to 5.13: `vmf_insert_mixed_prot` on a VM_MIXEDMAP VMA; a private mapping is accepted.
  MIXED,
  /// From 5.14 on: `vmf_insert_pfn_prot` on a VM_PFNMAP VMA; a private writable mapping is refused.
  PFN;

  /// The value in kernel files.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static TtmInsert ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown("value", key, Arrays.stream(values()).map(TtmInsert::key).toList()));
  }
}
