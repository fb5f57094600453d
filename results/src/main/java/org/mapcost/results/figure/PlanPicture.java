package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Capacity;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.chart.Tone;

/// A latency by how much there is of something, beside what it must stay below.
public final class PlanPicture {
  private static final String POOL = "pool";

  private PlanPicture() {}

  /// The chart.
  ///
  /// @param resource of what: `pool`, `clients`, `cpus`
  /// @param setting under which conditions, such as `desktop-compositor on client-igpu`
  /// @param objective in words: `allocate p99 below 300 us`
  /// @param limit the latency to stay below, in nanoseconds
  /// @param answer in a sentence
  public static Picture of(
      Capacity found,
      String resource,
      String setting,
      String objective,
      double limit,
      String answer) {
    Map<PriceEnd, List<IntervalPlot.Point>> lines = new EnumMap<>(PriceEnd.class);
    List<IntervalPlot.Point> border = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Capacity.Point point : found.curve()) {
      double across = resource.equals(POOL) ? bytes(point.number()) : point.number();
      border.add(new IntervalPlot.Point(across, Interval.exactly(limit)));
      List<String> row = new ArrayList<>(List.of(Numbers.count(point.number())));
      for (PriceEnd end : PriceEnd.values()) {
        Interval latency = point.latencies().get(end);
        if (latency != null) {
          lines
              .computeIfAbsent(end, _ -> new ArrayList<>())
              .add(
                  new IntervalPlot.Point(
                      across, end == PriceEnd.BEST ? latency : Interval.exactly(latency.best())));
        }
        row.add(latency == null ? "" : Numbers.plain(latency.best()));
      }
      rows.add(row);
    }
    List<IntervalPlot.Series> series = new ArrayList<>();
    lines.forEach((end, points) ->
        series.add(
            new IntervalPlot.Series(
                "all prices " + (end == PriceEnd.BEST ? "at their best" : end.key()),
                style(end),
                IntervalPlot.Form.AREA,
                points)));
    series.add(
        new IntervalPlot.Series(
            "objective: " + objective.replace(" us", " µs"),
            new SeriesStyle(Tone.NEUTRAL, 0, 0),
            IntervalPlot.Form.AREA,
            border));
    IntervalPlot plot =
        new IntervalPlot(
            title(resource),
            resource.equals(POOL) ? Scale.BYTES : Scale.NUMBERS,
            objective.split(" below ", 2)[0],
            Scale.TIME,
            series,
            List.of());
    Figure figure =
        new Figure(
            "plan-" + resource,
            "How much it takes: latency by the " + title(resource),
            "Simulated: " + setting + "; area: the lowest and the highest run",
            "Across: %s, logarithmic. Up: latency, logarithmic. %s"
                .formatted(title(resource), answer),
            new FigureData(
                List.of(
                    "#" + resource + (resource.equals(POOL) ? " (pages)" : ""),
                    "#low (ns)",
                    "#best (ns)",
                    "#high (ns)"),
                rows),
            plot::plot);
    return new Picture(figure, answer);
  }

  private static double bytes(long pages) {
    return (double) pages * Pages.PAGE_SIZE;
  }

  private static String title(String resource) {
    return switch (resource) {
      case POOL -> "limit of the page pool";
      case "cpus" -> "number of CPUs";
      default -> "number of " + resource;
    };
  }

  private static SeriesStyle style(PriceEnd end) {
    return switch (end) {
      case LOW -> new SeriesStyle(Tone.GREEN, 1, 0);
      case BEST -> new SeriesStyle(Tone.BLUE, 0, 0);
      case HIGH -> new SeriesStyle(Tone.VERMILLION, 1, 0);
    };
  }
}
