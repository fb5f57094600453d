package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.MapPlot.Cell;
import org.mapcost.results.chart.MapPlot.Winner;

/// Guards that a map of winners covers its plane to scale, tells ties from sure wins, and survives
/// degenerate input.
class MapPlotTest {
  private static final Optional<String> SURE = Optional.empty();
  private static final Winner A = new Winner("a", SeriesStyle.nth(0));
  private static final Winner B = new Winner("b", SeriesStyle.nth(1));

  @Test
  void theAxesSpanTheCells() {
    XYPlot plot =
        map(
                new Cell(4096, 8192, 1, 2, "a", SURE),
                new Cell(8192, 65536, 1, 2, "b", SURE),
                new Cell(4096, 65536, 2, 64, "b", Optional.of("a")))
            .plot(Theme.LIGHT);
    assertThat(plot.getDomainAxis().getRange().getLowerBound()).isEqualTo(4096);
    assertThat(plot.getDomainAxis().getRange().getUpperBound()).isEqualTo(65536);
    assertThat(plot.getRangeAxis().getRange().getUpperBound()).isEqualTo(64);
    assertThat(plot.getAnnotations()).hasSize(3);
  }

  @Test
  void onlyWhoWinsSomewhereStandsInTheLegend() {
    XYPlot plot = map(new Cell(1, 2, 1, 2, "b", SURE)).plot(Theme.LIGHT);
    assertThat(plot.getLegendItems().getItemCount()).isEqualTo(1);
    assertThat(plot.getLegendItems().get(0).getLabel()).isEqualTo("b");
  }

  @Test
  void aTieIsHatchedAndASureWinIsNot() {
    String sure = svg(map(new Cell(1, 16, 1, 16, "a", SURE)));
    String tied = svg(map(new Cell(1, 16, 1, 16, "a", Optional.of("b"))));
    assertThat(tied.split("<line", -1).length).isGreaterThan(sure.split("<line", -1).length + 20);
    assertThat(sure).doesNotContain(Theme.LIGHT.hex(Tone.VERMILLION));
    assertThat(tied).contains(Theme.LIGHT.hex(Tone.BLUE), Theme.LIGHT.hex(Tone.VERMILLION));
  }

  @Test
  void neighboursThatSayTheSameAreJoined() {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      cells.add(new Cell(1 << i, 2 << i, 1, 2, i < 5 ? "a" : "b", SURE));
    }
    assertThat(MapPlot.joined(cells))
        .containsExactly(new Cell(1, 32, 1, 2, "a", SURE), new Cell(32, 256, 1, 2, "b", SURE));
    assertThat(
            MapPlot.joined(
                List.of(
                    new Cell(1, 2, 1, 2, "a", SURE),
                    new Cell(2, 4, 1, 2, "a", SURE),
                    new Cell(1, 2, 2, 4, "a", SURE),
                    new Cell(2, 4, 2, 4, "a", SURE))))
        .containsExactly(new Cell(1, 4, 1, 4, "a", SURE));
    List<Cell> apart = List.of(new Cell(1, 2, 1, 2, "a", SURE), new Cell(4, 8, 1, 2, "a", SURE));
    assertThat(MapPlot.joined(apart)).hasSize(2);
  }

  @Test
  void cellsThatNoLogAxisHoldsAreLeftOutAndCounted() {
    MapPlot map =
        map(
            new Cell(1, 2, 1, 2, "a", SURE),
            new Cell(0, 2, 1, 2, "a", SURE),
            new Cell(1, 1, 1, 2, "a", SURE),
            new Cell(Double.NaN, 2, 1, 2, "a", SURE),
            new Cell(1, Double.POSITIVE_INFINITY, 1, 2, "a", SURE));
    assertThat(map.leftOut()).isEqualTo(4);
    assertThat(map.plot(Theme.LIGHT).getAnnotations()).hasSize(1);
    draw(map);
  }

  @Test
  void fortyWinnersAreDrawn() {
    List<Winner> winners =
        IntStream.range(0, 40).mapToObj(i -> new Winner("s" + i, SeriesStyle.nth(i))).toList();
    List<Cell> cells =
        IntStream.range(0, 40)
            .mapToObj(
                i -> new Cell(i + 1, i + 2, 1, 2, "s" + i, i % 2 == 0 ? SURE : Optional.of("s0")))
            .toList();
    MapPlot map = new MapPlot("x", Scale.NUMBERS, "y", Scale.NUMBERS, winners, cells);
    assertThat(map.plot(Theme.DARK).getLegendItems().getItemCount()).isEqualTo(40);
    draw(map);
  }

  @Test
  void nothingToDrawIsAClearFailure() {
    assertThatThrownBy(() -> map().plot(Theme.LIGHT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no chart of 'x'");
    assertThatThrownBy(() -> map(new Cell(1, 2, 1, 2, "c", SURE)))
        .hasMessage("c wins, but is no winner of the legend");
  }

  private static MapPlot map(Cell... cells) {
    return new MapPlot("x", Scale.BYTES, "y", Scale.NUMBERS, List.of(A, B), List.of(cells));
  }

  private static Figure figure(MapPlot map) {
    return new Figure("f", "t", "s", "d", new FigureData(List.of("a"), List.of()), map::plot);
  }

  private static String svg(MapPlot map) {
    return Svg.of(figure(map), Theme.LIGHT, 600, 400, Svg.Letters.TEXT, "m");
  }

  private static void draw(MapPlot map) {
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
    assertThatCode(() -> figure(map).draw(image.createGraphics(), Theme.LIGHT, 320, 180))
        .doesNotThrowAnyException();
  }
}
