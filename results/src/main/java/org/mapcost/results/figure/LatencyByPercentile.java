package org.mapcost.results.figure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.IntervalPlot.Form;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.run.HistogramFile;

/// How long things took, by percentile, on an axis that gives every further nine the same room.
public final class LatencyByPercentile {
  /// Points for one factor of ten of the rest above a percentile.
  private static final int POINTS = 24;

  /// The most nines that are shown.
  private static final int MOST_NINES = 7;

  /// One line of the chart.
  ///
  /// @param of value by share of values, several times: the forks of a run, or the ends of prices
  /// @param count how many values it rests on; 0 where that is unknown
  public record Curve(String name, List<SortedMap<Double, Double>> of, long count) {
    public Curve {
      of = List.copyOf(of);
      if (of.isEmpty() || of.stream().anyMatch(each -> each.isEmpty())) {
        throw new IllegalArgumentException(name + " has no values");
      }
    }

    /// The middle of what the distributions say at a share, and the two ends.
    private Interval at(double share) {
      double[] sorted = of.stream().mapToDouble(each -> valueAt(each, share)).sorted().toArray();
      return new Interval(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }

    private static double valueAt(SortedMap<Double, Double> distribution, double share) {
      SortedMap<Double, Double> atOrAbove = distribution.tailMap(share - 1e-12);
      double key = atOrAbove.isEmpty() ? distribution.lastKey() : atOrAbove.firstKey();
      return requireNonNull(distribution.get(key));
    }

    private double most() {
      return of.stream().mapToDouble(each -> each.get(each.lastKey())).max().orElse(0);
    }

    /// As many nines as the values can tell: beyond them a percentile is the largest value.
    private double nines() {
      double largestBelowOne =
          of.stream()
              .flatMapToDouble(each -> DoubleStream.of(Math.log10(1 / rest(each))))
              .max()
              .orElse(0);
      return Math.clamp(largestBelowOne, 1, MOST_NINES);
    }

    private static double rest(SortedMap<Double, Double> distribution) {
      return distribution.keySet().stream()
          .mapToDouble(share -> 1 - share)
          .filter(rest -> rest > 1e-12)
          .min()
          .orElse(0.1);
    }
  }

  private LatencyByPercentile() {}

  /// The curves of a file of HdrHistogram.
  ///
  /// @param file `.hlog` or `.hgrm`
  /// @param nanoseconds what one recorded value is, where the file is not mapcost's own
  public static List<Curve> read(java.nio.file.Path file, double nanoseconds) {
    List<Curve> curves = new ArrayList<>();
    for (HistogramFile.Distribution each : HistogramFile.distributions(file)) {
      curves.add(
          new Curve(
              each.name(),
              each.forks().stream().map(fork -> scaled(fork, nanoseconds)).toList(),
              0));
    }
    return curves;
  }

  private static SortedMap<Double, Double> scaled(SortedMap<Double, Double> fork, double by) {
    SortedMap<Double, Double> scaled = new TreeMap<>();
    fork.forEach((share, value) -> scaled.put(share, value * by));
    return scaled;
  }

  /// The chart.
  ///
  /// @param of what took that long, in a few words
  /// @param conditions the second line of the title
  /// @param area what the area around a line is
  /// @throws InputException where there is no curve
  public static Picture of(List<Curve> curves, String of, String conditions, String area) {
    List<IntervalPlot.Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> nothing = new ArrayList<>();
    int shared = shared(curves.stream().map(Curve::name).toList());
    for (Curve curve : curves) {
      if (!(curve.most() > 0)) {
        nothing.add(curve.name);
        continue;
      }
      List<IntervalPlot.Point> points = new ArrayList<>();
      for (int i = 0; i <= Math.round(POINTS * curve.nines()); i++) {
        double nines = Math.pow(10, (double) i / POINTS);
        double share = 1 - 1 / nines;
        Interval latency = curve.at(share);
        points.add(new IntervalPlot.Point(nines, latency));
        List<String> row =
            new ArrayList<>(
                List.of(curve.name, String.format(java.util.Locale.ROOT, "%.5f", 100 * share)));
        row.addAll(ModelChart.cells(latency));
        rows.add(row);
      }
      series.add(
          new IntervalPlot.Series(
              curve.name.substring(shared), SeriesStyle.nth(series.size()), Form.AREA, points));
    }
    if (series.isEmpty()) {
      throw new InputException("no chart of latency: there is no value above zero to draw.");
    }
    IntervalPlot plot =
        new IntervalPlot(
            "percentile (each further nine as wide)",
            Scale.NINES,
            "time of one operation",
            Scale.TIME,
            series,
            List.of());
    return new Picture(
        new Figure(
            "latency-by-percentile",
            of + ", by percentile",
            shared == 0
                ? conditions
                : curves.getFirst().name.substring(0, shared - 1) + "; " + conditions,
            "Across: percentiles, each further nine as wide as the one before. Up: time of one"
                + " operation, logarithmic. At the right end of each line: "
                + ModelChart.ends(series)
                + "."
                + ModelChart.leftOut(plot.leftOut()),
            new FigureData(
                List.of("what", "#percentile", "#low (ns)", "#best (ns)", "#high (ns)"), rows),
            plot::plot),
        "Of 1000 operations one takes longer than what stands at 99.9 %. A line ends where no more"
            + " operations were seen. "
            + area
            + (nothing.isEmpty()
                ? ""
                : " Take no time and are not drawn: " + String.join(", ", nothing) + "."));
  }

  /// How long a beginning all names share, up to one of their colons: it is told once, not in every
  /// line of the legend.
  private static int shared(List<String> names) {
    String first = names.isEmpty() ? "" : names.getFirst();
    int shared = names.size() < 2 ? 0 : first.lastIndexOf(':') + 1;
    for (String name : names) {
      while (shared > 0 && !name.startsWith(first.substring(0, shared))) {
        shared = first.lastIndexOf(':', shared - 2) + 1;
      }
    }
    return shared;
  }
}
