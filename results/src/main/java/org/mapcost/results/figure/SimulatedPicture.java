package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.SimulatedOutcome;
import org.mapcost.model.whatif.SimulatedSweep;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.PlacesPlot;
import org.mapcost.results.chart.Scale;

/// What strategies did in simulations along one key with numbers.
public final class SimulatedPicture {
  /// The marks of a word take so much of its place.
  private static final double WIDTH = 0.6;

  private SimulatedPicture() {}

  /// The chart: lines along numbers, marks beside each other where the key has words.
  ///
  /// @param sweep over one key
  /// @param points all of the sweep's
  /// @param answer its answer in a sentence, for those who cannot see the chart
  public static Picture of(SimulatedSweep sweep, List<SimulatedSweep.Point> points, String answer) {
    Range range = sweep.axes().getFirst().range();
    String key = range.key().name();
    KeyAxis axis = new KeyAxis(range);
    List<IntervalPlot.Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Strategy strategy : sweep.strategies()) {
      List<IntervalPlot.Point> drawn = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        if (points.get(i).outcomes().get(strategy) instanceof SimulatedOutcome.Value value) {
          Interval figure = value.interval();
          double place =
              i + 1 + WIDTH * (series.size() + 0.5) / sweep.strategies().size() - WIDTH / 2;
          drawn.add(new IntervalPlot.Point(range.numeric() ? axis.value(i) : place, figure));
          List<String> row = new ArrayList<>(List.of(strategy.name(), range.text(i)));
          row.addAll(ModelChart.cells(figure));
          rows.add(row);
        }
      }
      if (!drawn.isEmpty()) {
        series.add(
            new IntervalPlot.Series(
                strategy.name(),
                ModelChart.style(strategy.name(), series.size()),
                IntervalPlot.Form.JOINED,
                drawn));
      }
    }
    boolean time = sweep.measure().unit().equals("ns");
    IntervalPlot plot =
        new IntervalPlot(
            axis.title(),
            axis.scale(),
            sweep.measure().words(),
            time ? Scale.TIME : Scale.NUMBERS,
            series,
            List.of());
    String unit = time ? "ns" : "a second";
    Figure figure =
        new Figure(
            "whatif-" + key.replaceAll("[^a-z0-9]+", "-"),
            "%s, by %s".formatted(ModelChart.capital(sweep.measure().words()), axis.title()),
            "Simulated: %s on %s%s; bars: lowest and highest of %d possible worlds"
                .formatted(
                    sweep.base().workload().name(),
                    sweep.base().setup().machine().name(),
                    key.equals("kernel") ? "" : ", kernel " + sweep.base().setup().kernel().label(),
                    sweep.replications()),
            "Across: %s. Up: %s, logarithmic. %s%s"
                .formatted(
                    axis.titleAndKey() + (range.numeric() ? ", logarithmic" : ""),
                    sweep.measure().words(),
                    answer,
                    ModelChart.leftOut(plot.leftOut())),
            new FigureData(
                List.of(
                    "strategy",
                    key,
                    "#low (" + unit + ")",
                    "#best (" + unit + ")",
                    "#high (" + unit + ")"),
                rows),
            range.numeric() ? plot::plot : new PlacesPlot(plot, SweepPicture.words(range))::plot);
    return new Picture(figure, answer);
  }
}
