package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;

/// Guards that a synthetic tree has the size it is named for, is well formed in the eyes of the
/// reader of real files, and keeps the shape of real machines at every size.
class SyntheticTreeTest {
  private static final long PHYSICAL_ADDRESSES = 1L << 52;

  @ParameterizedTest
  @ValueSource(ints = {32, 33, 34, 47, 64, 100, 101, 999, 1000, 4321, 10_000, 100_000})
  void isReadBackWithoutAWarningAndWithAllItsNodes(int size) {
    ResourceTree tree = SyntheticTree.ofSize(size);
    assertThat(tree.name()).isEqualTo("synthetic-" + size);
    assertThat(tree.size()).isEqualTo(size);
    ProcIomem.Reading reading = ProcIomem.parse("copy", iomem(tree));
    assertThat(reading.warnings()).isEmpty();
    assertThat(iomem(reading.tree())).isEqualTo(iomem(tree));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 10_000, 100_000})
  void keepsTheSharesOfRealTrees(int size) {
    ResourceTree tree = SyntheticTree.ofSize(size);
    assertThat((double) tree.topLevelNodes() / size).isBetween(0.2, 0.4);
    assertThat(fullestTopLevelNode(tree)).isBetween(8, 64);
    assertThat(tree.nodes().stream().mapToInt(Resource::depth).max().orElseThrow()).isBetween(2, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 1000, 100_000})
  void everyFirmwareRangeAddsItselfAndAPieceOfRam(int size) {
    ResourceTree tree = SyntheticTree.ofSize(size);
    int firmware = 0;
    for (Resource p = tree.root().child(); p != null; p = p.sibling()) {
      Resource between = p.sibling();
      Resource behind = between == null ? null : between.sibling();
      if (between != null
          && behind != null
          && p.isSystemRam()
          && !between.isSystemRam()
          && behind.isSystemRam()
          && between.start() == p.end() + 1
          && behind.start() == between.end() + 1) {
        firmware++;
      }
    }
    long ram = tree.nodes().stream().filter(Resource::isSystemRam).count();
    assertThat(firmware)
        .as("one range in the first MiB; low and high RAM are two pieces without any")
        .isGreaterThan(size / 10)
        .isEqualTo((int) ram - 2);
  }

  @Test
  void theLargestFitsIntoTheAddressesOfX86() {
    ResourceTree tree = SyntheticTree.ofSize(2_000_000);
    Resource last = tree.node(tree.size() - 1);
    assertThat(last.end()).isLessThan(PHYSICAL_ADDRESSES / (SyntheticTree.MAX_NODES / tree.size()));
  }

  @Test
  void theSameNameGivesTheSameTreeAndAnotherSizeAnother() {
    assertThat(iomem(SyntheticTree.ofName("synthetic-500")))
        .isEqualTo(iomem(SyntheticTree.ofSize(500)))
        .isNotEqualTo(iomem(SyntheticTree.ofSize(501)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"synthetic-", "synthetic-x", "synthetic-1e3", "synthetic-99999999999"})
  void aNameWithoutANumberIsRefused(String name) {
    assertThatThrownBy(() -> SyntheticTree.ofName(name))
        .isInstanceOf(InputException.class)
        .hasMessage("'" + name + "' is no synthetic tree: write, for example, synthetic-1000.");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 31, 10_000_001})
  void aSizeOutOfRangeIsRefused(int size) {
    assertThatThrownBy(() -> SyntheticTree.ofName("synthetic-" + size))
        .isInstanceOf(InputException.class)
        .hasMessage("a synthetic tree has 32 to 10000000 nodes, not " + size + ".");
  }

  private static int fullestTopLevelNode(ResourceTree tree) {
    int fullest = 0;
    for (Resource p = tree.root().child(); p != null; p = p.sibling()) {
      Resource next = p.sibling();
      fullest = Math.max(fullest, (next == null ? tree.size() : next.number()) - p.number());
    }
    return fullest;
  }

  private static String iomem(ResourceTree tree) {
    StringBuilder text = new StringBuilder();
    tree.forEach(node -> text.repeat("  ", node.depth()).append(node).append('\n'));
    return text.toString();
  }
}
