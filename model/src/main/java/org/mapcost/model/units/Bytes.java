package org.mapcost.model.units;

import java.util.Map;
import org.mapcost.model.InputException;

/// A size in bytes, zero or more.
public record Bytes(long value) implements Comparable<Bytes> {
  private static final Map<String, Double> UNITS =
      Map.ofEntries(
          Map.entry("", 1.0),
          Map.entry("B", 1.0),
          Map.entry("KiB", 0x1p10),
          Map.entry("MiB", 0x1p20),
          Map.entry("GiB", 0x1p30),
          Map.entry("TiB", 0x1p40),
          Map.entry("K", 0x1p10),
          Map.entry("M", 0x1p20),
          Map.entry("G", 0x1p30),
          Map.entry("T", 0x1p40),
          Map.entry("kB", 1e3),
          Map.entry("MB", 1e6),
          Map.entry("GB", 1e9));

  private static final String[] NAMES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("a size is zero or more bytes, not " + value);
    }
  }

  /// Reads `4096`, `64KiB`, `1.5GiB`, `8 MB`; a bare number is bytes, `K M G T` are the binary
  /// units.
  public static Bytes parse(String text) {
    double bytes = Magnitude.parse(text, "size", UNITS, "64MiB");
    if (bytes != Math.rint(bytes) || bytes >= 0x1p62) {
      throw new InputException("'" + text + "' is no size: it is not a whole number of bytes.");
    }
    return new Bytes((long) bytes);
  }

  public static Bytes ofPages(long pages) {
    return new Bytes(Math.multiplyExact(pages, 1L << PhysicalAddress.PAGE_SHIFT));
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(value, other.value);
  }

  /// The largest binary unit that is not below one: `64MiB`, `1.50GiB`, `100B`.
  @Override
  public String toString() {
    int unit = 0;
    while (unit < NAMES.length - 1 && value >>> (10 * (unit + 1)) != 0) {
      unit++;
    }
    long whole = value >>> (10 * unit);
    boolean exact = whole << (10 * unit) == value;
    return (exact ? String.valueOf(whole) : Magnitude.three(value / (double) (1L << (10 * unit))))
        + NAMES[unit];
  }
}
