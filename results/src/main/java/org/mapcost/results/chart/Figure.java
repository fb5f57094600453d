package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/// One chart: what it says, what it shows, and the numbers behind it.
///
/// @param name the name of its files, without ending
/// @param title what it shows, in a few words
/// @param subtitle of what, and under which conditions
/// @param description the same for someone who cannot see it: what the axes are and what stands out
/// @param data every number that is drawn
/// @param plot the drawing, in a theme
public record Figure(
    String name,
    String title,
    String subtitle,
    String description,
    FigureData data,
    Function<Theme, XYPlot> plot) {
  /// Sizes of letters in pixels of a picture [#WIDTH] wide; still legible at half of it.
  static final int TITLE = 28;

  static final int TEXT = 20;
  static final int SMALL = 18;

  /// The usual picture, for pages and slides.
  public static final int WIDTH = 1280;

  public static final int HEIGHT = 720;

  public Figure {
    if (!name.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("'" + name + "' is no file name for a figure");
    }
  }

  /// Draws it into `[0, width) x [0, height)`. Pixel for pixel the same letters in any size: a
  /// narrow picture holds less, not smaller, text.
  public void draw(Graphics2D g2, Theme theme, int width, int height) {
    chart(theme).draw(g2, new Rectangle2D.Double(0, 0, width, height));
  }

  JFreeChart chart(Theme theme) {
    Typeface typeface = Typeface.bundled();
    XYPlot xy = plot.apply(theme);
    JFreeChart chart = new JFreeChart(null, typeface.bold(TITLE), xy, false);
    chart.setBackgroundPaint(theme.of(Tone.GROUND));
    chart.setBorderVisible(false);
    chart.setPadding(new RectangleInsets(18, 20, 14, 28));
    chart.addSubtitle(line(title, typeface.bold(TITLE), theme, Tone.INK, 4));
    chart.addSubtitle(line(subtitle, typeface.regular(TEXT), theme, Tone.MUTED, 10));
    if (xy.getLegendItems().getItemCount() > 0) {
      chart.addSubtitle(legend(xy, typeface, theme));
    }
    return chart;
  }

  private static TextTitle line(String text, Font font, Theme theme, Tone tone, double below) {
    TextTitle line = new TextTitle(text, font);
    line.setPaint(theme.of(tone));
    line.setHorizontalAlignment(HorizontalAlignment.LEFT);
    line.setTextAlignment(HorizontalAlignment.LEFT);
    line.setPadding(0, 0, below, 0);
    return line;
  }

  /// The legend stands above the plot, never on data.
  private static LegendTitle legend(XYPlot xy, Typeface typeface, Theme theme) {
    LegendTitle legend = new LegendTitle(xy);
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setItemFont(typeface.regular(SMALL));
    legend.setItemPaint(theme.of(Tone.INK));
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    legend.setLegendItemGraphicPadding(new RectangleInsets(3, 0, 3, 4));
    legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 26));
    legend.setPadding(0, 0, 12, 0);
    return legend;
  }

  /// Thin lines of the grid and the axes.
  static BasicStroke hairline() {
    return new BasicStroke(1);
  }
}
