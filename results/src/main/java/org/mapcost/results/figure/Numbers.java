package org.mapcost.results.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.mapcost.model.cost.Interval;

/// How charts and reports write numbers: three digits that mean something, and uncertain ones as
/// `[low best high]`.
public final class Numbers {
  private static final double QUADRILLION = 1e15;
  private static final double BILLION = 1e9;
  private static final double MILLION = 1e6;
  private static final double THOUSAND = 1e3;

  /// Digits between two commas.
  private static final int GROUP = 3;

  private Numbers() {}

  /// `[1.21 1.34 1.52]`, all with as many decimals as the best needs.
  public static String interval(Interval value) {
    int decimals = decimals(value.best());
    return "["
        + fixed(value.low(), decimals)
        + " "
        + fixed(value.best(), decimals)
        + " "
        + fixed(value.high(), decimals)
        + "]";
  }

  /// An interval of nanoseconds with the unit that suits the best: `[1.9 2.1 2.4] µs`.
  public static String time(Interval nanoseconds) {
    double size = Math.abs(nanoseconds.best());
    if (size >= BILLION) {
      return interval(nanoseconds.times(1 / BILLION)) + " s";
    }
    if (size >= MILLION) {
      return interval(nanoseconds.times(1 / MILLION)) + " ms";
    }
    if (size >= THOUSAND) {
      return interval(nanoseconds.times(1 / THOUSAND)) + " µs";
    }
    return interval(nanoseconds) + " ns";
  }

  /// Three significant digits, thousands apart: `1.34`, `12.3`, `123`, `12,345`.
  public static String plain(double value) {
    return fixed(value, decimals(value));
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// `1 node`, `27 nodes`.
  public static String count(long value, String thing) {
    return count(value) + " " + thing + (value == 1 ? "" : "s");
  }

  private static int decimals(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return 0;
    }
    int digits = 2 - (int) Math.floor(Math.log10(Math.abs(value)) + 1e-12);
    return Math.clamp(digits, 0, 9);
  }

  /// As `%,.3f` writes it. A report has tens of thousands of numbers, and a format takes ten times
  /// as long to read its pattern as to write one.
  static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "no number";
    }
    if (Double.compare(value, 0) < 0 || value >= QUADRILLION) {
      return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
    StringBuilder text =
        new StringBuilder(
            BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
    int whole = decimals == 0 ? text.length() : text.length() - decimals - 1;
    for (int at = whole - GROUP; at > 0; at -= GROUP) {
      text.insert(at, ',');
    }
    return text.toString();
  }
}
