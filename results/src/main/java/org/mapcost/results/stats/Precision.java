package org.mapcost.results.stats;

import java.util.List;

/// When a benchmark is measured well enough to end: half its interval, as a share of its middle, is
/// at most `share`.
///
/// To look after every fork and end at the first narrow interval would keep the lucky ones: of five
/// forks of two modes that all fell into one, the interval is narrow and wrong. So nobody looks
/// before [#FIRST_LOOK] forks, and the interval must be narrow [#LOOKS] times running. What that
/// leaves of the stated 95 % is simulated by `mapcost stats-check`; where forks have modes it is
/// less.
///
/// @param share above 0
public record Precision(double share) {
  /// Forks at the first look.
  public static final int FIRST_LOOK = 8;

  /// Looks in a row that must find the interval narrow.
  public static final int LOOKS = 3;

  /// Forks before which no benchmark ends.
  public static final int FEWEST = FIRST_LOOK + LOOKS - 1;

  public Precision {
    if (!(share > 0)) {
      throw new IllegalArgumentException("a precision is a share above 0, not " + share);
    }
  }

  /// Whether no more forks are needed.
  ///
  /// @param forks in the order in which they ran
  public boolean isReached(List<List<Double>> forks) {
    if (forks.size() < FEWEST) {
      return false;
    }
    for (int looked = forks.size() - LOOKS + 1; looked <= forks.size(); looked++) {
      if (halfWidth(forks.subList(0, looked)) > share) {
        return false;
      }
    }
    return true;
  }

  private static double halfWidth(List<List<Double>> forks) {
    return Statistics.median(forks)
        .map(i -> (i.high() - i.low()) / 2 / i.best())
        .orElse(Double.POSITIVE_INFINITY);
  }
}
