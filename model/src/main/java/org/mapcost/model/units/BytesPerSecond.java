package org.mapcost.model.units;

import java.util.Map;

/// A bandwidth in bytes a second, above zero. `GB/s` is the decimal unit that benchmarks print.
public record BytesPerSecond(double value) {
  private static final Map<String, Double> UNITS =
      Map.of("B", 1.0, "kB", 1e3, "MB", 1e6, "GB", 1e9, "MiB", 0x1p20, "GiB", 0x1p30);

  public BytesPerSecond {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("a bandwidth is above zero, not " + value);
    }
  }

  /// Reads `14.3GB/s`, `500 MiB/s`.
  public static BytesPerSecond parse(String text) {
    String stripped = text.strip();
    String bytes = stripped.endsWith("/s") ? stripped.substring(0, stripped.length() - 2) : "";
    return new BytesPerSecond(
        Magnitude.parse(bytes.isEmpty() ? text : bytes, "bandwidth", UNITS, "14.3GB/s"));
  }

  @Override
  public String toString() {
    return Magnitude.three(value / 1e9) + " GB/s";
  }
}
