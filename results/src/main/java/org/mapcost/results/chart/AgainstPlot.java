package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;

/// What was predicted against what was measured, on two logarithmic axes of one range: on the
/// diagonal both are equal, and a shade reaches to where they differ by a factor.
///
/// @param points the series, as [IntervalPlot] draws them; x is measured, y predicted
/// @param factor how far the shade reaches, above 1
public record AgainstPlot(IntervalPlot points, double factor) {
  public AgainstPlot {
    if (!(factor > 1) || !points.bands().isEmpty()) {
      throw new IllegalArgumentException("a factor above 1 and no bands");
    }
  }

  /// Draws the plot. Throws `InputException` when there is no point to draw.
  public XYPlot plot(Theme theme) {
    XYPlot plot = points.plot(theme);
    Range x = plot.getDomainAxis().getRange();
    Range y = plot.getRangeAxis().getRange();
    Range both = Range.combine(x, y);
    plot.getDomainAxis().setRange(both);
    plot.getRangeAxis().setRange(both);
    double low = both.getLowerBound();
    double high = both.getUpperBound();
    Color shade = theme.shade(1);
    plot.getRenderer()
        .addAnnotation(
            new XYPolygonAnnotation(corners(low, high), new BasicStroke(0), theme.nothing(), shade),
            Layer.BACKGROUND);
    plot.getRenderer()
        .addAnnotation(
            new XYLineAnnotation(
                low, low, high, high, new BasicStroke(1.6f), theme.of(Tone.NEUTRAL)),
            Layer.BACKGROUND);
    return plot;
  }

  /// Both ends of the shade lie outside the axes, where they are cut off.
  private double[] corners(double low, double high) {
    return new double[] {
      low / factor, low, low, low / factor, high * factor, high, high, high * factor
    };
  }
}
