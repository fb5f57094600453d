package org.mapcost.results.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
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
  /// @param rival who may be as good, and is a winner of the legend; empty where the win is sure
  public record Cell(
      double xLow, double xHigh, double yLow, double yHigh, String winner, Optional<String> rival) {
    boolean sure() {
      return rival.isEmpty();
    }

    /// Who may win here.
    List<String> names() {
      return rival.map(other -> List.of(winner, other)).orElse(List.of(winner));
    }

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
      for (String name : cell.names()) {
        if (!names.contains(name)) {
          throw new IllegalArgumentException(name + " wins, but is no winner of the legend");
        }
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
      List<Color> colours =
          cell.names().stream()
              .map(name -> theme.of(Objects.requireNonNull(styles.get(name)).tone()))
              .toList();
      plot.addAnnotation(new CellShade(cell, colours, theme.of(Tone.GROUND)));
    }
    LegendItemCollection legend = new LegendItemCollection();
    for (Winner each : winners) {
      if (drawn.stream().anyMatch(cell -> cell.names().contains(each.name))) {
        legend.add(Legends.area(each.name, theme, theme.of(each.style.tone())));
      }
    }
    plot.setFixedLegendItems(legend);
    return plot;
  }

  /// Neighbours that say the same become one cell, first across and then up: fewer edges to see,
  /// fewer bytes.
  static List<Cell> joined(List<Cell> cells) {
    List<Cell> rows =
        joined(
            cells,
            Comparator.comparingDouble(Cell::yLow).thenComparingDouble(Cell::xLow),
            (a, b) -> a.yLow == b.yLow && a.yHigh == b.yHigh && a.xHigh == b.xLow);
    return joined(
        rows,
        Comparator.comparingDouble(Cell::xLow)
            .thenComparingDouble(Cell::xHigh)
            .thenComparingDouble(Cell::yLow),
        (a, b) -> a.xLow == b.xLow && a.xHigh == b.xHigh && a.yHigh == b.yLow);
  }

  private static List<Cell> joined(
      List<Cell> cells, Comparator<Cell> order, BiPredicate<Cell, Cell> touch) {
    List<Cell> joined = new ArrayList<>();
    for (Cell cell : cells.stream().sorted(order).toList()) {
      Cell last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && touch.test(last, cell)
          && last.winner.equals(cell.winner)
          && last.rival.equals(cell.rival)) {
        joined.removeLast();
        joined.add(new Cell(last.xLow, cell.xHigh, last.yLow, cell.yHigh, cell.winner, cell.rival));
      } else {
        joined.add(cell);
      }
    }
    return joined;
  }
}
