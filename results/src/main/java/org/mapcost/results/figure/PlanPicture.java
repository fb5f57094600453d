package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.whatif.Capacity;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;

/// A latency by how much there is of something, beside what it must stay below.
public final class PlanPicture {
  private PlanPicture() {}

  /// The chart.
  ///
  /// @param resource of what: `pool`, `clients`, `cpus`
  /// @param objective in words
  /// @param limit the latency to stay below, in nanoseconds
  /// @param answer in a sentence
  public static Picture of(
      Capacity found, String resource, String objective, double limit, String answer) {
    List<IntervalPlot.Point> points = new ArrayList<>();
    List<IntervalPlot.Point> border = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Capacity.Point point : found.curve()) {
      Double low = point.latencies().get(PriceEnd.LOW);
      Double best = point.latencies().get(PriceEnd.BEST);
      Double high = point.latencies().get(PriceEnd.HIGH);
      if (best == null) {
        continue;
      }
      // Where one end was not needed the bar ends at the best prices.
      double from = low == null ? best : Math.min(low, best);
      double to = high == null ? best : Math.max(high, best);
      Interval latency = new Interval(from, best, to);
      points.add(new IntervalPlot.Point(point.number(), latency));
      border.add(new IntervalPlot.Point(point.number(), Interval.exactly(limit)));
      List<String> row = new ArrayList<>(List.of(Numbers.count(point.number())));
      row.addAll(ModelChart.cells(latency));
      rows.add(row);
    }
    IntervalPlot plot =
        new IntervalPlot(
            resource,
            Scale.NUMBERS,
            objective,
            Scale.TIME,
            List.of(
                new IntervalPlot.Series(
                    "simulated", SeriesStyle.nth(0), IntervalPlot.Form.JOINED, points),
                new IntervalPlot.Series(
                    "objective", SeriesStyle.nth(1), IntervalPlot.Form.AREA, border)),
            List.of());
    Figure figure =
        new Figure(
            "plan-" + resource,
            "Latency by " + resource,
            "Simulated at the best prices; bars: all prices low, all prices high",
            "Across: %s, logarithmic. Up: latency, logarithmic. %s".formatted(resource, answer),
            new FigureData(List.of("#" + resource, "#low (ns)", "#best (ns)", "#high (ns)"), rows),
            plot::plot);
    return new Picture(figure, answer);
  }
}
