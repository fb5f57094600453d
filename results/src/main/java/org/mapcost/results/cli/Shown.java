package org.mapcost.results.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import org.mapcost.model.units.Bytes;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Range;

/// Values of a range as people read them.
final class Shown {
  private static final int DIGITS = 4;
  private static final int KIB = 10;
  private static final long MOST_KIB = 1_000_000;

  private Shown() {}

  /// A size in pages as bytes: `64MiB`.
  static String size(long pages) {
    return Bytes.ofPages(pages).toString();
  }

  /// A value of a range, or what lies between two: `148KiB`, `2.31GHz`, `1250`.
  static String value(Range range, double number) {
    return switch (range.unit()) {
      case "pages" -> bytes(Math.round(number * Pages.PAGE_SIZE));
      case "B" -> bytes(Math.round(number));
      case "ns" -> new Nanoseconds(number).toString().replace(" ", "");
      case "Hz" -> scaled(number, 1e9) + "GHz";
      case "B/s" -> scaled(number, 1e9) + "GB/s";
      default -> scaled(number, 1) + range.unit();
    };
  }

  /// In the largest unit in which it is a whole number, if that takes no more than six digits.
  private static String bytes(long bytes) {
    String shown = new Bytes(bytes).toString();
    long kib = bytes >> KIB;
    return shown.contains(".") && kib << KIB == bytes && kib < MOST_KIB ? kib + "KiB" : shown;
  }

  /// The nth value of a range.
  static String value(Range range, long index) {
    return range.numeric() ? value(range, range.number(index)) : range.text(index);
  }

  private static String scaled(double number, double unit) {
    return new BigDecimal(number / unit)
        .round(new MathContext(Math.max(DIGITS, (int) Math.log10(Math.max(1, number / unit)) + 1)))
        .stripTrailingZeros()
        .toPlainString();
  }

  /// The smallest value from which a crossover's second strategy is the cheaper one.
  static String from(Range range, double root) {
    return value(range, range.key().kind().whole() ? Math.ceil(root) : root);
  }

  /// An end of an interval that may lie outside the range.
  static String end(Range range, double end) {
    if (end == Double.NEGATIVE_INFINITY) {
      return "below " + value(range, 0L);
    }
    return end == Double.POSITIVE_INFINITY
        ? "above " + value(range, range.size() - 1)
        : from(range, end);
  }
}
