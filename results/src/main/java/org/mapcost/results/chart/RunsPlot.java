package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.mapcost.model.cost.Interval;

/// Values over a series of runs, each relative to its first, with what is known to have changed and
/// what the values show to have.
///
/// @param lines what is followed
/// @param known changes with a name
/// @param runs how many there are
public record RunsPlot(List<Line> lines, List<Known> known, int runs) {
  /// As many lines can be told apart.
  public static final int MOST = 6;

  private static final List<Tone> TONES =
      List.of(Tone.BLUE, Tone.VERMILLION, Tone.GREEN, Tone.PURPLE, Tone.SKY, Tone.OLIVE);
  private static final float WIDTH = 2.2f;
  private static final double RADIUS = 5.5;

  /// One benchmark.
  ///
  /// @param changes the runs from which on it is another, counted from 1
  public record Line(String name, List<Point> points, List<Integer> changes) {}

  /// One run's value.
  ///
  /// @param run counted from 1
  /// @param value relative to the first run
  public record Point(int run, Interval value) {}

  /// A change with a name.
  ///
  /// @param run the first with it, counted from 1
  public record Known(int run, String name) {}

  public RunsPlot {
    lines = List.copyOf(lines);
    known = List.copyOf(known);
    if (lines.size() > MOST) {
      throw new IllegalArgumentException("up to " + MOST + " lines, not " + lines.size());
    }
  }

  /// Draws the plot. Throws `InputException` when there is no line to draw.
  public XYPlot plot(Theme theme) {
    if (lines.isEmpty()) {
      throw Axes.noData("run");
    }
    NumberAxis across = new NumberAxis("run");
    across.setTickUnit(new NumberTickUnit(Math.max(1, Math.ceil(runs / 15.0)), whole()));
    across.setRange(0.5, runs + 0.5);
    NumberAxis up = new NumberAxis("score relative to the first run");
    double low = 1;
    double high = 1;
    for (Line line : lines) {
      for (Point point : line.points) {
        low = Math.min(low, point.value.low());
        high = Math.max(high, point.value.high());
      }
    }
    double room = Math.max(0.02, 0.12 * (high - low));
    up.setRange(low - room, high + 2 * room);
    up.setNumberFormatOverride(
        new DecimalFormat("0.00#", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    XYPlot plot = Axes.plot(theme, across, up);
    addLines(theme, plot);
    known.forEach(each -> plot.addDomainMarker(marker(theme, each), Layer.BACKGROUND));
    addChanges(theme, plot);
    return plot;
  }

  private void addLines(Theme theme, XYPlot plot) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(5);
    LegendItemCollection legend = new LegendItemCollection();
    for (Line line : lines) {
      int index = data.getSeriesCount();
      SeriesStyle style = style(index);
      YIntervalSeries drawn = new YIntervalSeries(index + " " + line.name, false, true);
      line.points.forEach(
          point -> drawn.add(point.run, point.value.best(), point.value.low(), point.value.high()));
      data.addSeries(drawn);
      renderer.setSeriesPaint(index, theme.of(style.tone()));
      renderer.setSeriesStroke(index, style.stroke(WIDTH));
      renderer.setSeriesShape(index, style.mark(RADIUS));
      renderer.setSeriesLinesVisible(index, true);
      legend.add(Legends.mark(line.name, theme, style, WIDTH, RADIUS, true));
    }
    renderer.setErrorStroke(new BasicStroke(1.3f));
    plot.setDataset(data);
    plot.setRenderer(renderer);
    plot.setFixedLegendItems(legend);
  }

  private static SeriesStyle style(int index) {
    return new SeriesStyle(TONES.get(index), 0, index % 5);
  }

  private static ValueMarker marker(Theme theme, Known change) {
    ValueMarker marker = new ValueMarker(change.run - 0.5);
    marker.setPaint(theme.of(Tone.MUTED));
    marker.setStroke(
        new BasicStroke(
            1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {6, 4}, 0));
    marker.setLabel(change.name);
    marker.setLabelFont(Typeface.bundled().regular(Figure.SMALL));
    marker.setLabelPaint(theme.of(Tone.INK));
    marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
    marker.setLabelTextAnchor(TextAnchor.TOP_LEFT);
    marker.setLabelBackgroundColor(theme.nothing());
    return marker;
  }

  /// A ring around the first value of each change.
  private void addChanges(Theme theme, XYPlot plot) {
    double across = plot.getDomainAxis().getRange().getLength() * 0.011;
    double up = plot.getRangeAxis().getRange().getLength() * 0.024;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      for (Point point : line.points) {
        if (line.changes.contains(point.run)) {
          plot.addAnnotation(
              new XYShapeAnnotation(
                  new Ellipse2D.Double(
                      point.run - across, point.value.best() - up, 2 * across, 2 * up),
                  new BasicStroke(2.4f),
                  theme.of(style(i).tone())));
        }
      }
    }
  }

  private static DecimalFormat whole() {
    return new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }
}
