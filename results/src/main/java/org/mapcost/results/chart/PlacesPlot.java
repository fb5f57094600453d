package org.mapcost.results.chart;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;

/// Series over places that have names instead of numbers, such as kernels, side by side in the
/// order given.
///
/// @param points the series, as [IntervalPlot] draws them; the first place is x = 1, the next 2
/// @param places their names
public record PlacesPlot(IntervalPlot points, List<String> places) {
  public PlacesPlot {
    places = List.copyOf(places);
  }

  /// Draws the plot. Throws `InputException` when there is no point to draw.
  public XYPlot plot(Theme theme) {
    XYPlot plot = points.plot(theme);
    List<String> symbols = new ArrayList<>(List.of(""));
    symbols.addAll(places);
    SymbolAxis across = new SymbolAxis(points.x(), symbols.toArray(String[]::new));
    across.setGridBandsVisible(false);
    across.setRange(0.5, places.size() + 0.5);
    Axes.style(theme, across);
    plot.setDomainAxis(across);
    return plot;
  }
}
