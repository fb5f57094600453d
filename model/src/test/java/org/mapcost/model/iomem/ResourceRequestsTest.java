package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mapcost.model.iomem.ResourceRequests.Outcome;
import org.mapcost.model.iomem.ResourceRequests.Region;

/// Guards what each call answers and where it puts a node, case by case.
class ResourceRequestsTest {
  private final Visits visits = Visits.counting();
  private final ResourceTree tree =
      new ResourceTree.Builder("small")
          .add(0, 0x1000, 0x1fff, "Reserved")
          .add(0, 0x4000, 0x7fff, "PCI Bus 0000:00")
          .add(1, 0x5000, 0x5fff, "0000:00:02.0")
          .add(1, 0x6000, 0x6fff, "0000:00:03.0")
          .add(0, 0xa000, 0xafff, "System RAM")
          .build();
  private final ResourceRequests requests = new ResourceRequests(tree, visits);
  private final Resource root = tree.root();

  private static Resource node(long start, long end) {
    return Resource.unlinked(start, end, Resource.MEM, "new");
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    tree.forEach(each ->
        lines.add("%s%x-%x".formatted("  ".repeat(each.depth()), each.start(), each.end())));
    return lines;
  }

  @Test
  void aRequestGoesAmongTheChildrenAndNeverDescends() {
    assertThat(requests.requestResource(root, node(0x2000, 0x3fff))).isZero();
    assertThat(visits.count()).as("compared up to the place").isEqualTo(2);
    assertThat(lines())
        .containsExactly(
            "1000-1fff", "2000-3fff", "4000-7fff", "  5000-5fff", "  6000-6fff", "a000-afff");
    assertThat(tree.node(1).number()).isEqualTo(1);

    visits.clear();
    assertThat(requests.requestResource(root, node(0x4000, 0x4fff)))
        .as("inside a node that has room there")
        .isEqualTo(ResourceRequests.EBUSY);
    assertThat(visits.count()).isEqualTo(3);
  }

  /// Every call counts the nodes it compares: an insertion those of each level it tries and those
  /// it takes below itself, a release those before its place and itself.
  @Test
  void callsCountWhatTheyCompare() {
    requests.release(tree.node(2));
    assertThat(visits.count()).as("first child of its parent").isEqualTo(1);
    requests.release(tree.node(3));
    assertThat(visits.count()).as("third at top level").isEqualTo(1 + 3);

    visits.clear();
    requests.insert(root, node(0x6800, 0x6fff));
    assertThat(visits.count()).as("two at top level, one below the bus").isEqualTo(3);
    visits.clear();
    requests.insert(root, node(0x1000, 0x8000));
    assertThat(visits.count())
        .as("the one in the way, the two taken below, the one found again as the first")
        .isEqualTo(1 + 2 + 1);
    assertThat(lines())
        .containsExactly(
            "1000-8000", "  1000-1fff", "  4000-7fff", "    6000-6fff", "      6800-6fff");
  }

  @Test
  void aRequestAnswersTheFirstInTheWayOrTheParent() {
    assertThat(requests.request(root, node(0x1800, 0xffff))).isSameAs(tree.node(0));
    Resource bus = tree.node(1);
    assertThat(requests.request(bus, node(0x3fff, 0x4fff))).isSameAs(bus);
    assertThat(requests.request(bus, node(0x7000, 0x8000))).isSameAs(bus);
    assertThat(requests.request(bus, node(0x4000, 0x4fff))).isNull();
    assertThat(requests.request(bus, node(0x7000, 0x7fff))).isNull();
    assertThat(lines()).contains("  4000-4fff", "  7000-7fff");
  }

  @Test
  void anInsertionGoesAsDeepAsItIsContained() {
    assertThat(requests.insertResource(root, node(0x5400, 0x57ff))).isZero();
    assertThat(lines()).contains("    5400-57ff");
  }

  @Test
  void anInsertionTakesWholeSiblingsBelowItself() {
    Resource window = node(0x4800, 0x6fff);
    assertThat(requests.insert(root, window)).isNull();
    assertThat(lines())
        .containsExactly(
            "1000-1fff", "4000-7fff", "  4800-6fff", "    5000-5fff", "    6000-6fff", "a000-afff");
    assertThat(tree.node(3).parent()).isSameAs(window);
  }

  @Test
  void anEqualRangeComesAbove() {
    Resource equal = node(0x5000, 0x5fff);
    Resource old = tree.node(2);
    assertThat(requests.insert(root, equal)).isNull();
    assertThat(old.parent()).isSameAs(equal);
    assertThat(equal.parent()).isSameAs(tree.node(1));
  }

  @Test
  void anInsertionThatOverlapsInPartIsRefused() {
    assertThat(requests.insert(root, node(0x3000, 0x4fff))).isSameAs(tree.node(1));
    assertThat(requests.insert(root, node(0x1000, 0x4fff)))
        .as("the first that is not wholly inside")
        .isSameAs(tree.node(1));
    assertThat(requests.insertResource(root, node(0x5800, 0x67ff)))
        .isEqualTo(ResourceRequests.EBUSY);
    assertThat(tree.size()).isEqualTo(5);
  }

