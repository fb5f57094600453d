package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.mapcost.model.InputException;

/// Axes to scale, and the empty plot between two of them.
final class Axes {
  /// A log axis spans at least this factor, so that it has ticks to read.
  private static final double NARROWEST = 8;

  /// The factor left free beyond the outermost values of a log axis.
  private static final double MARGIN = 1.4;

  /// Room beyond nothing and all in percent, so that lines at 0 and at 100 % are seen whole.
  private static final double PERCENT_ROOM = 3;

  private Axes() {}

  /// A log axis from `low` to `high`, both above zero.
  static ValueAxis span(String name, Scale scale, double low, double high) {
    LogScaleAxis axis = new LogScaleAxis(name, scale);
    axis.setRange(new Range(low, Math.max(high, low * NARROWEST)));
    return axis;
  }

  /// An axis around the positive numbers among `values`: logarithmic, but for percent.
  static ValueAxis around(String name, Scale scale, DoubleStream values) {
    return scale == Scale.PERCENT ? percent(name) : around(name, scale, values, NARROWEST);
  }

  /// From nothing to all.
  private static ValueAxis percent(String name) {
    NumberAxis axis = new NumberAxis(name);
    axis.setTickUnit(
        new NumberTickUnit(
            20, new DecimalFormat("0 '%'", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setRange(-PERCENT_ROOM, 100 + PERCENT_ROOM);
    return axis;
  }

  /// A log axis around the positive numbers among `values`.
  ///
  /// @param narrowest the least factor from its lower to its upper end
  static ValueAxis around(String name, Scale scale, DoubleStream values, double narrowest) {
    DoubleSummaryStatistics positive =
        values.filter(each -> each > 0 && Double.isFinite(each)).summaryStatistics();
    if (positive.getCount() == 0) {
      throw noData(name);
    }
    double low = positive.getMin() / MARGIN;
    double high = positive.getMax() * MARGIN;
    double missing = Math.sqrt(Math.max(1, narrowest * low / high));
    LogScaleAxis axis = new LogScaleAxis(name, scale);
    axis.setRange(new Range(low / missing, high * missing));
    return axis;
  }

  /// Whole numbers from zero up, `room` is the factor from the largest to the upper end.
  static ValueAxis counts(String name, double largest, double room) {
    if (!Double.isFinite(largest) || largest < 0) {
      throw noData(name);
    }
    NumberAxis axis = new NumberAxis(name);
    double step = 1;
    double[] factors = {2, 2.5, 2};
    for (int i = 0; largest / step > 6; i++) {
      step *= factors[i % factors.length];
    }
    axis.setTickUnit(
        new NumberTickUnit(
            step, new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setRange(0, Math.max(1, largest * room));
    return axis;
  }

  /// An empty plot in a theme: grid and axes, no outline.
  static XYPlot plot(Theme theme, ValueAxis x, ValueAxis y) {
    XYPlot plot = new XYPlot(null, x, y, null);
    plot.setOrientation(PlotOrientation.VERTICAL);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(theme.of(Tone.GRID));
    plot.setRangeGridlinePaint(theme.of(Tone.GRID));
    plot.setDomainGridlineStroke(Figure.hairline());
    plot.setRangeGridlineStroke(Figure.hairline());
    plot.setDomainMinorGridlinesVisible(false);
    plot.setRangeMinorGridlinesVisible(false);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    plot.setDomainZeroBaselineVisible(false);
    plot.setRangeZeroBaselineVisible(false);
    style(theme, x);
    style(theme, y);
    y.setAxisLineVisible(false);
    y.setTickMarksVisible(false);
    return plot;
  }

  /// The letters and lines of an axis.
  static void style(Theme theme, ValueAxis axis) {
    Typeface typeface = Typeface.bundled();
    axis.setLabelFont(typeface.regular(Figure.TEXT));
    axis.setLabelPaint(theme.of(Tone.INK));
    axis.setLabelInsets(new RectangleInsets(6, 6, 6, 6));
    axis.setTickLabelFont(typeface.regular(Figure.SMALL));
    axis.setTickLabelPaint(theme.of(Tone.MUTED));
    axis.setTickLabelInsets(new RectangleInsets(5, 4, 3, 8));
    axis.setAxisLinePaint(theme.of(Tone.NEUTRAL));
    axis.setAxisLineStroke(new BasicStroke(1.2f));
    axis.setTickMarkPaint(theme.of(Tone.NEUTRAL));
    axis.setTickMarkOutsideLength(5);
    axis.setMinorTickMarksVisible(false);
  }

  static InputException noData(String name) {
    return new InputException(
        "no chart of '" + name + "': there is no number to draw; run mapcost bench first.");
  }
}
