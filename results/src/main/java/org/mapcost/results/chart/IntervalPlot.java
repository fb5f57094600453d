package org.mapcost.results.chart;

import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.mapcost.model.cost.Interval;

/// Series of points with intervals on two logarithmic axes, before shaded ranges of x.
///
/// What cannot stand on a logarithmic axis (zero, negative, not a number) is left out; see
/// [#leftOut].
///
/// @param x the name of the axis across
/// @param y the name of the axis up
public record IntervalPlot(
    String x, Scale xScale, String y, Scale yScale, List<Series> series, List<Band> bands) {
  private static final float LINE = 2.2f;
  private static final double RADIUS = 6.5;

  /// One colour, one legend entry.
  ///
  /// @param joined whether a line goes through the points, in the order of x
  public record Series(String name, SeriesStyle style, boolean joined, List<Point> points) {
    public Series {
      points = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    }
  }

  /// One measured or computed value with its uncertainty.
  public record Point(double x, Interval y) {
    boolean drawable() {
      return x > 0 && Double.isFinite(x) && y.low() > 0 && Double.isFinite(y.high());
    }
  }

  /// A range of x with a name, and a shorter one for narrow pictures. The ends may be 0 and
  /// infinity.
  public record Band(String name, String shortName, double low, double high) {}

  public IntervalPlot {
    series = List.copyOf(series);
    bands = List.copyOf(bands);
  }

  /// How many points are not drawn.
  public long leftOut() {
    return series.stream()
        .flatMap(each -> each.points.stream())
        .filter(point -> !point.drawable())
        .count();
  }

  /// Draws the plot. Throws `InputException` when there is no point to draw.
  public XYPlot plot(Theme theme) {
    List<Point> points =
        series.stream().flatMap(each -> each.points.stream()).filter(Point::drawable).toList();
    ValueAxis xAxis = Axes.around(x, xScale, points.stream().mapToDouble(Point::x));
    ValueAxis yAxis =
        Axes.around(
            y,
            yScale,
            points.stream().flatMapToDouble(each -> DoubleStream.of(each.y.low(), each.y.high())));
    XYPlot plot = Axes.plot(theme, xAxis, yAxis);
    if (!bands.isEmpty()) {
      // Room at the top for their names.
      Range up = yAxis.getRange();
      double ratio = up.getUpperBound() / up.getLowerBound();
      yAxis.setRange(up.getLowerBound(), up.getUpperBound() * Math.pow(ratio, 0.08));
      addBands(theme, plot, xAxis.getRange());
    }
    addSeries(theme, plot);
    return plot;
  }

  private void addSeries(Theme theme, XYPlot plot) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(7);
    LegendItemCollection legend = new LegendItemCollection();
    for (Series each : series) {
      int index = data.getSeriesCount();
      YIntervalSeries drawn = new YIntervalSeries(index + " " + each.name, false, true);
      for (Point point : each.points) {
        if (point.drawable()) {
          drawn.add(point.x, point.y.best(), point.y.low(), point.y.high());
        }
      }
      data.addSeries(drawn);
      renderer.setSeriesPaint(index, theme.of(each.style.tone()));
      renderer.setSeriesStroke(index, each.style.stroke(LINE));
      renderer.setSeriesShape(index, each.style.mark(RADIUS));
      renderer.setSeriesLinesVisible(index, each.joined);
      legend.add(Legends.mark(each.name, theme, each.style, LINE, RADIUS, each.joined));
    }
    renderer.setErrorStroke(new java.awt.BasicStroke(1.6f));
    plot.setDataset(data);
    plot.setRenderer(renderer);
    plot.setFixedLegendItems(legend);
  }

  private void addBands(Theme theme, XYPlot plot, Range across) {
    int shade = 0;
    for (Band band : bands) {
      double low = Math.max(band.low, across.getLowerBound());
      double high = Math.min(band.high, across.getUpperBound());
      Color colour = theme.shade(shade++ % 2);
      if (low >= high) {
        continue;
      }
      IntervalMarker marker = new IntervalMarker(low, high, colour);
      marker.setAlpha(1);
      plot.addDomainMarker(marker, Layer.BACKGROUND);
      plot.addAnnotation(
          new BandName(
              List.of(band.name, band.shortName),
              low,
              high,
              Typeface.bundled().regular(Figure.SMALL),
              theme.of(Tone.MUTED)));
    }
  }
}
