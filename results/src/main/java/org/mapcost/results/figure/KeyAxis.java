package org.mapcost.results.figure;

import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Range;
import org.mapcost.results.chart.Scale;

/// The numbers of a range as they stand on an axis.
///
/// @param range of a key with numbers
record KeyAxis(Range range) {
  /// What the axis is named.
  String title() {
    return range.key().title();
  }

  /// The same beside the name that commands take: `logical CPUs (machine.cpus)`.
  String titleAndKey() {
    return title() + " (" + range.key().name() + ")";
  }

  Scale scale() {
    return switch (range.unit()) {
      case "pages", "B" -> Scale.BYTES;
      case "ns" -> Scale.TIME;
      case "Hz" -> Scale.FREQUENCY;
      case "B/s" -> Scale.BANDWIDTH;
      default -> doublings() ? Scale.DOUBLINGS : Scale.NUMBERS;
    };
  }

  /// The number at a place; pages in bytes.
  double value(long place) {
    return range.number(place) * (range.unit().equals("pages") ? Pages.PAGE_SIZE : 1);
  }

  private boolean doublings() {
    double first = range.number(0);
    double factor = range.number(1) / first;
    return powerOfTwo(first) && powerOfTwo(factor) && range.number(range.size() - 1) / first >= 8;
  }

  private static boolean powerOfTwo(double value) {
    return value >= 1 && Math.scalb(1.0, Math.getExponent(value)) == value;
  }
}
