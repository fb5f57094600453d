package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeriesCollection;

/// What an answer becomes when one input after the other goes to its low and to its high end, as
/// bars from the answer at best, the first row on top.
///
/// @param x the name of the axis across, which is logarithmic
/// @param best the answer with every input at its best
public record TornadoPlot(String x, Scale scale, double best, List<Row> rows) {
  private static final double HALF = 0.32;

  /// An axis spans at least this factor.
  private static final double NARROWEST = 2;

  /// Both ends of a bar that is no wider are one line.
  private static final double NOTHING = 1e-9;

  /// One input.
  ///
  /// @param atLow the answer with the input at its low end
  /// @param atHigh the answer with it at its high end
  public record Row(String name, double atLow, double atHigh) {
    boolean drawable() {
      return atLow > 0 && atHigh > 0 && Double.isFinite(atLow) && Double.isFinite(atHigh);
    }
  }

  public TornadoPlot {
    rows = List.copyOf(rows);
  }

  /// How many rows are not drawn.
  public long leftOut() {
    return rows.stream().filter(row -> !row.drawable()).count();
  }

  /// Draws the plot. Throws `InputException` when there is no row to draw.
  public XYPlot plot(Theme theme) {
    List<Row> drawn = rows.stream().filter(Row::drawable).toList();
    if (drawn.isEmpty() || !(best > 0)) {
      throw Axes.noData(x);
    }
    ValueAxis across =
        Axes.around(
            x,
            scale,
            DoubleStream.concat(
                DoubleStream.of(best),
                drawn.stream().flatMapToDouble(row -> DoubleStream.of(row.atLow, row.atHigh))),
            NARROWEST);
    SymbolAxis names = new SymbolAxis(null, drawn.stream().map(Row::name).toArray(String[]::new));
    names.setGridBandsVisible(false);
    names.setInverted(true);
    names.setRange(-0.6, drawn.size() - 0.4);
    XYPlot plot = Axes.plot(theme, across, names);
    plot.setDataset(new XYSeriesCollection());
    // Without a renderer no marker is drawn.
    plot.setRenderer(new XYLineAndShapeRenderer());
    for (int i = 0; i < drawn.size(); i++) {
      bar(theme, plot, i, drawn.get(i).atLow, Tone.BLUE);
      bar(theme, plot, i, drawn.get(i).atHigh, Tone.VERMILLION);
    }
    plot.addDomainMarker(
        new ValueMarker(best, theme.of(Tone.INK), new BasicStroke(1.6f)), Layer.FOREGROUND);
    LegendItemCollection legend = new LegendItemCollection();
    legend.add(Legends.area("input at its low end", theme, theme.of(Tone.BLUE)));
    legend.add(Legends.area("input at its high end", theme, theme.of(Tone.VERMILLION)));
    plot.setFixedLegendItems(legend);
    return plot;
  }

  private void bar(Theme theme, XYPlot plot, int row, double end, Tone tone) {
    if (Math.abs(end / best - 1) < NOTHING) {
      return;
    }
    // The upper half of a row is the low end's, so that two bars to one side are both seen.
    double from = tone == Tone.BLUE ? row - HALF : row;
    plot.addAnnotation(
        new XYBoxAnnotation(
            Math.min(end, best),
            // The axis is inverted, and a box of negative height would not be drawn.
            from + HALF,
            Math.max(end, best),
            from,
            new BasicStroke(0),
            theme.nothing(),
            theme.of(tone)));
  }
}
