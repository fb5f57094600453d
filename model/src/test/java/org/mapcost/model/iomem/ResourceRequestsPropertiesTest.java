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
import org.mapcost.model.iomem.ResourceRequests.Outcome;

/// Guards the tree under any sequence of operations: siblings stay sorted, apart and inside their
/// parent; the answers are those of nested lists that know no links; undoing restores the tree.
class ResourceRequestsPropertiesTest {
  private static final int SEQUENCES = 200;
  private static final int OPERATIONS = 30;
  private static final long SPACE = 1L << 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAreThoseOfNestedLists(long seed) {
    RandomGenerator random = generator(seed);
    for (int i = 0; i < SEQUENCES; i++) {
      ResourceTree tree = new ResourceTree.Builder("empty").build();
      ResourceRequests requests = new ResourceRequests(tree, Visits.counting());
      Nested nested = new Nested(0, Long.MAX_VALUE);
      for (int j = 0; j < OPERATIONS; j++) {
        apply(random, tree, requests, nested);
        assertThat(lines(tree)).isEqualTo(nested.lines());
        checkLinks(tree.root());
        walksAgree(random, tree);
      }
    }
  }

  private static void apply(
      RandomGenerator random, ResourceTree tree, ResourceRequests requests, Nested nested) {
    long start = random.nextLong(SPACE);
    long end = start + random.nextLong(1 + SPACE / (1 << random.nextInt(6)));
    switch (random.nextInt(tree.size() == 0 ? 3 : 5)) {
      case 0 ->
          assertThat(requests.requestResource(tree.root(), node(start, end)))
              .isEqualTo(nested.request(new Nested(start, end)) ? 0 : ResourceRequests.EBUSY);
      case 1 ->
          assertThat(requests.insertResource(tree.root(), node(start, end)))
              .isEqualTo(nested.insert(new Nested(start, end)) ? 0 : ResourceRequests.EBUSY);
      case 2 -> {
        requests.insertExpandToFit(tree.root(), node(start, end));
        nested.expand(start, end);
      }
      case 3 -> {
        Resource old = tree.node(random.nextInt(tree.size()));
        nested.drop(old.start(), old.end(), old.depth(), true);
        assertThat(requests.release(old)).isZero();
      }
      default -> {
        Resource old = tree.node(random.nextInt(tree.size()));
        nested.drop(old.start(), old.end(), old.depth(), false);
        assertThat(requests.remove(old)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void undoingRestoresTheTree(long seed) {
    RandomGenerator random = generator(seed);
    for (int i = 0; i < 20 * SEQUENCES; i++) {
      ResourceTree tree = RandomTree.of(random, 1 + random.nextInt(30));
      ResourceRequests requests = new ResourceRequests(tree, Visits.counting());
      List<String> before = lines(tree);
      long start = random.nextLong(RandomTree.TOP);
      Resource added = node(start, start + random.nextLong(RandomTree.TOP / 8));
      switch (random.nextInt(3)) {
        case 0 -> {
          if (requests.request(tree.root(), added) == null) {
            requests.release(added);
          }
        }
        case 1 -> {
          if (requests.insert(tree.root(), added) == null) {
            requests.remove(added);
          }
        }
        default -> {
          long bytes = added.end() - added.start() + 1;
          Outcome outcome =
              requests.requestRegion(tree.root(), start, bytes, "driver", 0).outcome();
          assertThat(requests.releaseRegion(tree.root(), start, bytes))
              .isEqualTo(outcome == Outcome.GRANTED);
        }
      }
      assertThat(lines(tree)).isEqualTo(before);
      checkLinks(tree.root());
    }
  }

  /// A changed tree is walked like one that was read: W2 visits no less than W1, both find the
  /// same.
  private static void walksAgree(RandomGenerator random, ResourceTree tree) {
    long at = random.nextLong(2 * SPACE);
    Visits w1 = Visits.recording();
    Visits w2 = Visits.recording();
    @Nullable Resource skipping =
        ResourceWalk.W1.find(tree, at, at + 15, Resource.BUSY_SYSTEM_RAM, w1, Meter.NONE);
    @Nullable Resource full =
        ResourceWalk.W2.find(tree, at, at + 15, Resource.BUSY_SYSTEM_RAM, w2, Meter.NONE);
    assertThat(skipping).isSameAs(full);
    assertThat(w2.count()).isGreaterThanOrEqualTo(w1.count());
    assertThat(w2.numbers()).contains(w1.numbers()).isSorted();
  }

  private static void checkLinks(Resource parent) {
    @Nullable Resource before = null;
    for (Resource each = parent.child(); each != null; each = each.sibling()) {
      assertThat(each.parent()).isSameAs(parent);
      assertThat(each.start()).isGreaterThanOrEqualTo(parent.start());
      assertThat(each.end()).isLessThanOrEqualTo(parent.end());
      if (before != null) {
        assertThat(each.start()).isGreaterThan(before.end());
      }
      checkLinks(each);
      before = each;
    }
  }

  private static Resource node(long start, long end) {
    long flags = start % 2 == 0 ? Resource.BUSY_SYSTEM_RAM : Resource.MEM;
    return Resource.unlinked(start, end, flags, "new");
  }

  private static List<String> lines(ResourceTree tree) {
    List<String> lines = new ArrayList<>();
    for (Resource each : tree.nodes()) {
      assertThat(each.number()).isEqualTo(lines.size());
      lines.add("%d %x-%x".formatted(each.depth(), each.start(), each.end()));
    }
    return lines;
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// The tree as nested lists, with the rules stated on ranges.
  private static final class Nested {
    long start;
    long end;
    List<Nested> children = new ArrayList<>();

    Nested(long start, long end) {
      this.start = start;
      this.end = end;
    }

    private boolean contains(Nested other) {
      return start <= other.start && other.end <= end;
    }

    private List<Nested> overlapping(Nested other) {
      return children.stream().filter(c -> c.start <= other.end && other.start <= c.end).toList();
    }

    boolean request(Nested added) {
      if (!contains(added) || !overlapping(added).isEmpty()) {
        return false;
      }
      children.add(added);
      children.sort((a, b) -> Long.compare(a.start, b.start));
      return true;
    }

    boolean insert(Nested added) {
      return conflict(added) == null;
    }

    /// Inserts, or says what is in the way.
    private @Nullable Nested conflict(Nested added) {
      List<Nested> touched = overlapping(added);
      if (touched.isEmpty()) {
        return request(added) ? null : this;
      }
      Nested first = touched.getFirst();
      boolean equal = first.contains(added) && added.contains(first);
      if (first.contains(added) && !equal) {
        return first.conflict(added);
      }
      for (Nested each : touched) {
        if (!added.contains(each)) {
          return each;
        }
      }
      children.removeAll(touched);
      added.children.addAll(touched);
      return request(added) ? null : this;
    }

    void expand(long from, long to) {
      Nested added = new Nested(from, to);
      while (true) {
        @Nullable Nested inTheWay = conflict(added);
        if (inTheWay == null || inTheWay == this) {
          return;
        }
        added.start = Math.min(added.start, inTheWay.start);
        added.end = Math.max(added.end, inTheWay.end);
      }
    }

    void drop(long from, long to, int depth, boolean withChildren) {
      for (int i = 0; i < children.size(); i++) {
        Nested each = children.get(i);
        if (depth == 0 && each.start == from && each.end == to) {
          children.remove(i);
          children.addAll(i, withChildren ? List.of() : each.children);
          return;
        }
        if (depth > 0 && each.start <= from && to <= each.end) {
          each.drop(from, to, depth - 1, withChildren);
          return;
        }
      }
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines(0, lines);
      return lines;
    }

    private void lines(int depth, List<String> lines) {
      for (Nested each : children) {
        lines.add("%d %x-%x".formatted(depth, each.start, each.end));
        each.lines(depth + 1, lines);
      }
    }
  }
}
