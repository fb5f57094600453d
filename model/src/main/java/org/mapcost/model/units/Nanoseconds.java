package org.mapcost.model.units;

import java.util.Map;

/// A time in nanoseconds. A hot node of the resource tree costs about 1.3 of them, so fractions
/// count.
public record Nanoseconds(double value) implements Comparable<Nanoseconds> {
  private static final Map<String, Double> UNITS =
      Map.of("ps", 1e-3, "ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9);

  public Nanoseconds {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("a time is a number of nanoseconds, not NaN");
    }
  }

  /// Reads `80ns`, `1.5us`, `2ms`; the unit is never optional.
  public static Nanoseconds parse(String text) {
    return new Nanoseconds(Magnitude.parse(text, "time", UNITS, "80ns"));
  }

  @Override
  public int compareTo(Nanoseconds other) {
    return Double.compare(value, other.value);
  }

  /// Three significant digits in the unit that suits: `1.30 ns`, `42.0 us`, `1.44 s`.
  @Override
  public String toString() {
    double size = Math.abs(value);
    if (size < 1e3) {
      return Magnitude.three(value) + " ns";
    }
    if (size < 1e6) {
      return Magnitude.three(value / 1e3) + " us";
    }
    return size < 1e9 ? Magnitude.three(value / 1e6) + " ms" : Magnitude.three(value / 1e9) + " s";
  }
}
