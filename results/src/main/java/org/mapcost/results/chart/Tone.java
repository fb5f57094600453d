package org.mapcost.results.chart;

/// What a colour in a chart is for. A [Theme] gives every tone one colour of its own, so a picture
/// drawn in one theme becomes the other by exchanging colours.
public enum Tone {
  /// What everything stands on.
  GROUND,
  /// Titles, and what is read first.
  INK,
  /// Axis labels and the second line.
  MUTED,
  /// Grid lines.
  GRID,
  /// Shaded ranges behind the data, drawn so that the grid shows through.
  BAND,
  /// Bounds and floors: series that are no contestants.
  NEUTRAL,
  BLUE,
  VERMILLION,
  GREEN,
  PURPLE,
  SKY,
  OLIVE,
  INDIGO,
  WINE
}
