package org.mapcost.results.chart;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/// A logarithmic axis with the ticks of a [Scale], as many as stand side by side with room between.
final class LogScaleAxis extends LogAxis {
  @Serial private static final long serialVersionUID = 1L;

  /// Between two labels side by side, in pixels.
  private static final double GAP_ACROSS = 26;

  /// Between two labels one above the other, in heights of a line.
  private static final double GAP_UP = 0.7;

  private final Scale scale;

  LogScaleAxis(String name, Scale scale) {
    super(name);
    this.scale = scale;
    setSmallestValue(Double.MIN_NORMAL);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public List refreshTicks(
      Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
    boolean across = RectangleEdge.isTopOrBottom(edge);
    FontMetrics metrics = g2.getFontMetrics(getTickLabelFont());
    double low = getRange().getLowerBound();
    double high = getRange().getUpperBound();
    List<Double> values = scale.finest(low, high);
    for (int level = 0; !fits(values, metrics, dataArea, edge, across); level++) {
      List<Double> fewer = scale.ticks(low, high, level);
      if (fewer.size() < 2 || level == Scale.COARSEST) {
        break;
      }
      values = fewer;
    }
    TextAnchor anchor = across ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<NumberTick> ticks = new ArrayList<>();
    for (double value : values) {
      ticks.add(new NumberTick(value, scale.label(value), anchor, TextAnchor.CENTER, 0));
    }
    return ticks;
  }

  private boolean fits(
      List<Double> values,
      FontMetrics metrics,
      Rectangle2D area,
      RectangleEdge edge,
      boolean across) {
    double free = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      double at = valueToJava2D(value, area, edge);
      double size = across ? metrics.stringWidth(scale.label(value)) : metrics.getHeight();
      double position = across ? at : -at;
      if (position - size / 2 < free) {
        return false;
      }
      free = position + size / 2 + (across ? GAP_ACROSS : GAP_UP * size);
    }
    return true;
  }
}
