package org.mapcost.model.pat;

import org.mapcost.model.Keys;

/// How a kernel cuts a range to the addresses that a page-table entry can hold (`sanitize_phys` in
/// `memtype_reserve` and `memtype_free`). Bits above them mark addresses that must not be read by
/// accident, such as those of poisoned memory.
public enum Sanitize {
  /// Read in 5.10: cuts the end, the first address behind the range. Of a range that reaches to the
  /// last address there is, nothing is left.
  END,
  /// Read in 6.0 and later: cuts the last address of the range.
  LAST_ADDRESS;

  /// `__PHYSICAL_MASK`: 52 bits.
  static final long MASK = (1L << 52) - 1;

  /// The first address of the range.
  static long start(long start) {
    return start & MASK;
  }

  /// The first address behind the range.
  long end(long end) {
    return this == END ? end & MASK : ((end - 1) & MASK) + 1;
  }

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static Sanitize ofKey(String key) {
    return Keys.parse(Sanitize.class, "way to cut addresses", key);
  }
}
