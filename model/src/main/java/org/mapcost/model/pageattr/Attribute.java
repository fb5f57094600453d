package org.mapcost.model.pageattr;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;
import org.mapcost.model.pat.CacheMode;

/// What the caching of pages can be set to: the last word of the kernel's calls.
public enum Attribute {
  /// `set_memory_wb`, `set_pages_array_wb`.
  WB(CacheMode.WB),
  /// `set_memory_wc`, `set_pages_array_wc`.
  WC(CacheMode.WC),
  /// `set_memory_uc`, `set_pages_array_uc`; the kernel takes UC- for them.
  UC(CacheMode.UC_MINUS);

  private final CacheMode mode;

  Attribute(CacheMode mode) {
    this.mode = mode;
  }

  /// The mode that the pages get.
  public CacheMode mode() {
    return mode;
  }

  /// `wb`, `wc`, `uc`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Attribute ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "caching attribute", key, Arrays.stream(values()).map(Attribute::key).toList()));
  }
}
