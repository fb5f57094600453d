package org.mapcost.model.units;

import java.util.Map;

/// A clock rate in cycles a second, above zero.
public record Hertz(double value) {
  private static final Map<String, Double> UNITS =
      Map.of("Hz", 1.0, "kHz", 1e3, "MHz", 1e6, "GHz", 1e9);

  public Hertz {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("a clock rate is above zero, not " + value);
    }
  }

  /// Reads `2.1GHz`, `3600 MHz`.
  public static Hertz parse(String text) {
    return new Hertz(Magnitude.parse(text, "clock rate", UNITS, "2.1GHz"));
  }

  @Override
  public String toString() {
    return Magnitude.three(value / 1e9) + " GHz";
  }
}
