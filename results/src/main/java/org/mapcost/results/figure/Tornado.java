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
  /// @param subject of what, such as `cost of ttm-fault, the first buffer`
  /// @param setting under which conditions, such as `skylake-sp-2s, kernel 6.1`
  /// @param ratio whether the answer is a ratio rather than a time
  /// @param answer in a sentence
  public static Picture of(
      Sensitivity found, String subject, String setting, boolean ratio, String answer) {
    List<Sensitivity.Unknown> shown = found.unknowns().stream().limit(MOST_ROWS).toList();
    TornadoPlot plot =
        new TornadoPlot(
            subject,
            ratio ? Scale.NUMBERS : Scale.TIME,
            found.answer().best(),
            shown.stream()
                .map(each ->
                    new TornadoPlot.Row(UnknownWords.of(each.name()), each.atLow(), each.atHigh()))
                .toList());
    List<List<String>> rows =
        found.unknowns().stream()
            .map(each ->
                List.of(
                    each.name(),
                    UnknownWords.of(each.name()),
                    Numbers.plain(each.atLow()),
                    Numbers.plain(each.atHigh()),
                    Numbers.plain(each.index().first()),
                    Numbers.plain(each.index().total())))
            .toList();
    String best = ratio ? Numbers.interval(found.answer()) : Numbers.time(found.answer());
    int more = found.unknowns().size() - shown.size();
    Figure figure =
        new Figure(
            "sensitivity",
            "Which unknown matters most",
            "Modelled: %s; in all %s; each unknown alone goes to its ends".formatted(setting, best),
            "Rows: unknowns, the most important on top. Across: %s, logarithmic; the line is the"
                    .formatted(subject)
                + " answer with all at their best, a bar what it becomes with one unknown at an"
                + " end. "
                + answer,
            new FigureData(
                List.of(
                    "unknown",
                    "what it is",
                    ratio ? "#at low" : "#at low (ns)",
                    ratio ? "#at high" : "#at high (ns)",
                    "#first index",
                    "#total index"),
                rows),
            plot::plot);
    return new Picture(
        figure,
        "Each unknown goes to its low and to its high end alone; where a bar is missing, that end"
            + " changes nothing. Rows stand in the order of what each does to the variance, alone"
            + " and together with others, when all vary."
            + (more > 0 ? " Not drawn: %d that matter less.".formatted(more) : ""));
  }
}
