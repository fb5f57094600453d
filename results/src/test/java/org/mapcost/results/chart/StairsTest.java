package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.jfree.data.xy.XYSeries;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.benchmarks.mechanism.SyntheticTree;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;

/// Guards that a line of fewer corners is the same picture.
class StairsTest {
  /// The lowest and the highest place of each column in which something changes.
  private static void extend(Map<Long, double[]> ends, long column, double visits) {
    double[] known = ends.computeIfAbsent(column, _ -> new double[] {visits, visits});
    known[0] = Math.min(known[0], visits);
    known[1] = Math.max(known[1], visits);
  }

  private static void same(VisitProfile profile, ResourceWalk walk) {
    Map<Long, double[]> expected = new TreeMap<>();
    double before = Double.NaN;
    for (VisitProfile.Piece piece : profile.pieces()) {
      double visits = (double) piece.visits(walk);
      if (visits != before) {
        extend(expected, Stairs.column(profile, (double) piece.start()), visits);
        before = visits;
      }
    }
    XYSeries line = Stairs.of(profile, walk);
    Map<Long, double[]> drawn = new TreeMap<>();
    for (int i = 0; i < line.getItemCount() - 1; i += 2) {
      extend(drawn, Stairs.column(profile, line.getX(i).doubleValue()), line.getY(i).doubleValue());
    }
    assertThat(drawn.keySet()).isEqualTo(expected.keySet());
    drawn.forEach(
        (column, ends) -> assertThat(ends).as("column %d", column).isEqualTo(expected.get(column)));
    int last = line.getItemCount() - 1;
    assertThat(line.getY(last).doubleValue())
        .isEqualTo((double) profile.pieces().getLast().visits(walk));
    assertThat(line.getX(last).doubleValue()).isEqualTo((double) profile.end());
  }

  @ParameterizedTest
  @EnumSource(
      value = ResourceWalk.class,
      names = {"W0", "W1", "W2"})
  void columnsReachAsHighAndAsLow(ResourceWalk walk) {
    ResourceTree many = SyntheticTree.ofSize(3000);
    VisitProfile profile = VisitProfile.of(many, 20_000_000);
    same(profile, walk);
    assertThat(Stairs.of(profile, walk).getItemCount()).isLessThan(profile.pieces().size());
    same(VisitProfile.of(BundledTree.LAPTOP_COMETLAKE_IGPU.tree()), walk);
  }
}
