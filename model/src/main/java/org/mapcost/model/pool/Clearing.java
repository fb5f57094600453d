package org.mapcost.model.pool;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;

/// When pages that pass through a pool are filled with zeros. Pages fresh from the system always
/// are, for user space will see them.
public enum Clearing {
  /// Never again: what comes from the pool keeps its old content. Read in 5.12.
  FRESH_ONLY,
  /// When they are given back to the pool. Read in the 5.15 and 6.6 stable trees and in 6.15;
  /// instruction counts of 6.1, 6.12 and 7.2 agree.
  ON_FREE,
  /// When they are taken from the pool: the pool up to 5.10. Read in 4.16.
  ON_ALLOC;

  /// `fresh-only`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Clearing ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "pool clearing", key, Arrays.stream(values()).map(Clearing::key).toList()));
  }
}