  @Test
  void expandingTakesInWhatOverlaps() {
    Resource wide = node(0x1800, 0x4fff);
    requests.insertExpandToFit(root, wide);
    assertThat(wide).hasToString("00001000-00007fff : new");
    assertThat(lines())
        .containsExactly(
            "1000-7fff",
            "  1000-1fff",
            "  4000-7fff",
            "    5000-5fff",
            "    6000-6fff",
            "a000-afff");
    requests.insertExpandToFit(root, wide);
    assertThat(tree.size()).as("in a tree already: left alone").isEqualTo(6);

    Resource outside = node(0x3000, 0x5000);
    requests.insertExpandToFit(Objects.requireNonNull(tree.node(2)), outside);
    assertThat(outside.parent()).as("does not fit into the root: left out").isNull();
  }

  @Test
  void releaseTakesTheSubtreeAndRemoveLeavesTheChildren() {
    Resource bus = tree.node(1);
    assertThat(requests.remove(bus)).isZero();
    assertThat(lines()).containsExactly("1000-1fff", "5000-5fff", "6000-6fff", "a000-afff");
    assertThat(tree.node(1).parent()).isSameAs(root);
    assertThat(bus.child()).isNull();
    assertThat(requests.insert(root, bus)).isNull();
    assertThat(requests.release(bus)).isZero();
    assertThat(lines()).containsExactly("1000-1fff", "a000-afff");
    assertThat(requests.release(bus)).isEqualTo(ResourceRequests.EINVAL);
    assertThat(requests.remove(bus)).isEqualTo(ResourceRequests.EINVAL);
  }

  @Test
  void aRegionGoesBelowWhatIsNotBusyAndIsBusyItself() {
    Region granted = requests.requestRegion(root, 0x5000, 0x1000, "driver", 0);
    assertThat(granted.outcome()).isEqualTo(Outcome.GRANTED);
    Resource region = Objects.requireNonNull(granted.resource());
    assertThat(region.has(Resource.BUSY | Resource.MEM)).isTrue();
    assertThat(region.has(Resource.SYSRAM)).isFalse();
    assertThat(region.depth()).isEqualTo(2);
    assertThat(requests.requestRegion(root, 0x5800, 0x10, "other", 0).outcome())
        .as("inside a busy one")
        .isEqualTo(Outcome.BUSY);
    assertThat(requests.requestRegion(root, 0x5f00, 0x200, "other", 0).outcome())
        .as("across two nodes that are not busy")
        .isEqualTo(Outcome.BUSY);
    assertThat(requests.requestRegion(root, 0xa000, 0x10, "other", 0).outcome())
        .as("in RAM")
        .isEqualTo(Outcome.BUSY);
    assertThat(requests.requestRegion(root, 0x8000, 0x10, "hole", 0).outcome())
        .isEqualTo(Outcome.GRANTED);
  }

  @Test
  void mixedRegionsAreSharedInTurns() {
    assertThat(requests.requestRegion(root, 0x8000, 0x10, "a", Resource.MUXED).outcome())
        .isEqualTo(Outcome.GRANTED);
    assertThat(requests.requestRegion(root, 0x8000, 0x10, "b", Resource.MUXED).outcome())
        .isEqualTo(Outcome.SLEEPS);
    assertThat(requests.requestRegion(root, 0x8000, 0x10, "c", 0).outcome())
        .isEqualTo(Outcome.BUSY);
    assertThat(requests.releaseRegion(root, 0x8000, 0x10)).isTrue();
    assertThat(requests.requestRegion(root, 0x8000, 0x10, "b", Resource.MUXED).outcome())
        .isEqualTo(Outcome.GRANTED);
  }

  @Test
  void onlyTheExactBusyRegionIsReleased() {
    assertThat(requests.requestRegion(root, 0x6000, 0x800, "driver", 0).outcome())
        .isEqualTo(Outcome.GRANTED);
    List<String> before = lines();
    assertThat(requests.releaseRegion(root, 0x6000, 0x400)).as("a part").isFalse();
    assertThat(requests.releaseRegion(root, 0x6000, 0x1000)).as("a node not busy").isFalse();
    assertThat(requests.releaseRegion(root, 0x2000, 0x10)).as("a hole").isFalse();
    assertThat(lines()).isEqualTo(before);
    assertThat(requests.releaseRegion(root, 0x6000, 0x800)).isTrue();
    assertThat(tree.size()).isEqualTo(5);
  }

  @Test
  void aNodeIsInOneTreeOnly() {
    Resource linked = tree.node(2);
    assertThatThrownBy(() -> requests.request(root, linked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("00005000-00005fff : 0000:00:02.0 is in a tree already; release it first");
  }

  /// The whole address space of an empty tree, and its last byte.
  @Test
  void theEnds() {
    ResourceTree empty = new ResourceTree.Builder("empty").build();
    ResourceRequests in = new ResourceRequests(empty, visits);
    Resource all = node(0, Long.MAX_VALUE);
    assertThat(in.requestResource(empty.root(), all)).isZero();
    @Nullable Resource conflict = in.request(empty.root(), node(Long.MAX_VALUE, Long.MAX_VALUE));
    assertThat(conflict).isSameAs(all);
    assertThat(in.requestResource(all, node(Long.MAX_VALUE, Long.MAX_VALUE))).isZero();
    assertThat(in.release(all)).isZero();
    assertThat(empty.size()).isZero();
  }
}
