package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Meter;

/// Guards the search of `ioremap` against the rules on the flat list of lines: before 5.13 only
/// lines at top level count, and W0 asks for the flags before it lets a line end the search; later
/// it is the search that everybody uses.
class FindMemoryTest {
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void equalsTheRulesOnLines(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 1500; i++) {
      ResourceTree tree = RandomTree.of(random, 1 + random.nextInt(40));
      long start = edge(random, tree);
      long end = start + random.nextLong(3 * 4096);
      for (ResourceWalk walk : List.of(ResourceWalk.W0, ResourceWalk.W1)) {
        Visits visits = Visits.recording();
        @Nullable Resource found =
            walk.findMemory(tree, start, end, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
        List<Integer> expected = new ArrayList<>();
        @Nullable Resource first = topLevel(walk, tree, start, end, expected);
        assertThat(found).as("%s %x-%x", walk, start, end).isSameAs(first);
        assertThat(visits.numbers()).containsExactly(expected.stream().mapToInt(n -> n).toArray());
      }
      for (ResourceWalk walk : List.of(ResourceWalk.W2, ResourceWalk.W3)) {
        Visits asked = Visits.recording();
        Visits any = Visits.recording();
        assertThat(walk.findMemory(tree, start, end, Resource.MEM, asked, Meter.NONE))
            .isSameAs(walk.find(tree, start, end, Resource.MEM, any, Meter.NONE));
        assertThat(asked.numbers()).isEqualTo(any.numbers());
      }
    }
  }

  /// A node's first or last address, or one beside it: the places where comparisons differ.
  private static long edge(RandomGenerator random, ResourceTree tree) {
    if (tree.size() == 0) {
      return random.nextLong(RandomTree.TOP);
    }
    Resource node = tree.node(random.nextInt(tree.size()));
    long at = random.nextBoolean() ? node.start() : node.end();
    return Math.max(0, at + random.nextInt(-1, 2));
  }

  private static @Nullable Resource topLevel(
      ResourceWalk walk, ResourceTree tree, long start, long end, List<Integer> visited) {
    for (Resource line : tree.nodes()) {
      if (line.depth() > 0) {
        continue;
      }
      visited.add(line.number());
      boolean ram = line.isSystemRam();
      if (line.start() > end && (ram || walk == ResourceWalk.W1)) {
        return null;
      }
      if (ram && line.end() >= start) {
        return line;
      }
    }
    return null;
  }
}
