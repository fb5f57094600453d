package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.benchmarks.mechanism.SyntheticTree;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pat.RamQuery;

/// Guards that a profile, which asks one page of each piece, is right for every page of it.
class VisitProfileTest {
  @ParameterizedTest
  @EnumSource
  void anyPageCostsWhatItsPieceSays(BundledTree machine) {
    ResourceTree tree = machine.tree();
    VisitProfile profile = VisitProfile.of(tree);
    assertThat(profile.exact()).isTrue();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    for (int i = 0; i < 400; i++) {
      Resource node = tree.node(random.nextInt(tree.size()));
      long edge = random.nextBoolean() ? node.start() : node.end();
      long near = edge + (random.nextInt(5) - 2) * 4096L;
      check(tree, profile, near);
      double octaves = random.nextDouble(20, Math.log((double) profile.end()) / Math.log(2));
      check(tree, profile, (long) Math.pow(2, octaves));
    }
  }

  private static void check(ResourceTree tree, VisitProfile profile, long address) {
    long page = address & -4096;
    if (page < profile.start() || page >= profile.end()) {
      return;
    }
    VisitProfile.Piece piece =
        profile.pieces().stream()
            .filter(each -> each.start() <= page && page < each.end())
            .findFirst()
            .orElseThrow();
    for (ResourceWalk walk : ResourceWalk.values()) {
      assertThat(piece.visits(walk))
          .as("%s at %x", walk, page)
          .isEqualTo(RamQuery.ask(tree, walk, page, page + 4096).visited());
    }
  }

  @ParameterizedTest
  @EnumSource
  void piecesHaveNoGapAndNeighboursDiffer(BundledTree machine) {
    List<VisitProfile.Piece> pieces = VisitProfile.of(machine.tree()).pieces();
    for (int i = 1; i < pieces.size(); i++) {
      assertThat(pieces.get(i).start()).isEqualTo(pieces.get(i - 1).end());
      assertThat(pieces.get(i).like(pieces.get(i - 1))).isFalse();
    }
    assertThat(pieces.getFirst().start()).isEqualTo(1 << 20);
  }

  @Test
  void aHugeTreeIsAskedLessAndSaysSo() {
    ResourceTree tree = SyntheticTree.ofSize(5_000);
    VisitProfile profile = VisitProfile.of(tree, 2_000_000);
    assertThat(profile.exact()).isFalse();
    assertThat(profile.asked()).isBetween(2, 140);
    assertThat(profile.end()).isGreaterThan(1L << 32);
  }

  /// A tree that ends below 1 MiB still gives one piece to look at.
  @Test
  void aTreeBelowOneMebibyteHasOnePiece() {
    ResourceTree tree = new ResourceTree.Builder("small").add(0, 0, 0xfff, "Reserved").build();
    VisitProfile profile = VisitProfile.of(tree);
    assertThat(profile.pieces()).hasSize(1);
    assertThat(profile.most()).isEqualTo(1);
  }
}
