package org.mapcost.model.pat;

import java.util.Locale;

/// Whether a range is RAM: the answers 1, 0 and -1 of `pat_pagerange_is_ram`.
public enum Ram {
  YES,
  NO,
  /// RAM and something else.
  MIXED;

  /// `yes`, `no`, `mixed`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
