package org.mapcost.results.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Memory;
import org.mapcost.results.chart.Theme;

/// Guards that no two lines of the picture lie on each other, and that the numbers behind it have
/// every form of flush all the same.
class TransitionByCpusTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 512})
  void linesThatNobodyCouldTellApartAreOne(int pages) {
    XYDataset lines = picture(pages).figure().plot().apply(Theme.LIGHT).getDataset();
    assertThat(lines.getSeriesCount()).isBetween(3, 8);
    for (int one = 0; one < lines.getSeriesCount(); one++) {
      for (int other = 0; other < one; other++) {
        assertThat(farthest(lines, one, other)).isGreaterThan(1.1);
      }
    }
  }

  @Test
  void theNumbersHaveEveryForm() {
    Picture picture = picture(512);
    assertThat(picture.figure().data().rows())
        .extracting(row -> row.get(0) + ", " + row.get(1))
        .contains(
            "sequential IPIs, caller",
            "concurrent IPIs, caller",
            "INVLPGB, caller",
            "sequential IPIs, stolen",
            "concurrent IPIs, stolen",
            "INVLPGB, caller, TLB flushes alone")
        .doesNotContain("INVLPGB, stolen");
    assertThat(picture.meaning()).contains("One line where forms differ by less than a quarter");
  }

  /// The largest factor between the best values, or the ends, of two lines.
  private static double farthest(XYDataset lines, int one, int other) {
    double farthest = 1;
    var intervals = (org.jfree.data.xy.IntervalXYDataset) lines;
    for (int i = 0; i < lines.getItemCount(one); i++) {
      double[] ratios = {
        lines.getYValue(one, i) / lines.getYValue(other, i),
        intervals.getStartYValue(one, i) / intervals.getStartYValue(other, i),
        intervals.getEndYValue(one, i) / intervals.getEndYValue(other, i)
      };
      for (double ratio : ratios) {
        farthest = Math.max(farthest, Math.max(ratio, 1 / ratio));
      }
    }
    return farthest;
  }

  private static Picture picture(int pages) {
    ResourceTree tree = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();
    Setting usual = Setting.usual(tree, Memory.RAM, "a laptop").orElseThrow();
    return TransitionByCpus.of(
        new Setting(Machines.named(TransitionByCpus.MACHINE), usual.scenario(), usual.where()),
        pages);
  }
}
