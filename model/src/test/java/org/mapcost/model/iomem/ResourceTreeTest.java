package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Meter;

/// Guards that a tree made anew in another order of creation is the same tree of other nodes.
class ResourceTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 30, 300})
  void recreatedIsTheSameTreeOfOtherNodes(int most) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(most);
    ResourceTree tree = RandomTree.of(random, most);
    int size = tree.size();
    int[] backwards = IntStream.range(0, size).map(i -> size - 1 - i).toArray();
    ResourceTree copy = tree.recreated(backwards);

    assertThat(copy.name()).isEqualTo(tree.name());
    assertThat(copy.size()).isEqualTo(size);
    assertThat(copy.topLevelNodes()).isEqualTo(tree.topLevelNodes());
    for (int i = 0; i < size; i++) {
      assertThat(copy.node(i)).isNotSameAs(tree.node(i)).hasToString(tree.node(i).toString());
      assertThat(copy.node(i).number()).isEqualTo(i);
      assertThat(copy.node(i).depth()).isEqualTo(tree.node(i).depth());
      assertThat(copy.node(i).isSystemRam()).isEqualTo(tree.node(i).isSystemRam());
    }
    for (ResourceWalk behaviour : ResourceWalk.values()) {
      for (Resource each : tree.nodes()) {
        assertThat(visited(behaviour, copy, each.start()))
            .isEqualTo(visited(behaviour, tree, each.start()));
      }
    }
  }

  private static int[] visited(ResourceWalk behaviour, ResourceTree tree, long address) {
    Visits visits = Visits.recording();
    behaviour.find(tree, address, address, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
    return visits.numbers();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void anOrderOfAnotherLengthIsRefused(int more) {
    ResourceTree tree = RandomTree.of(RandomGeneratorFactory.of("L64X128MixRandom").create(7), 10);
    int length = tree.size() + more;
    assertThatThrownBy(() -> tree.recreated(new int[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(length + " numbers for " + tree.size() + " nodes");
  }
}
