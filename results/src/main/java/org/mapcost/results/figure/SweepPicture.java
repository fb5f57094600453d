package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
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

  /// Lines that differ by no more than this factor, at both ends of their intervals too, are one.
  private static final double SAME = 1.05;

  /// Marks of as many places stand beside each other with room for bars.
  private static final int MOST_PLACES = 24;

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
    KeyAxis axis = new KeyAxis(range);
    List<List<String>> rows = new ArrayList<>();
    List<Line> lines = lines(sweep, points, measure, rows);
    double apart = apart(axis, lines.size());
    List<IntervalPlot.Series> series = new ArrayList<>();
    for (Line line : lines) {
      double aside = Math.pow(apart, series.size() - (lines.size() - 1) / 2.0);
      series.add(
          new IntervalPlot.Series(
              String.join(" / ", line.names),
              ModelChart.style(line.names.getFirst(), series.size()),
              apart > 1 ? IntervalPlot.Form.JOINED : IntervalPlot.Form.AREA,
              line.times.entrySet().stream()
                  .map(each ->
                      new IntervalPlot.Point(axis.value(each.getKey()) * aside, each.getValue()))
                  .toList()));
    }
    IntervalPlot plot =
        new IntervalPlot(axis.title(), axis.scale(), time(measure), Scale.TIME, series, List.of());
    Figure figure =
        new Figure(
            "whatif-" + range.key().name().replaceAll("[^a-z0-9]+", "-"),
            "Cost of %s, by %s".formatted(measure.words(), axis.title()),
            "Modelled: %s, kernel %s, %s; %s: [low high]"
                .formatted(
                    sweep.base().machine().name(),
                    sweep.base().kernel().label(),
                    sweep.base().memory().key().toUpperCase(Locale.ROOT),
                    apart > 1 ? "bars" : "areas"),
            "Across: %s, logarithmic. Up: time, logarithmic. %s%s%s"
                .formatted(
                    axis.titleAndKey(),
                    answer,
                    together(lines),
                    ModelChart.leftOut(plot.leftOut())),
            new FigureData(
                List.of("strategy", range.key().name(), "#low (ns)", "#best (ns)", "#high (ns)"),
                rows),
            plot::plot);
    return new Picture(figure, answer + together(lines));
  }

  /// What is drawn as one line: strategies whose costs nobody could tell apart in the picture.
  ///
  /// @param times by the place in the range
  private record Line(List<String> names, Map<Long, Interval> times) {
    boolean same(Map<Long, Interval> others) {
      return times.keySet().equals(others.keySet())
          && times.entrySet().stream()
              .allMatch(each -> ModelChart.near(each.getValue(), others.get(each.getKey()), SAME));
    }
  }

  private static List<Line> lines(
      Sweep sweep, List<Sweep.Point> points, Measure measure, List<List<String>> rows) {
    Range range = sweep.ranges().getFirst();
    List<Line> lines = new ArrayList<>();
    for (Strategy strategy : drawn(sweep, points, measure)) {
      Map<Long, Interval> times = new LinkedHashMap<>();
      for (Sweep.Point point : points) {
        point
            .cost(strategy)
            .ifPresent(cost -> {
              Interval time = measure.time(cost).interval();
              times.put(point.index(), time);
              List<String> row =
                  new ArrayList<>(List.of(strategy.name(), range.text(point.index())));
              row.addAll(ModelChart.cells(time));
              rows.add(row);
            });
      }
      lines.stream()
          .filter(line -> line.same(times))
          .findFirst()
          .ifPresentOrElse(
              line -> line.names.add(strategy.name()),
              () -> lines.add(new Line(new ArrayList<>(List.of(strategy.name())), times)));
    }
    return lines;
  }

  private static String together(List<Line> lines) {
    List<String> shared =
        lines.stream()
            .filter(line -> line.names.size() > 1)
            .map(line -> String.join(", ", line.names))
            .toList();
    return shared.isEmpty()
        ? ""
        : " One line, for they differ by less than 5 %: " + String.join("; ", shared) + ".";
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

  private static String time(Measure measure) {
    return switch (measure) {
      case FIRST, LATER, LOAD -> "caller's time";
      case STOLEN, STOLEN_LATER -> "time stolen from others";
    };
  }

  /// By which factor marks of one place stand apart, so that all are seen; 1 where places are too
  /// close for marks.
  private static double apart(KeyAxis axis, int series) {
    List<Double> ratios = new ArrayList<>();
    for (long place = 1; place < axis.range().size(); place++) {
      double ratio = axis.value(place) / axis.value(place - 1);
      if (ratio > 1) {
        ratios.add(ratio);
      }
    }
    ratios.sort(null);
    // The last step of a range by factors is shorter than the others.
    double closest = ratios.isEmpty() ? 1 : ratios.get(ratios.size() > 2 ? 1 : 0);
    double span = axis.value(axis.range().size() - 1) / Math.max(axis.value(0), 1);
    boolean room = Math.log(closest) * MOST_PLACES > Math.log(span);
    return room ? Math.pow(closest, 0.7 / Math.max(4, series)) : 1;
  }
}
