package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.LegendItem;

/// The swatches of a legend.
final class Legends {
  private static final Line2D STRETCH = new Line2D.Double(-16, 0, 16, 0);

  private Legends() {}

  static LegendItem line(String text, Theme theme, SeriesStyle style, float width) {
    Color colour = theme.of(style.tone());
    return new LegendItem(
        text,
        null,
        null,
        null,
        false,
        new Ellipse2D.Double(),
        false,
        theme.nothing(),
        false,
        theme.nothing(),
        new BasicStroke(),
        true,
        STRETCH,
        style.stroke(width),
        colour);
  }

  /// A mark, and through it a line where the series' points are joined.
  static LegendItem mark(
      String text, Theme theme, SeriesStyle style, float width, double radius, boolean joined) {
    Color colour = theme.of(style.tone());
    return new LegendItem(
        text,
        null,
        null,
        null,
        true,
        style.mark(radius),
        true,
        colour,
        false,
        theme.nothing(),
        new BasicStroke(),
        joined,
        STRETCH,
        style.stroke(width),
        colour);
  }

  /// A mark in the colour of the text, for what differs by its mark alone.
  static LegendItem hollowOrNot(
      String text, Theme theme, Shape mark, boolean hollow, float outline) {
    return new LegendItem(
        text,
        null,
        null,
        null,
        true,
        mark,
        true,
        theme.of(hollow ? Tone.GROUND : Tone.INK),
        true,
        theme.of(Tone.INK),
        new BasicStroke(outline),
        false,
        STRETCH,
        new BasicStroke(),
        theme.nothing());
  }

  static LegendItem area(String text, Theme theme, Color colour) {
    return new LegendItem(
        text,
        null,
        null,
        null,
        true,
        new Rectangle2D.Double(-14, -9, 28, 18),
        true,
        colour,
        true,
        theme.of(Tone.GRID),
        new BasicStroke(1),
        false,
        STRETCH,
        new BasicStroke(),
        theme.nothing());
  }
}
