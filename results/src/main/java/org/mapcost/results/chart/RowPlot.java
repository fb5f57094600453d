package org.mapcost.results.chart;

import java.awt.BasicStroke;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;
import org.mapcost.model.cost.Interval;

/// Named rows of intervals on a logarithmic axis across, the first row on top: things to compare
/// that have no order of their own.
///
/// A value that cannot stand on a logarithmic axis (zero, not a number) is left out; see
/// [#leftOut].
///
/// @param x the name of the axis across
/// @param measures the names of what each row shows, at most three: with filled marks the first,
///   with hollow ones the second, with thin ones the third
public record RowPlot(String x, Scale scale, List<String> measures, List<Row> rows) {
  private static final double RADIUS = 7.5;
  private static final float LINE = 2.2f;

  /// From a row to its first note, and from one note to the next, in rows.
  private static final double BELOW = 0.27;

  private static final double LINE_HEIGHT = 0.17;

  /// By which factor notes stand away from the axis.
  private static final double ASIDE = 1.06;

  /// Between the measures of one row, in rows.
  private static final double APART = 0.24;

  /// One thing.
  ///
  /// @param values one interval for each measure
  /// @param notes lines of words below the marks; for few rows, that leave room for them
  public record Row(String name, SeriesStyle style, List<Interval> values, List<String> notes) {
    public Row {
      values = List.copyOf(values);
      notes = List.copyOf(notes);
    }

    public Row(String name, SeriesStyle style, List<Interval> values) {
      this(name, style, values, List.of());
    }
  }

  public RowPlot {
    measures = List.copyOf(measures);
    rows = List.copyOf(rows);
    if (measures.isEmpty() || measures.size() > Marking.values().length) {
      throw new IllegalArgumentException("one to three measures, not " + measures.size());
    }
    for (Row row : rows) {
      if (row.values.size() != measures.size()) {
        throw new IllegalArgumentException(
            "row %s has %d values for %d measures"
                .formatted(row.name, row.values.size(), measures.size()));
      }
    }
  }

  /// How the values of one measure are told from those of another.
  private enum Marking {
    FILLED(1, 1),
    HOLLOW(1, 0.8),
    SMALL(0.55, 0.6);

    private final double size;
    private final double weight;

    Marking(double size, double weight) {
      this.size = size;
      this.weight = weight;
    }
  }

  /// How many values are not drawn.
  public long leftOut() {
    return rows.stream()
        .flatMap(row -> row.values.stream())
        .filter(each -> !drawable(each))
        .count();
  }

  private static boolean drawable(Interval value) {
    return value.low() > 0 && Double.isFinite(value.high());
  }

  /// Draws the plot. Throws `InputException` when there is no value to draw.
  public XYPlot plot(Theme theme) {
    ValueAxis across =
        Axes.around(
            x,
            scale,
            rows.stream()
                .flatMap(row -> row.values.stream())
                .filter(RowPlot::drawable)
                .flatMapToDouble(each -> DoubleStream.of(each.low(), each.high())));
    XYPlot plot = Axes.plot(theme, across, names(theme));
    XIntervalSeriesCollection data = new XIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setCapLength(7);
    renderer.setUseFillPaint(true);
    renderer.setDrawSeriesLineAsPath(false);
    for (int measure = measures.size() - 1; measure >= 0; measure--) {
      for (int row = 0; row < rows.size(); row++) {
        add(theme, data, renderer, row, measure);
      }
    }
    plot.setDataset(data);
    plot.setRenderer(renderer);
    for (int row = 0; row < rows.size(); row++) {
      addNotes(theme, plot, row, across.getLowerBound());
    }
    plot.setFixedLegendItems(measures.size() > 1 ? legend(theme) : new LegendItemCollection());
    return plot;
  }

  private void add(
      Theme theme, XIntervalSeriesCollection data, XYErrorRenderer renderer, int row, int measure) {
    Row of = rows.get(row);
    Interval value = of.values.get(measure);
    int index = data.getSeriesCount();
    XIntervalSeries series = new XIntervalSeries(index + " " + of.name);
    if (drawable(value)) {
      series.add(
          value.best(),
          value.low(),
          value.high(),
          row + APART * (measure - 0.5 * (measures.size() - 1)));
    }
    data.addSeries(series);
    Marking marking = Marking.values()[measure];
    renderer.setSeriesPaint(index, theme.of(of.style.tone()));
    renderer.setSeriesFillPaint(
        index, theme.of(marking == Marking.HOLLOW ? Tone.GROUND : of.style.tone()));
    renderer.setSeriesShape(index, of.style.mark(RADIUS * marking.size));
    renderer.setSeriesStroke(index, new BasicStroke((float) (LINE * marking.weight)));
    renderer.setSeriesOutlineStroke(index, new BasicStroke(LINE));
    renderer.setSeriesLinesVisible(index, false);
    renderer.setUseOutlinePaint(false);
    renderer.setDrawOutlines(true);
    renderer.setErrorStroke(new BasicStroke(1.8f));
  }

  private void addNotes(Theme theme, XYPlot plot, int row, double left) {
    List<String> notes = rows.get(row).notes;
    for (int line = 0; line < notes.size(); line++) {
      XYTextAnnotation note =
          new XYTextAnnotation(notes.get(line), left * ASIDE, row + BELOW + line * LINE_HEIGHT);
      note.setFont(Typeface.bundled().regular(Figure.SMALL));
      note.setPaint(theme.of(Tone.MUTED));
      note.setTextAnchor(TextAnchor.CENTER_LEFT);
      note.setBackgroundPaint(theme.of(Tone.GROUND));
      plot.addAnnotation(note);
    }
  }

  private ValueAxis names(Theme theme) {
    SymbolAxis axis = new SymbolAxis(null, rows.stream().map(Row::name).toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setInverted(true);
    boolean notes = rows.stream().anyMatch(row -> !row.notes.isEmpty());
    axis.setRange(notes ? -0.4 : -0.6, Math.max(1, rows.size()) - (notes ? 0.3 : 0.4));
    axis.setAxisLinePaint(theme.of(Tone.GRID));
    return axis;
  }

  private LegendItemCollection legend(Theme theme) {
    LegendItemCollection items = new LegendItemCollection();
    SeriesStyle plain = new SeriesStyle(Tone.INK, 0, 0);
    for (int measure = 0; measure < measures.size(); measure++) {
      int of = measure;
      if (rows.stream().noneMatch(row -> drawable(row.values.get(of)))) {
        continue;
      }
      Marking marking = Marking.values()[measure];
      items.add(
          Legends.hollowOrNot(
              measures.get(measure),
              theme,
              plain.mark(RADIUS * marking.size),
              marking == Marking.HOLLOW,
              LINE));
    }
    return items;
  }
}
