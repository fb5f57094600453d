package org.mapcost.results.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.Serial;
import java.util.List;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/// A place of a [MapPlot] in its winner's colour; where it is a tie, under stripes of the colour of
/// who may be as good. Stripes tell a tie in grey, too.
final class CellShade extends AbstractXYAnnotation {
  @Serial private static final long serialVersionUID = 1L;

  private static final double STEP = 20;
  private static final float STRIPE = 5;
  private static final float EDGE = 3;

  private final transient MapPlot.Cell cell;
  private final transient List<Color> colours;
  private final transient Color ground;

  /// @param ground what everything stands on
  /// @param colours of who wins, and behind it of who may be as good where it is a tie
  CellShade(MapPlot.Cell cell, List<Color> colours, Color ground) {
    this.cell = cell;
    this.colours = colours;
    this.ground = ground;
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
    double left = across.valueToJava2D(cell.xLow(), area, plot.getDomainAxisEdge());
    double right = across.valueToJava2D(cell.xHigh(), area, plot.getDomainAxisEdge());
    double bottom = up.valueToJava2D(cell.yLow(), area, plot.getRangeAxisEdge());
    double top = up.valueToJava2D(cell.yHigh(), area, plot.getRangeAxisEdge());
    Rectangle2D box = new Rectangle2D.Double(left, top, right - left, bottom - top);
    g2.setComposite(AlphaComposite.SrcOver);
    g2.setPaint(colours.getFirst());
    // Neighbours share an edge: smoothed, it would let the ground shine through.
    Object smoothing = g2.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    g2.fill(box);
    g2.setRenderingHint(
        RenderingHints.KEY_ANTIALIASING,
        smoothing == null ? RenderingHints.VALUE_ANTIALIAS_DEFAULT : smoothing);
    if (!cell.sure()) {
      hatch(g2, box);
    }
  }

  /// Lines of 45 degrees through points that all cells share, so that they run on from cell to
  /// cell; edges in the colour of the ground set them off in grey, too.
  private void hatch(Graphics2D g2, Rectangle2D box) {
    Shape clip = g2.getClip();
    g2.clip(box);
    lines(g2, box, ground, STRIPE + EDGE);
    lines(g2, box, colours.getLast(), STRIPE);
    g2.setClip(clip);
  }

  private static void lines(Graphics2D g2, Rectangle2D box, Color colour, float width) {
    g2.setPaint(colour);
    g2.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    double first = Math.floor((box.getMinX() + box.getMinY()) / STEP) * STEP;
    for (double sum = first; sum < box.getMaxX() + box.getMaxY() + STEP; sum += STEP) {
      // Both ends lie outside, where they are cut off.
      double fromX = sum - box.getMaxY() - STEP;
      double toX = sum - box.getMinY() + STEP;
      g2.draw(new Line2D.Double(fromX, sum - fromX, toX, sum - toX));
    }
  }
}
