package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;

/// Guards that charts show what they are given to scale, survive degenerate input, and refuse to
/// draw nothing.
class FiguresTest {
  @ParameterizedTest
  @EnumSource
  void visitsOfATreeSpanItsAddresses(BundledTree machine) {
    ResourceTree tree = machine.tree();
    VisitProfile profile = VisitProfile.of(tree);
    Figure figure = VisitsByAddress.of(tree, machine.key(), profile);
    XYPlot plot = figure.plot().apply(Theme.DARK);
    assertThat(plot.getDomainAxis().getRange().getLowerBound()).isEqualTo(1 << 20);
    assertThat(plot.getDomainAxis().getRange().getUpperBound()).isEqualTo((double) profile.end());
    assertThat(plot.getRangeAxis().getRange().getLowerBound()).isZero();
    assertThat(plot.getRangeAxis().getRange().getUpperBound())
        .isGreaterThan((double) profile.most());
    assertThat(plot.getSeriesCount()).isEqualTo(3);
    assertThat(plot.getLegendItems().getItemCount()).isEqualTo(4);
    assertThat(figure.data().rows()).hasSize(profile.pieces().size());
    assertThat(figure.description())
        .contains("from 0 to " + profile.most())
        .contains("The largest PCI BAR")
        .contains("nothing is missed");
    draw(figure);
  }

  @Test
  void aTreeWithoutRamOrBarHasNeitherShadeNorMark() {
    ResourceTree tree =
        new ResourceTree.Builder("t").add(0, 0x200000, 0x2fffff, "Reserved").build();
    Figure figure = VisitsByAddress.of(tree, "t", VisitProfile.of(tree));
    XYPlot plot = figure.plot().apply(Theme.LIGHT);
    assertThat(markers(plot)).isZero();
    assertThat(plot.getLegendItems().getItemCount()).isEqualTo(3);
    assertThat(figure.description()).doesNotContain("BAR");
    draw(figure);
  }

  @Test
  void aSinglePointGetsAxesToReadItBy() {
    XYPlot plot = plot(point(100, 50)).plot(Theme.LIGHT);
    assertThat(plot.getDomainAxis().getRange().contains(100)).isTrue();
    assertThat(plot.getDomainAxis().getRange().getUpperBound())
        .isGreaterThan(7 * plot.getDomainAxis().getRange().getLowerBound());
    draw(figure(plot(point(100, 50))));
  }

  @Test
  void whatALogAxisCannotHoldIsLeftOutAndCounted() {
    IntervalPlot plot =
        plot(
            point(100, 50),
            point(0, 50),
            point(-3, 50),
            point(Double.NaN, 50),
            point(Double.POSITIVE_INFINITY, 50),
            point(5, 0),
            new IntervalPlot.Point(5, new Interval(-1, 2, 3)));
    assertThat(plot.leftOut()).isEqualTo(6);
    assertThat(plot.plot(Theme.LIGHT).getDataset().getItemCount(0)).isEqualTo(1);
    draw(figure(plot));
  }

  @Test
  void anAxisOfPercentHoldsNothingAndAll() {
    IntervalPlot plot =
        new IntervalPlot(
            "x",
            Scale.BYTES,
            "y",
            Scale.PERCENT,
            List.of(
                new IntervalPlot.Series(
                    "s",
                    SeriesStyle.nth(0),
                    IntervalPlot.Form.JOINED,
                    List.of(point(4096, 0), point(8192, 100)))),
            List.of());
    assertThat(plot.leftOut()).isZero();
    XYPlot drawn = plot.plot(Theme.LIGHT);
    assertThat(drawn.getRangeAxis().getRange().contains(0)).isTrue();
    assertThat(drawn.getRangeAxis().getRange().contains(100)).isTrue();
    assertThat(drawn.getDataset().getItemCount(0)).isEqualTo(2);
    draw(figure(plot));
  }

  @Test
  void nothingToDrawIsAClearFailure() {
    for (IntervalPlot empty :
        List.of(
            plot(),
            plot(point(0, 0)),
            new IntervalPlot("x", Scale.BYTES, "y", Scale.TIME, List.of(), List.of()))) {
      assertThatThrownBy(() -> empty.plot(Theme.LIGHT))
          .isInstanceOf(InputException.class)
          .hasMessage("no chart of 'x': there is no number to draw; run mapcost bench first.");
    }
  }

  @Test
  void fortySeriesAllStandInTheLegend() {
    List<IntervalPlot.Series> forty =
        IntStream.range(0, 40)
            .mapToObj(i ->
                new IntervalPlot.Series(
                    "strategy " + i,
                    SeriesStyle.nth(i),
                    IntervalPlot.Form.JOINED,
                    List.of(point(4096 << (i % 9), i + 1))))
            .toList();
    IntervalPlot plot = new IntervalPlot("x", Scale.BYTES, "y", Scale.TIME, forty, List.of());
    assertThat(plot.plot(Theme.LIGHT).getLegendItems().getItemCount()).isEqualTo(40);
    draw(figure(plot));
  }

