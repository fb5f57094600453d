package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Interval;

/// Guards that predictions stand against measurements on two axes of one range, so that the
/// diagonal means equal.
class AgainstPlotTest {
  @Test
  void bothAxesHaveOneRange() {
    XYPlot plot =
        against(
                new IntervalPlot.Point(10, new Interval(500, 1000, 2000)),
                new IntervalPlot.Point(3000, new Interval(20, 40, 80)))
            .plot(Theme.LIGHT);
    assertThat(plot.getDomainAxis().getRange()).isEqualTo(plot.getRangeAxis().getRange());
    assertThat(plot.getDomainAxis().getRange().contains(10)).isTrue();
    assertThat(plot.getDomainAxis().getRange().contains(3000)).isTrue();
  }

  @Test
  void aSinglePointOfNoWidthIsDrawnBesideTheLine() {
    Figure figure =
        new Figure(
            "f",
            "t",
            "s",
            "d",
            new FigureData(List.of("a"), List.of()),
            against(new IntervalPlot.Point(5, Interval.exactly(5)))::plot);
    assertThat(Svg.of(figure, Theme.DARK, 400, 300, Svg.Letters.TEXT, "a")).contains("<line");
  }

  @Test
  void aFactorIsAboveOne() {
    IntervalPlot points = against().points();
    assertThatThrownBy(() -> new AgainstPlot(points, 1))
        .hasMessage("a factor above 1 and no bands");
  }

  private static AgainstPlot against(IntervalPlot.Point... points) {
    return new AgainstPlot(
        new IntervalPlot(
            "x",
            Scale.NUMBERS,
            "y",
            Scale.NUMBERS,
            List.of(
                new IntervalPlot.Series(
                    "s", SeriesStyle.nth(0), IntervalPlot.Form.MARKS, List.of(points))),
            List.of()),
        2);
  }
}
