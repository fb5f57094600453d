package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.mapcost.model.cost.Interval;

/// Series of points with intervals on two logarithmic axes, or one of percent up, before shaded
/// ranges of x.
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
  private static final float AREA_ALPHA = 0.16f;

  /// How a series is drawn.
  public enum Form {
    /// Marks with bars.
    MARKS,
    /// Marks with bars, and a line through them in the order of x.
    JOINED,
    /// A line in the order of x, and what lies between the ends of the intervals as an area: for
    /// many points that have no meaning one by one.
    AREA
  }

  /// One colour, one legend entry.
  public record Series(String name, SeriesStyle style, Form form, List<Point> points) {
    public Series {
      points = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    }
  }

  /// One measured or computed value with its uncertainty.
  public record Point(double x, Interval y) {
    boolean drawable(Scale up) {
      boolean holds = up == Scale.PERCENT ? y.low() >= 0 : y.low() > 0;
      return x > 0 && Double.isFinite(x) && holds && Double.isFinite(y.high());
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
        .filter(point -> !point.drawable(yScale))
        .count();
  }

  /// Draws the plot. Throws `InputException` when there is no point to draw.
  public XYPlot plot(Theme theme) {
    List<Point> points =
        series.stream()
            .flatMap(each -> each.points.stream())
            .filter(point -> point.drawable(yScale))
            .toList();
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
    addAreas(theme, plot);
    addMarks(theme, plot);
    plot.setFixedLegendItems(legend(theme));
    return plot;
  }

  private LegendItemCollection legend(Theme theme) {
    LegendItemCollection legend = new LegendItemCollection();
    for (Series each : series) {
      legend.add(
          each.form == Form.AREA
              ? Legends.line(each.name, theme, each.style, LINE)
              : Legends.mark(each.name, theme, each.style, LINE, RADIUS, each.form == Form.JOINED));
    }
    return legend;
  }

  private void addAreas(Theme theme, XYPlot plot) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(AREA_ALPHA);
    for (Series each : series) {
      if (each.form == Form.AREA) {
        int index = data.getSeriesCount();
        data.addSeries(drawn(index, each));
        renderer.setSeriesPaint(index, theme.of(each.style.tone()));
        renderer.setSeriesFillPaint(index, theme.of(each.style.tone()));
        renderer.setSeriesStroke(index, each.style.stroke(LINE));
      }
    }
    put(plot, data, renderer);
  }

  /// Adds a dataset unless it is empty.
  private static void put(XYPlot plot, YIntervalSeriesCollection data, XYItemRenderer renderer) {
    if (data.getSeriesCount() > 0) {
      int index = plot.getDataset() == null ? 0 : plot.getDatasetCount();
      plot.setDataset(index, data);
      plot.setRenderer(index, renderer);
    }
  }

  private YIntervalSeries drawn(int index, Series of) {
    YIntervalSeries drawn = new YIntervalSeries(index + " " + of.name, false, true);
    for (Point point : of.points) {
      if (point.drawable(yScale)) {
        drawn.add(point.x, point.y.best(), point.y.low(), point.y.high());
      }
    }
    return drawn;
  }

  private void addMarks(Theme theme, XYPlot plot) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(7);
    renderer.setErrorStroke(new BasicStroke(1.6f));
    for (Series each : series) {
      if (each.form != Form.AREA) {
        int index = data.getSeriesCount();
        data.addSeries(drawn(index, each));
        renderer.setSeriesPaint(index, theme.of(each.style.tone()));
        renderer.setSeriesStroke(index, each.style.stroke(LINE));
        renderer.setSeriesShape(index, each.style.mark(RADIUS));
        renderer.setSeriesLinesVisible(index, each.form == Form.JOINED);
      }
    }
    put(plot, data, renderer);
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
