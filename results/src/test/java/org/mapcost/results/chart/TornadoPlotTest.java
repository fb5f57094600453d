package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.TornadoPlot.Row;

/// Guards that a tornado shows every input that can be shown, in the order given, and no bar where
/// an input changes nothing.
class TornadoPlotTest {
  @Test
  void everyInputHasARowAndABarForEachEndThatMatters() {
    XYPlot plot =
        tornado(new Row("prices.cpi", 50, 200), new Row("prices.ipi", 100, 130)).plot(Theme.LIGHT);
    assertThat(((SymbolAxis) plot.getRangeAxis()).getSymbols())
        .containsExactly("prices.cpi", "prices.ipi");
    assertThat(plot.getAnnotations()).hasSize(3);
    assertThat(plot.getDomainAxis().getRange().contains(50)).isTrue();
    assertThat(plot.getDomainAxis().getRange().contains(200)).isTrue();
  }

  @Test
  void bothBarsToOneSideAreSeen() {
    draw(tornado(new Row("a", 150, 200)));
    assertThat(tornado(new Row("a", 150, 200)).plot(Theme.LIGHT).getAnnotations()).hasSize(2);
  }

  @Test
  void whatALogAxisCannotHoldIsLeftOutAndCounted() {
    TornadoPlot plot =
        tornado(new Row("a", 50, 200), new Row("b", 0, 3), new Row("c", Double.NaN, 3));
    assertThat(plot.leftOut()).isEqualTo(2);
    assertThat(((SymbolAxis) plot.plot(Theme.DARK).getRangeAxis()).getSymbols())
        .containsExactly("a");
  }

  @Test
  void oneRowWithoutWidthAndFortyRowsAreDrawn() {
    draw(tornado(new Row("still", 100, 100)));
    Row[] forty =
        IntStream.range(1, 41)
            .mapToObj(i -> new Row("r" + i, 100 - i, 100 + i))
            .toArray(Row[]::new);
    draw(tornado(forty));
  }

  @Test
  void nothingToDrawIsAClearFailure() {
    assertThatThrownBy(() -> tornado().plot(Theme.LIGHT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no chart of 'x'");
    assertThatThrownBy(() ->
            new TornadoPlot("x", Scale.TIME, 0, List.of(new Row("a", 1, 2))).plot(Theme.LIGHT))
        .isInstanceOf(InputException.class);
  }

  private static TornadoPlot tornado(Row... rows) {
    return new TornadoPlot("x", Scale.TIME, 100, List.of(rows));
  }

  private static void draw(TornadoPlot plot) {
    Figure figure =
        new Figure("f", "t", "s", "d", new FigureData(List.of("a"), List.of()), plot::plot);
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
    assertThatCode(() -> figure.draw(image.createGraphics(), Theme.LIGHT, 320, 180))
        .doesNotThrowAnyException();
  }
}
