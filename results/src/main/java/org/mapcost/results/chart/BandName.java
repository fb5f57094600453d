package org.mapcost.results.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.util.List;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/// The name of a shaded range, at the top of it: the longest form that has room, or none.
final class BandName extends AbstractXYAnnotation {
  @Serial private static final long serialVersionUID = 1L;

  /// Free on both sides of the name, in pixels.
  private static final double MARGIN = 6;

  private final List<String> forms;
  private final double low;
  private final double high;
  private final Font font;
  private final Color colour;

  /// A name for `[low, high]` of the axis across, its forms from long to short.
  BandName(List<String> forms, double low, double high, Font font, Color colour) {
    this.forms = List.copyOf(forms);
    this.low = low;
    this.high = high;
    this.font = font;
    this.colour = colour;
  }

  @Override
  public void draw(
      Graphics2D g2,
      XYPlot plot,
      Rectangle2D area,
      ValueAxis across,
      ValueAxis up,
      int rendererIndex,
      PlotRenderingInfo info) {
    double left = across.valueToJava2D(low, area, plot.getDomainAxisEdge());
    double right = across.valueToJava2D(high, area, plot.getDomainAxisEdge());
    FontMetrics metrics = g2.getFontMetrics(font);
    for (String form : forms) {
      double width = metrics.stringWidth(form);
      if (width + 2 * MARGIN <= right - left) {
        g2.setFont(font);
        g2.setColor(colour);
        double x = (left + right - width) / 2;
        g2.drawString(form, (float) x, (float) (area.getMinY() + MARGIN / 2 + metrics.getAscent()));
        return;
      }
    }
  }
}
