package org.mapcost.results.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeriesCollection;

/// A plane of two logarithmic axes in which every place belongs to a winner: surely, or in a tie.
///
/// @param x the name of the axis across
/// @param y the name of the axis up
/// @param winners everyone who may win, in the order of the legend
/// @param cells the places; what none of them covers stays empty
public record MapPlot(
    String x, Scale xScale, String y, Scale yScale, List<Winner> winners, List<Cell> cells) {

  /// Someone who may win.
  public record Winner(String name, SeriesStyle style) {}

  /// A rectangle, its ends above zero.
  ///
  /// @param winner the name of who wins there
  /// @param sure whether no other may be as good
  public record Cell(
      double xLow, double xHigh, double yLow, double yHigh, String winner, boolean sure) {
    boolean drawable() {
      return xLow > 0
          && yLow > 0
          && xHigh > xLow
          && yHigh > yLow
          && Double.isFinite(xHigh)
          && Double.isFinite(yHigh);
    }
  }

  public MapPlot {
    winners = List.copyOf(winners);
    cells = List.copyOf(cells);
    List<String> names = winners.stream().map(Winner::name).toList();
    for (Cell cell : cells) {
      if (!names.contains(cell.winner)) {
        throw new IllegalArgumentException(cell.winner + " wins, but is no winner of the legend");
      }
    }
  }

  /// How many cells are not drawn.
  public long leftOut() {
    return cells.stream().filter(cell -> !cell.drawable()).count();
  }

  /// Draws the plot. Throws `InputException` when there is no cell to draw.
  public XYPlot plot(Theme theme) {
    List<Cell> drawn = cells.stream().filter(Cell::drawable).toList();
    if (drawn.isEmpty()) {
      throw Axes.noData(x);
    }
    ValueAxis across =
        Axes.span(
            x,
            xScale,
            drawn.stream().mapToDouble(Cell::xLow).min().orElseThrow(),
            drawn.stream().mapToDouble(Cell::xHigh).max().orElseThrow());
    ValueAxis up =
        Axes.span(
            y,
            yScale,
            drawn.stream().mapToDouble(Cell::yLow).min().orElseThrow(),
            drawn.stream().mapToDouble(Cell::yHigh).max().orElseThrow());
    XYPlot plot = Axes.plot(theme, across, up);
    plot.setDataset(new XYSeriesCollection());
    Map<String, SeriesStyle> styles = new LinkedHashMap<>();
    winners.forEach(each -> styles.put(each.name, each.style));
    for (Cell cell : joined(drawn)) {
      SeriesStyle style = java.util.Objects.requireNonNull(styles.get(cell.winner));
      plot.addAnnotation(new CellShade(cell, theme, style));
    }
    LegendItemCollection legend = new LegendItemCollection();
    for (Winner each : winners) {
      if (drawn.stream().anyMatch(cell -> cell.winner.equals(each.name))) {
        legend.add(Legends.area(each.name, theme, theme.of(each.style.tone())));
      }
    }
    plot.setFixedLegendItems(legend);
    return plot;
  }

  /// Neighbours across that say the same become one cell: fewer edges to see, fewer bytes.
  static List<Cell> joined(List<Cell> cells) {
    List<Cell> sorted =
        cells.stream()
            .sorted(
                java.util.Comparator.comparingDouble(Cell::yLow).thenComparingDouble(Cell::xLow))
            .toList();
    List<Cell> joined = new ArrayList<>();
    for (Cell cell : sorted) {
      if (joined.isEmpty()) {
        joined.add(cell);
        continue;
      }
      Cell last = joined.getLast();
      if (last.yLow == cell.yLow
          && last.yHigh == cell.yHigh
          && last.xHigh == cell.xLow
          && last.winner.equals(cell.winner)
          && last.sure == cell.sure) {
        joined.removeLast();
        joined.add(new Cell(last.xLow, cell.xHigh, cell.yLow, cell.yHigh, cell.winner, cell.sure));
      } else {
        joined.add(cell);
      }
    }
    return joined;
  }
}
