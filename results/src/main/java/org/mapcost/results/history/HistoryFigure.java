package org.mapcost.results.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.RunsPlot;

/// The chart of a history: each benchmark relative to its first run.
public final class HistoryFigure {
  private HistoryFigure() {}

  /// Draws the benchmarks that changed first, and as many as can be told apart.
  public static Figure of(History history) {
    List<Series> shown =
        history.series().stream()
            .sorted(Comparator.comparingInt(each -> -each.changes().size()))
            .limit(RunsPlot.MOST)
            .toList();
    List<RunsPlot.Line> lines = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Series each : shown) {
      double first = each.points().getFirst().best();
      List<RunsPlot.Point> points = new ArrayList<>();
      for (Series.Point point : each.points()) {
        Interval value = point.interval().orElse(Interval.exactly(point.best()));
        points.add(new RunsPlot.Point(point.run() + 1, value.times(1 / first)));
        rows.add(
            List.of(
                each.measurement().key(),
                history.runs().get(point.run()),
                String.valueOf(point.run() + 1),
                number(value.low()),
                number(value.best()),
                number(value.high()),
                each.measurement().unit(),
                each.changes().stream().anyMatch(change -> change.run() == point.run())
                    ? "changed"
                    : ""));
      }
      lines.add(
          new RunsPlot.Line(
              (each.measurement().shortName() + " " + each.measurement().parameters()).strip(),
              points,
              each.changes().stream().map(change -> change.run() + 1).toList()));
    }
    List<RunsPlot.Known> known = new ArrayList<>();
    history
        .known()
        .forEach((run, names) -> known.add(new RunsPlot.Known(run + 1, String.join(", ", names))));
    int left = history.series().size() - shown.size();
    long changes = history.series().stream().mapToLong(each -> each.changes().size()).sum();
    return new Figure(
        "history",
        "How the benchmarks went over " + history.runs().size() + " runs",
        "relative to each one's first run; "
            + changes
            + (changes == 1 ? " change" : " changes")
            + " seen"
            + (left > 0 ? "; " + left + " more benchmarks not drawn" : ""),
        "Across: the runs in order, "
            + history.runs().getFirst()
            + " to "
            + history.runs().getLast()
            + ". Up: the score relative to the first run. Upright lines with names are known"
            + " changes; a ring marks the first run of a change that the values show.",
        new FigureData(
            List.of("benchmark", "run", "#place", "#low", "#best", "#high", "unit", "change"),
            rows),
        new RunsPlot(lines, known, history.runs().size())::plot);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
