package org.mapcost.results.figure;

import java.util.List;
import org.mapcost.model.whatif.Sensitivity;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.TornadoPlot;

/// Which unknown an answer depends on most.
public final class Tornado {
  private static final int MOST_ROWS = 12;

  private Tornado() {}

  /// The chart.
  ///
  /// @param subject of what, such as `ttm-fault, the first buffer`
  /// @param ratio whether the answer is a ratio rather than a time
  /// @param answer in a sentence
  public static Picture of(Sensitivity found, String subject, boolean ratio, String answer) {
    List<Sensitivity.Unknown> shown = found.unknowns().stream().limit(MOST_ROWS).toList();
    TornadoPlot plot =
        new TornadoPlot(
            ratio ? "ratio" : "time",
            ratio ? Scale.NUMBERS : Scale.TIME,
            found.answer().best(),
            shown.stream()
                .map(each -> new TornadoPlot.Row(each.name(), each.atLow(), each.atHigh()))
                .toList());
    List<List<String>> rows =
        found.unknowns().stream()
            .map(each ->
                List.of(
                    each.name(),
                    Numbers.plain(each.atLow()),
                    Numbers.plain(each.atHigh()),
                    Numbers.plain(each.index().first()),
                    Numbers.plain(each.index().total())))
            .toList();
    Figure figure =
        new Figure(
            "sensitivity",
            "Which unknown matters most",
            subject + "; each unknown alone from its low to its high end",
            "Rows: unknowns, the most important on top. Across: the answer, logarithmic. " + answer,
            new FigureData(
                List.of("unknown", "#at low", "#at high", "#first index", "#total index"), rows),
            plot::plot);
    return new Picture(figure, answer);
  }
}
