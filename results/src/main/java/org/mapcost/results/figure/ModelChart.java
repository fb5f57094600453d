package org.mapcost.results.figure;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Provenance;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.SeriesStyle;

/// What the charts of the model have in common: words, cells and styles.
final class ModelChart {
  private ModelChart() {}

  /// The style that a thing has in every chart, or the next free one of this chart.
  static SeriesStyle style(String key, int nth) {
    return SeriesStyle.of(key).orElseGet(() -> SeriesStyle.nth(nth));
  }

  /// With a capital letter first, as titles begin.
  static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// Low, best and high as cells of the table behind a chart.
  static List<String> cells(Interval value) {
    return List.of(
        Numbers.plain(value.low()), Numbers.plain(value.best()), Numbers.plain(value.high()));
  }

  /// Whether two values differ by no more than a factor, at both ends too.
  static boolean near(Interval a, @Nullable Interval b, double factor) {
    return b != null
        && near(a.low(), b.low(), factor)
        && near(a.best(), b.best(), factor)
        && near(a.high(), b.high(), factor);
  }

  private static boolean near(double a, double b, double factor) {
    return Math.max(a, b) <= factor * Math.min(a, b);
  }

  /// Where each series ends: `io-mapping [1.9 2.1 2.4] µs, free ...`.
  static String ends(List<IntervalPlot.Series> series) {
    return series.stream()
        .map(each -> each.name() + " " + Numbers.time(each.points().getLast().y()))
        .collect(Collectors.joining(", "));
  }

  /// A sentence on what a logarithmic axis cannot hold; empty where nothing is missing.
  static String leftOut(long values) {
    return values == 0
        ? ""
        : " Left out, because they cost nothing: " + Numbers.count(values, "point") + ".";
  }

  /// A sentence that names the values behind a figure that nobody published; empty where there are
  /// none.
  static String unsourced(Provenance provenance) {
    return provenance.restsOnNone()
        ? " Some values behind it have no published source (source: none) and are given wide: "
            + String.join(", ", provenance.unsourced())
            + "."
        : "";
  }
}