  @Test
  void seriesOfOneNameStayTwo() {
    IntervalPlot.Series one =
        new IntervalPlot.Series(
            "same", SeriesStyle.nth(0), IntervalPlot.Form.MARKS, List.of(point(1, 1)));
    IntervalPlot plot =
        new IntervalPlot("x", Scale.NUMBERS, "y", Scale.TIME, List.of(one, one), List.of());
    assertThat(plot.plot(Theme.LIGHT).getSeriesCount()).isEqualTo(2);
  }

  @Test
  void pointsAreJoinedInTheOrderOfX() {
    IntervalPlot.Series series =
        new IntervalPlot.Series(
            "s", SeriesStyle.nth(0), IntervalPlot.Form.JOINED, List.of(point(9, 1), point(3, 2)));
    assertThat(series.points()).extracting(IntervalPlot.Point::x).containsExactly(3.0, 9.0);
  }

  @Test
  void areasStandBesideMarksAndInTheLegend() {
    IntervalPlot plot =
        new IntervalPlot(
            "x",
            Scale.NINES,
            "y",
            Scale.TIME,
            List.of(
                new IntervalPlot.Series(
                    "area",
                    SeriesStyle.nth(0),
                    IntervalPlot.Form.AREA,
                    List.of(
                        new IntervalPlot.Point(1, new Interval(1, 2, 3)),
                        new IntervalPlot.Point(100, new Interval(4, 5, 6)))),
                new IntervalPlot.Series(
                    "marks", SeriesStyle.nth(1), IntervalPlot.Form.MARKS, List.of(point(10, 3)))),
            List.of());
    XYPlot drawn = plot.plot(Theme.DARK);
    assertThat(drawn.getDatasetCount()).isEqualTo(2);
    assertThat(drawn.getDataset(0).getItemCount(0)).isEqualTo(2);
    assertThat(drawn.getDataset(1).getItemCount(0)).isEqualTo(1);
    assertThat(drawn.getLegendItems().getItemCount()).isEqualTo(2);
    draw(figure(plot));
  }

  /// The band that lies outside the axis, and one of no width, are not drawn; names give way.
  @Test
  void bandsEndWhereTheAxisEndsAndTheirNamesFit() {
    IntervalPlot plot =
        new IntervalPlot(
            "x",
            Scale.NUMBERS,
            "y",
            Scale.TIME,
            List.of(
                new IntervalPlot.Series(
                    "s",
                    SeriesStyle.nth(0),
                    IntervalPlot.Form.JOINED,
                    List.of(point(10, 1), point(1000, 5)))),
            List.of(
                new IntervalPlot.Band("near and more", "near", 0, 100),
                new IntervalPlot.Band("none and more", "none", 100, 100),
                new IntervalPlot.Band("far and more", "far", 100, 1e6),
                new IntervalPlot.Band(
                    "outside and more", "outside", 1e6, Double.POSITIVE_INFINITY)));
    assertThat(markers(plot.plot(Theme.LIGHT))).isEqualTo(2);
    Figure figure = figure(plot);
    assertThat(Svg.of(figure, Theme.LIGHT, 900, 300, Svg.Letters.TEXT, "a"))
        .contains("near and more</text>", "far and more</text>");
    assertThat(Svg.of(figure, Theme.LIGHT, 260, 300, Svg.Letters.TEXT, "a"))
        .contains("near</text>", "far</text>");
    assertThat(Svg.of(figure, Theme.LIGHT, 130, 300, Svg.Letters.TEXT, "a"))
        .doesNotContain("near</text>");
    draw(figure(plot));
  }

  @Test
  void countsOfZeroHaveAnAxis() {
    assertThat(Axes.counts("n", 0, 1.1).getRange().getUpperBound()).isEqualTo(1);
    assertThatThrownBy(() -> Axes.counts("n", Double.NaN, 1.1)).isInstanceOf(InputException.class);
  }

  @Test
  void aFigureIsNamedAsAFile() {
    Function<Theme, XYPlot> plot = plot(point(1, 1))::plot;
    assertThatThrownBy(
            () -> new Figure("../x", "t", "s", "d", new FigureData(List.of("a"), List.of()), plot))
        .hasMessage("'../x' is no file name for a figure");
  }

  private static int markers(XYPlot plot) {
    Collection<?> markers = plot.getDomainMarkers(Layer.BACKGROUND);
    return markers == null ? 0 : markers.size();
  }

  private static IntervalPlot.Point point(double x, double y) {
    return new IntervalPlot.Point(x, Interval.exactly(y));
  }

  private static IntervalPlot plot(IntervalPlot.Point... points) {
    return new IntervalPlot(
        "x",
        Scale.NUMBERS,
        "y",
        Scale.TIME,
        List.of(
            new IntervalPlot.Series(
                "s", SeriesStyle.nth(0), IntervalPlot.Form.JOINED, List.of(points))),
        List.of());
  }

  private static Figure figure(IntervalPlot plot) {
    return new Figure(
        "f", "title", "subtitle", "d", new FigureData(List.of("a"), List.of()), plot::plot);
  }

  private static void draw(Figure figure) {
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
    assertThatCode(() -> figure.draw(image.createGraphics(), Theme.LIGHT, 320, 180))
        .doesNotThrowAnyException();
  }
}
