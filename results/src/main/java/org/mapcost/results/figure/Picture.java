package org.mapcost.results.figure;

import org.mapcost.results.chart.Figure;

/// A chart and what it means.
///
/// @param meaning how it is to be read and what it leaves out, for beside the chart
public record Picture(Figure figure, String meaning) {}
