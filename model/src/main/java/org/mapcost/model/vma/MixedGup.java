package org.mapcost.model.vma;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// What get_user_pages returns for a page that `vmf_insert_mixed` mapped into a shared VMA.
public enum MixedGup {
  /// 5.10: bad address; a pin succeeds without a page.
  EFAULT,
  /// From 6.1 on: there is an entry, but no page.
  EEXIST;

  private final String key = name().toLowerCase(Locale.ROOT);

  /// The value in kernel files.
  public String key() {
    return key;
  }

  public static MixedGup ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown("value", key, Arrays.stream(values()).map(MixedGup::key).toList()));
  }
}
