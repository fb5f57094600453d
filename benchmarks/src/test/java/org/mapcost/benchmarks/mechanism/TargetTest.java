package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;
import org.mapcost.model.pat.Ram;
import org.mapcost.model.pat.RamTest;

/// Guards what the target names promise, against the answers of the model for every page at which a
/// node of the tree begins or ends.
class TargetTest {
  private static final long PAGE = 4096;
  private static final long MIB = 1L << 20;

  static List<ResourceTree> trees() {
    return Stream.concat(
            Stream.of(BundledTree.values()).map(BundledTree::tree),
            Stream.of(32, 33, 100, 333, 1000).map(SyntheticTree::ofSize))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("trees")
  void firstIsTheLowestRamAboveOneMib(ResourceTree tree) {
    for (ResourceWalk behaviour : ResourceWalk.values()) {
      long first = Target.FIRST.address(tree, behaviour);
      assertThat(first).isGreaterThanOrEqualTo(MIB);
      assertThat(ask(tree, behaviour, first, Visits.counting())).isEqualTo(Ram.YES);
      assertThat(borderPages(tree))
          .filteredOn(page -> page >= MIB && page < first)
          .noneMatch(page -> ask(tree, behaviour, page, Visits.counting()) == Ram.YES);
    }
  }

  @ParameterizedTest
  @MethodSource("trees")
  void noPageOutsideRamVisitsMoreThanLast(ResourceTree tree) {
    for (ResourceWalk behaviour : ResourceWalk.values()) {
      long last = Target.LAST.address(tree, behaviour);
      Visits atLast = Visits.counting();
      assertThat(ask(tree, behaviour, last, atLast)).isEqualTo(Ram.NO);
      for (long page : borderPages(tree)) {
        Visits visits = Visits.counting();
        if (ask(tree, behaviour, page, visits) == Ram.NO) {
          assertThat(visits.count())
              .as("%s %x", behaviour, page)
              .isLessThanOrEqualTo(atLast.count());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trees")
  void middleLiesBetween(ResourceTree tree) {
    long visitedFirst = visited(tree, Target.FIRST);
    long visitedMiddle = visited(tree, Target.MIDDLE);
    assertThat(visitedMiddle)
        .isBetween(visitedFirst, visited(tree, Target.LAST))
        .isBetween(tree.size() / 2L - 1, tree.size() / 2L + 8);
  }

  @Test
  void aMistypedTargetIsRefusedWithTheKnownOnes() {
    assertThat(Target.ofKey("middle")).isEqualTo(Target.MIDDLE);
    assertThatThrownBy(() -> Target.ofKey("lsat"))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("unknown target 'lsat'", "last");
  }

  private static long visited(ResourceTree tree, Target target) {
    Visits visits = Visits.counting();
    ask(tree, ResourceWalk.W2, target.address(tree, ResourceWalk.W2), visits);
    return visits.count();
  }

  private static Ram ask(ResourceTree tree, ResourceWalk behaviour, long page, Visits visits) {
    return new RamTest(tree, behaviour).ask(page, page + PAGE, visits, Meter.NONE);
  }

  private static List<Long> borderPages(ResourceTree tree) {
    return tree.nodes().stream()
        .flatMap(node -> LongStream.of(node.start(), node.end(), node.end() + 1).boxed())
        .map(address -> address & -PAGE)
        .distinct()
        .toList();
  }
}
