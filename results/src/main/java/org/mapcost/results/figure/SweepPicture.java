package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.PlacesPlot;
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

  /// The chart: lines along numbers, marks beside each other where the key has words.
  ///
  /// @param sweep over one key
  /// @param points all its points
  /// @param answer its answer in a sentence, for those who cannot see the chart
  public static Picture of(Sweep sweep, List<Sweep.Point> points, Measure measure, String answer) {
    Range range = sweep.ranges().getFirst();
    if (!range.numeric() && range.size() > MOST_PLACES) {
      throw new InputException(
          "%s has %d words here; a chart has room for %d."
              .formatted(range.key().name(), range.size(), MOST_PLACES));
    }
    KeyAxis axis = new KeyAxis(range);
    List<List<String>> rows = new ArrayList<>();
    List<Line> lines = lines(sweep, points, measure, rows);
    double apart = range.numeric() ? apart(axis, lines.size()) : 0.7 / Math.max(4, lines.size());
    boolean marks = !range.numeric() || apart > 1;
    List<IntervalPlot.Series> series = new ArrayList<>();
    for (Line line : lines) {
      double nth = series.size() - (lines.size() - 1) / 2.0;
      series.add(
          new IntervalPlot.Series(
              String.join(" / ", line.names),
              ModelChart.style(line.names.getFirst(), series.size()),
              marks ? IntervalPlot.Form.JOINED : IntervalPlot.Form.AREA,
              line.times.entrySet().stream()
                  .map(each ->
                      new IntervalPlot.Point(
                          range.numeric()
                              ? axis.value(each.getKey()) * Math.pow(apart, nth)
                              : each.getKey() + 1 + apart * nth,
                          each.getValue()))
                  .toList()));
    }
    IntervalPlot plot =
        new IntervalPlot(axis.title(), axis.scale(), time(measure), Scale.TIME, series, List.of());
    Figure figure =
        new Figure(
            "whatif-" + range.key().name().replaceAll("[^a-z0-9]+", "-"),
            "Cost of %s, by %s".formatted(measure.words(), axis.title()),
            setting(sweep, range.key().name())
                + (marks ? "; bars, side by side" : "; areas")
                + ": [low high]",
            "Across: %s. Up: time, logarithmic. %s%s%s"
                .formatted(
                    axis.titleAndKey() + (range.numeric() ? ", logarithmic" : ""),
                    answer,
                    together(lines),
                    ModelChart.leftOut(plot.leftOut())),
            new FigureData(
                List.of("strategy", range.key().name(), "#low (ns)", "#best (ns)", "#high (ns)"),
                rows),
            range.numeric() ? plot::plot : new PlacesPlot(plot, words(range))::plot);
    return new Picture(figure, answer + together(lines));
  }

  /// What does not vary.
  private static String setting(Sweep sweep, String key) {
    Setup base = sweep.base();
    String memory = base.memory().key().toUpperCase(Locale.ROOT);
    return "Modelled: "
        + base.machine().name()
        + (key.equals("kernel") ? "" : ", kernel " + base.kernel().label())
        + ", "
        + (key.equals("buffer")
            ? memory
            : Scale.size(base.pages() * Pages.PAGE_SIZE) + " of " + memory);
  }

  static List<String> words(Range range) {
    return LongStream.range(0, range.size()).mapToObj(range::text).toList();
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
    return room ? Math.pow(closest, 0.4 / Math.max(4, series)) : 1;
  }
}
