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

/// Guards each walk against a second one that shares no code with it: it works on the flat list of
/// lines, as the findings about recorded kernels state the rules, and follows no links.
class ResourceWalkTest {
  private static final int TREES = 60;
  private static final int QUERIES = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void equalsTheIndependentWalker(long seed) {
    RandomGenerator random = generator(seed);
    for (int i = 0; i < TREES; i++) {
      ResourceTree tree = RandomTree.of(random, 1 + random.nextInt(80));
      for (int j = 0; j < QUERIES; j++) {
        long start = random.nextLong(RandomTree.TOP + 8192) & -4096;
        long end = start + 4096L * (1 + random.nextInt(4)) - 1;
        for (ResourceWalk behaviour : ResourceWalk.values()) {
          Visits visits = Visits.recording();
          @Nullable Resource found =
              behaviour.find(tree, start, end, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
          FlatWalk expected = FlatWalk.of(behaviour, tree, start, end);
          assertThat(visits.numbers())
              .as("%s %x-%x", behaviour, start, end)
              .containsExactly(expected.visited.stream().mapToInt(n -> n).toArray());
          assertThat(found == null ? -1 : found.number()).isEqualTo(expected.found);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void allBehavioursFindTheSameAndW2VisitsNoLessThanW1(long seed) {
    RandomGenerator random = generator(seed);
    for (int i = 0; i < TREES * QUERIES; i++) {
      ResourceTree tree = RandomTree.of(random, 1 + random.nextInt(40));
      long start = random.nextLong(RandomTree.TOP) & -4096;
      Visits w1 = Visits.counting();
      Visits w2 = Visits.counting();
      @Nullable Resource skipping =
          ResourceWalk.W1.find(tree, start, start + 4095, Resource.MEM, w1, Meter.NONE);
      @Nullable Resource full =
          ResourceWalk.W2.find(tree, start, start + 4095, Resource.MEM, w2, Meter.NONE);
      assertThat(skipping).isSameAs(full);
      assertThat(w2.count()).isGreaterThanOrEqualTo(w1.count());
    }
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// The rules on the list of lines. `found` is -1 when nothing was.
  private record FlatWalk(List<Integer> visited, int found) {
    static FlatWalk of(ResourceWalk behaviour, ResourceTree tree, long start, long end) {
      List<Integer> visited = new ArrayList<>();
      boolean skipping = behaviour == ResourceWalk.W1 || behaviour == ResourceWalk.W3;
      for (Resource line : tree.nodes()) {
        if (skipping && line.depth() > 0) {
          continue;
        }
        visited.add(line.number());
        boolean ram = line.name().startsWith("System RAM");
        boolean stops = behaviour != ResourceWalk.W0 || ram;
        if (stops && line.start() > end) {
          return new FlatWalk(visited, -1);
        }
        if (ram && line.end() >= start && line.start() <= end) {
          return new FlatWalk(visited, line.number());
        }
        skipping &= line.end() < start;
      }
      return new FlatWalk(visited, -1);
    }
  }
}
