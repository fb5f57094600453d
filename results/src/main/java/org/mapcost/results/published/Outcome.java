package org.mapcost.results.published;

import org.mapcost.model.cost.Interval;

/// A prediction held against its published row.
///
/// @param prediction the row
/// @param predicted low, best and high in the unit of the row
public record Outcome(Prediction prediction, Interval predicted) {
  /// The widest interval, high / low, that still says something.
  public static final double WIDEST = 4;

  /// Published figures have three digits or so.
  private static final double ROUNDING = 1e-3;

  /// Whether and why a row counts as predicted.
  public enum Verdict {
    /// The published value lies in the interval.
    INSIDE,
    /// It does not.
    OUTSIDE,
    /// It does, in an interval wider than [#WIDEST]: no prediction.
    TOO_WIDE;

    /// `inside`, `outside`, `too wide`.
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /// High over low.
  public double width() {
    return predicted.high() / predicted.low();
  }

  /// Best over published.
  public double ratio() {
    return predicted.best() / prediction.published().best();
  }

  /// How many times best and published differ, either way; 1 at least.
  public double fold() {
    return Math.max(ratio(), 1 / ratio());
  }

  /// Where the source gives a range, some of it lies inside.
  public Verdict verdict() {
    boolean inside =
        prediction.published().high() >= predicted.low() * (1 - ROUNDING)
            && prediction.published().low() <= predicted.high() * (1 + ROUNDING);
    if (!inside) {
      return Verdict.OUTSIDE;
    }
    return width() > WIDEST ? Verdict.TOO_WIDE : Verdict.INSIDE;
  }

  /// A row that counts against the model and that nobody has explained.
  public boolean unexplained() {
    return verdict() != Verdict.INSIDE && prediction.explained().isEmpty();
  }
}
