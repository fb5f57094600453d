package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;

/// Guards that every row has its name, that the values of one row can be told apart, and that what
/// cannot be drawn is counted or refused.
class RowPlotTest {
  private static final Interval NONE = Interval.ZERO;

  @Test
  void rowsStandInTheirOrderFromTheTop() {
    XYPlot plot = plot(List.of("a"), row("first", new Interval(1, 2, 3)), row("second", at(9)));
    SymbolAxis names = (SymbolAxis) plot.getRangeAxis();
    assertThat(names.getSymbols()).containsExactly("first", "second");
    assertThat(names.isInverted()).isTrue();
    assertThat(plot.getDataset().getYValue(0, 0)).isZero();
    assertThat(plot.getDataset().getYValue(1, 0)).isEqualTo(1);
    assertThat(plot.getLegendItems().getItemCount()).isZero();
  }

  @Test
  void measuresOfOneRowStandApart() {
    XYPlot plot = plot(List.of("a", "b", "c"), row("r", at(5), at(5), at(5)));
    List<Double> places =
        IntStream.range(0, 3).mapToObj(i -> plot.getDataset().getYValue(i, 0)).toList();
    assertThat(places).doesNotHaveDuplicates().allMatch(y -> Math.abs(y) < 0.5);
    assertThat(plot.getLegendItems().getItemCount()).isEqualTo(3);
  }

  @Test
  void whatCostsNothingIsLeftOutAndCounted() {
    RowPlot plot = new RowPlot("x", Scale.TIME, List.of("a", "b"), List.of(row("r", at(5), NONE)));
    assertThat(plot.leftOut()).isEqualTo(1);
    draw(plot);
  }

  @Test
  void nothingToDrawIsAClearFailure() {
    for (List<RowPlot.Row> rows : List.of(List.<RowPlot.Row>of(), List.of(row("r", NONE)))) {
      assertThatThrownBy(() -> new RowPlot("x", Scale.TIME, List.of("a"), rows).plot(Theme.LIGHT))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("no chart of 'x': there is no number to draw");
    }
  }

  @Test
  void fortyRowsAllKeepTheirName() {
    List<RowPlot.Row> rows =
        IntStream.range(0, 40).mapToObj(i -> row("strategy " + i, at(i + 1))).toList();
    RowPlot plot = new RowPlot("x", Scale.TIME, List.of("a"), rows);
    assertThat(((SymbolAxis) plot.plot(Theme.DARK).getRangeAxis()).getSymbols()).hasSize(40);
    draw(plot);
  }

  @Test
  void notesStandBelowTheirRow() {
    List<String> notes = List.of("one", "two");
    XYPlot plot =
        plot(
            List.of("a"),
            new RowPlot.Row("r", SeriesStyle.nth(0), List.of(at(5)), notes),
            row("s", at(7)));
    assertThat(plot.getAnnotations())
        .extracting(each -> ((XYTextAnnotation) each).getText())
        .isEqualTo(notes);
    assertThat(plot.getAnnotations())
        .extracting(each -> ((XYTextAnnotation) each).getY())
        .isSorted()
        .allMatch(y -> y > 0 && y < 0.5);
  }

  @Test
  void everyRowHasAValueForEveryMeasure() {
    assertThatThrownBy(() -> plot(List.of("a", "b"), row("r", at(1))))
        .hasMessage("row r has 1 values for 2 measures");
    assertThatThrownBy(() -> plot(List.of(), row("r"))).hasMessage("one to three measures, not 0");
  }

  private static Interval at(double value) {
    return Interval.exactly(value);
  }

  private static RowPlot.Row row(String name, Interval... values) {
    return new RowPlot.Row(name, SeriesStyle.nth(0), List.of(values));
  }

  private static XYPlot plot(List<String> measures, RowPlot.Row... rows) {
    RowPlot plot = new RowPlot("x", Scale.TIME, measures, Stream.of(rows).toList());
    draw(plot);
    return plot.plot(Theme.LIGHT);
  }

  private static void draw(RowPlot plot) {
    Figure figure =
        new Figure(
            "f", "title", "subtitle", "d", new FigureData(List.of("a"), List.of()), plot::plot);
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
    assertThatCode(() -> figure.draw(image.createGraphics(), Theme.LIGHT, 320, 180))
        .doesNotThrowAnyException();
  }
}
