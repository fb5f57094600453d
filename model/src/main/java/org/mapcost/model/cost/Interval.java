package org.mapcost.model.cost;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// An uncertain number: `[low best high]`. The true value lies between low and high; best is the
/// single guess.
///
/// Arithmetic here works end by end, for quantities whose errors may all go the same way. A price
/// knows which inputs it shares with another one and is put together more narrowly; see
/// [Uncertain].
public record Interval(double low, double best, double high) {
  /// The exact zero.
  public static final Interval ZERO = new Interval(0, 0, 0);

  public Interval {
    if (!(low <= best && best <= high)) {
      throw new IllegalArgumentException(
          "an interval has low <= best <= high: [" + low + " " + best + " " + high + "]");
    }
  }

  /// A number without uncertainty.
  public static Interval exactly(double value) {
    return new Interval(value, value, value);
  }

  /// The sum of two quantities whose errors may go the same way: ends add.
  public Interval plus(Interval other) {
    return new Interval(low + other.low, best + other.best, high + other.high);
  }

  /// Every end times a factor, zero or more.
  public Interval times(double factor) {
    if (!(factor >= 0)) {
      throw new IllegalArgumentException("an interval is scaled by zero or more, not " + factor);
    }
    return new Interval(low * factor, best * factor, high * factor);
  }

  /// The product of two quantities, both zero or more.
  public Interval times(Interval other) {
    return new Interval(low * other.low, best * other.best, high * other.high);
  }

  /// The quotient of two quantities, this one zero or more and the divisor above zero.
  public Interval dividedBy(Interval divisor) {
    if (!(divisor.low > 0)) {
      throw new IllegalArgumentException(
          "an interval is divided by what is above zero: " + divisor);
    }
    return new Interval(low / divisor.high, best / divisor.best, high / divisor.low);
  }

  /// The larger of two, end by end: what one waits for.
  public Interval max(Interval other) {
    return new Interval(
        Math.max(low, other.low), Math.max(best, other.best), Math.max(high, other.high));
  }

  /// A rising function of every end.
  public Interval map(DoubleUnaryOperator rising) {
    return new Interval(
        rising.applyAsDouble(low), rising.applyAsDouble(best), rising.applyAsDouble(high));
  }

  public boolean overlaps(Interval other) {
    return low <= other.high && other.low <= high;
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "[%.4g %.4g %.4g]", low, best, high);
  }
}
