package org.mapcost.model.units;

/// A number of clock cycles of one core; fractions are means.
public record Cycles(double value) {
  public Cycles {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a number of cycles is finite, not " + value);
    }
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
