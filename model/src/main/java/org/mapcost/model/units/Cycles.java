package org.mapcost.model.units;

import java.util.Map;

/// A number of clock cycles of one core; fractions are means.
public record Cycles(double value) {
  private static final Map<String, Double> UNITS = Map.of("cycles", 1.0, "cycle", 1.0);

  public Cycles {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a number of cycles is finite, not " + value);
    }
  }

  /// Reads `275cycles`; the unit is never optional.
  public static Cycles parse(String text) {
    return new Cycles(Magnitude.parse(text, "number of cycles", UNITS, "275cycles"));
  }

  /// The time these cycles take at a clock rate.
  public Nanoseconds at(Hertz clock) {
    return new Nanoseconds(value / clock.value() * 1e9);
  }

  @Override
  public String toString() {
    return Magnitude.three(value) + " cycles";
  }
}
