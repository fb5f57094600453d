package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;

/// What strategies cost along one key with numbers.
public final class SweepPicture {
  /// More strategies than this are no picture; those that are cheapest somewhere come first.
  private static final int MOST_SERIES = 8;

  private SweepPicture() {}

  /// The chart. Throws [InputException] where the key has words.
  ///
  /// @param sweep over one key
  /// @param points all its points
  /// @param answer its answer in a sentence, for those who cannot see the chart
  public static Picture of(Sweep sweep, List<Sweep.Point> points, Measure measure, String answer) {
    Range range = sweep.ranges().getFirst();
    if (!range.numeric()) {
      throw new InputException(
          range.key().name() + " has words for values; a chart needs numbers. Leave --chart out.");
    }
    List<IntervalPlot.Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Strategy strategy : drawn(sweep, points, measure)) {
      List<IntervalPlot.Point> drawn = new ArrayList<>();
      for (Sweep.Point point : points) {
        point
            .cost(strategy)
            .ifPresent(cost -> {
              Interval time = measure.time(cost).interval();
              drawn.add(new IntervalPlot.Point(across(range, point.index()), time));
              List<String> row =
                  new ArrayList<>(List.of(strategy.name(), range.text(point.index())));
              row.addAll(ModelChart.cells(time));
              rows.add(row);
            });
      }
      series.add(
          new IntervalPlot.Series(
              strategy.name(),
              ModelChart.style(strategy.name(), series.size()),
              IntervalPlot.Form.JOINED,
              drawn));
    }
    IntervalPlot plot =
        new IntervalPlot(
            range.key().name(), scale(range), time(measure), Scale.TIME, series, List.of());
    Figure figure =
        new Figure(
            "whatif-" + range.key().name().replaceAll("[^a-z0-9]+", "-"),
            "%s, by %s".formatted(capital(measure.words()), range.key().name()),
            "Modelled: %s, kernel %s; bars: [low high]"
                .formatted(sweep.base().machine().name(), sweep.base().kernel().label()),
            "Across: %s, logarithmic. Up: time, logarithmic. %s%s"
                .formatted(range.key().name(), answer, ModelChart.leftOut(plot.leftOut())),
            new FigureData(
                List.of("strategy", range.key().name(), "#low (ns)", "#best (ns)", "#high (ns)"),
                rows),
            plot::plot);
    return new Picture(figure, answer);
  }

  /// Strategies by how cheap they are at the last point, without those that there is no room for.
  private static List<Strategy> drawn(Sweep sweep, List<Sweep.Point> points, Measure measure) {
    Sweep.Point last = points.getLast();
    return sweep.strategies().stream()
        .filter(each -> points.stream().anyMatch(point -> point.cost(each).isPresent()))
        .sorted(
            java.util.Comparator.comparingDouble(each ->
                last.cost(each).map(cost -> measure.time(cost).best()).orElse(Double.MAX_VALUE)))
        .limit(MOST_SERIES)
        .toList();
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String time(Measure measure) {
    return switch (measure) {
      case FIRST, LATER, LOAD -> "caller's time";
      case STOLEN, STOLEN_LATER -> "time stolen from others";
    };
  }

  private static double across(Range range, long index) {
    double number = range.number(index);
    return range.unit().equals("pages") ? number * Pages.PAGE_SIZE : number;
  }

  private static Scale scale(Range range) {
    return switch (range.unit()) {
      case "pages", "B" -> Scale.BYTES;
      case "ns" -> Scale.TIME;
      default -> Scale.NUMBERS;
    };
  }
}
