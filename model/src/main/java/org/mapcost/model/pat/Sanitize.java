package org.mapcost.model.pat;

import org.mapcost.model.Keys;

/// How a kernel cuts a range to the addresses that the processor has (`sanitize_phys` in
/// `memtype_reserve` and `memtype_free`).
public enum Sanitize {
  /// Read in 5.10: masks the end, the first address behind the range. Of a range that reaches to
  /// the last address there is, nothing is left.
  END,
  /// Read in 6.0 and later: masks the last address of the range.
  LAST_ADDRESS;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static Sanitize ofKey(String key) {
    return Keys.parse(Sanitize.class, "way to cut addresses", key);
  }
}
