package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;

/// Guards the number of visits of a one-page search against its closed form, which counts nodes by
/// their ranges and walks nowhere, and the edges of the walk through System RAM.
class VisitFormulaTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void visitsAreThoseOfTheClosedForm(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 400; i++) {
      ResourceTree tree = RandomTree.of(random, 1 + random.nextInt(80));
      for (int j = 0; j < 10; j++) {
        long start = random.nextLong(RandomTree.TOP + 8192) & -4096;
        for (ResourceWalk walk : ResourceWalk.values()) {
          Visits visits = Visits.counting();
          walk.find(tree, start, start + 4095, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
          assertThat(visits.count())
              .as("%s %x", walk, start)
              .isEqualTo(formula(walk, tree, start, start + 4095));
        }
      }
    }
  }

  private static long formula(ResourceWalk walk, ResourceTree tree, long start, long end) {
    List<Resource> nodes = tree.nodes();
    @Nullable Resource ram = first(nodes, start, end);
    long stop = ram == null ? nodes.size() : ram.number() + 1L;
    return switch (walk) {
      case W0 ->
          ram != null
              ? stop
              : nodes.stream()
                  .filter(each -> each.isSystemRam() && each.start() > end)
                  .mapToLong(each -> each.number() + 1L)
                  .findFirst()
                  .orElse(nodes.size());
      case W2 -> ram != null ? stop : upTo(nodes, end);
      case W1, W3 -> {
        // Everything below the nodes at top level that end before the range is left out.
        long skipped =
            nodes.stream().filter(each -> each.depth() > 0 && top(each).end() < start).count();
        yield (ram != null ? stop : upTo(nodes, end)) - skipped;
      }
    };
  }

  /// The nodes that start at or before `end`, and the one behind them that ends the search.
  private static long upTo(List<Resource> nodes, long end) {
    long before = nodes.stream().filter(each -> each.start() <= end).count();
    return Math.min(before + 1, nodes.size());
  }

  private static @Nullable Resource first(List<Resource> nodes, long start, long end) {
    return nodes.stream()
        .filter(each -> each.isSystemRam() && each.start() <= end && each.end() >= start)
        .findFirst()
        .orElse(null);
  }

  private static Resource top(Resource node) {
    Resource top = node;
    while (top.depth() > 0 && top.parent() instanceof Resource above) {
      top = above;
    }
    return top;
  }

  /// Each piece of RAM is found by a search of its own, and one more finds that there is no other;
  /// bytes that fill no page are passed over, unless they come first.
  @ParameterizedTest
  @CsvSource({
    "0x100, 16, 4, 3, 0",
    "0x100, 9,  2, 2, 0",
    "0x100, 8,  2, 1, 0",
    "0x103, 1,  1, 1, 0",
    "0x104, 4,  1, 0, -22",
    "0x108, 4,  1, 1, 0",
    "0x10c, 2,  1, 0, -22",
    "0x10d, 3,  1, 0, -22",
  })
  void theWalkThroughRam(String pfn, long pages, int searches, int pieces, int result) {
    ResourceTree tree =
        new ResourceTree.Builder("pieces")
            .add(0, 0x100000, 0x103fff, "System RAM")
            .add(0, 0x108000, 0x10bfff, "System RAM")
            .add(0, 0x10d000, 0x10d7ff, "System RAM")
            .add(0, 0x10e000, 0x10ffff, "System RAM")
            .build();
    Ledger ledger = new Ledger();
    int[] called = {0};
    int answer =
        new SystemRamWalk(tree, ResourceWalk.W3)
            .walk(
                Long.decode(pfn),
                pages,
                (first, count) -> {
                  called[0]++;
                  return 0;
                },
                Visits.counting(),
                ledger);
    assertThat(called[0]).isEqualTo(pieces);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(searches);
    assertThat(answer).isEqualTo(result);
  }

  @Test
  void whatTheCallbackReturnsEndsTheWalk() {
    ResourceTree tree =
        new ResourceTree.Builder("two")
            .add(0, 0x100000, 0x103fff, "System RAM")
            .add(0, 0x108000, 0x10bfff, "System RAM")
            .build();
    Ledger ledger = new Ledger();
    SystemRamWalk walk = new SystemRamWalk(tree, ResourceWalk.W1);
    assertThat(walk.walk(0x100, 16, (first, count) -> 7, Visits.counting(), ledger)).isEqualTo(7);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(1);
    assertThat(walk.walk(0x100, 0, (first, count) -> 7, Visits.counting(), ledger)).isEqualTo(-22);
    assertThat(ledger.total(Event.RESOURCE_WALK)).as("no page, no search").isEqualTo(1);
  }
}
