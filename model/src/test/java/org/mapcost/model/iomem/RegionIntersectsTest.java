package org.mapcost.model.iomem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mapcost.model.iomem.RegionIntersects.DESCENDS;
import static org.mapcost.model.iomem.RegionIntersects.TOP_LEVEL;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.RegionIntersects.Answer;

/// Guards both ways to test a region: on memory below a CXL window, as the kernel's own unit test
/// lays it out, and on random trees against a test byte by byte.
class RegionIntersectsTest {
  private static final long MIB = 1L << 20;
  private static final long PAGE = 4096;

  /// A hole of 8 MiB at 16 MiB: RAM, hole, window without memory, RAM, window with two pieces of
  /// RAM and an empty rest.
  private static final ResourceTree CXL =
      new ResourceTree.Builder("cxl")
          .add(0, 16 * MIB, 17 * MIB - 1, "System RAM 0")
          .add(0, 18 * MIB, 19 * MIB - 1, "CXL Window 0")
          .add(0, 19 * MIB, 20 * MIB - 1, "System RAM 1")
          .add(0, 20 * MIB, 23 * MIB - 1, "CXL Window 1")
          .add(1, 20 * MIB, 21 * MIB - 1, "System RAM 2")
          .add(2, 20 * MIB + 128 * 1024, 20 * MIB + 256 * 1024 - 1, "System RAM (code)")
          .add(1, 21 * MIB, 22 * MIB - 1, "System RAM 3")
          .build();

  private static Answer ask(RegionIntersects way, ResourceTree tree, long start, long bytes) {
    return way.ask(tree, start, bytes, Resource.BUSY_SYSTEM_RAM, Visits.counting(), Meter.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "RAM0 page,                 16777216, 4096, INTERSECTS, INTERSECTS",
    "RAM0 end and hole,         17821696, 8192, INTERSECTS, INTERSECTS",
    "hole,                      17825792, 4096, DISJOINT,   DISJOINT",
    "hole end and window 0,     18870272, 8192, DISJOINT,   DISJOINT",
    "window 0 end and RAM1,     19918848, 8192, MIXED,      MIXED",
    "RAM1 end and RAM2,         20967424, 8192, INTERSECTS, MIXED",
    "RAM2 end and RAM3,         22016000, 8192, INTERSECTS, DISJOINT",
    "code nested in RAM2,       21102592, 4096, INTERSECTS, DISJOINT",
    "RAM2 and a page of RAM3,   20971520, 1052672, INTERSECTS, DISJOINT",
    "RAM3 and a page of window, 22020096, 1052672, MIXED,   DISJOINT",
  })
  void memoryBelowAWindow(String what, long start, long bytes, Answer later, Answer before) {
    assertThat(ask(DESCENDS, CXL, start, bytes)).as("%s from 6.12", what).isEqualTo(later);
    assertThat(ask(TOP_LEVEL, CXL, start, bytes)).as("%s to 6.11", what).isEqualTo(before);
  }

  /// Memory behind a gap counts as memory, and the window as something else.
  @Test
  void aGapOnTheLeftEndsTheCover() {
    ResourceTree tree =
        new ResourceTree.Builder("gap")
            .add(0, 0, 4 * PAGE - 1, "CXL Window 0")
            .add(1, PAGE, 4 * PAGE - 1, "System RAM")
            .build();
    assertThat(ask(DESCENDS, tree, 0, 4 * PAGE)).isEqualTo(Answer.MIXED);
    assertThat(ask(DESCENDS, tree, PAGE, 3 * PAGE)).isEqualTo(Answer.INTERSECTS);
    assertThat(ask(DESCENDS, tree, 0, PAGE)).isEqualTo(Answer.DISJOINT);
  }

  /// Up to 6.11 nothing ends the scan and nothing is looked at below; later the children of what
  /// overlaps and does not match are.
  @Test
  void visits() {
    Visits visits = Visits.recording();
    TOP_LEVEL.ask(CXL, 16 * MIB, PAGE, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
    assertThat(visits.numbers()).containsExactly(0, 1, 2, 3);
    visits.clear();
    DESCENDS.ask(CXL, 21 * MIB, PAGE, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
    assertThat(visits.numbers()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    visits.clear();
    DESCENDS.ask(CXL, 20 * MIB, PAGE, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE);
    assertThat(visits.numbers()).as("covered by the first child").containsExactly(0, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void equalsTheTestByteByByte(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 1500; i++) {
      ResourceTree tree = small(random);
      long start = random.nextLong(64);
      long bytes = 1 + random.nextLong(24);
      assertThat(ask(TOP_LEVEL, tree, start, bytes)).isEqualTo(byBytes(tree, start, bytes, false));
      assertThat(ask(DESCENDS, tree, start, bytes)).isEqualTo(byBytes(tree, start, bytes, true));
    }
  }

  /// At top level a byte belongs to its node; one level deeper, to RAM below it if there is some. A
  /// node of another kind counts unless every byte of it in the region is RAM.
  private static Answer byBytes(ResourceTree tree, long start, long bytes, boolean deep) {
    boolean kind = false;
    boolean other = false;
    for (Resource top : tree.nodes()) {
      if (top.depth() > 0) {
        continue;
      }
      for (long at = start; at < start + bytes; at++) {
        if (at < top.start() || at > top.end()) {
          continue;
        }
        boolean ram = top.isSystemRam() || (deep && isRamBelow(tree, top, at));
        kind |= ram;
        other |= !ram;
      }
    }
    if (!kind) {
      return Answer.DISJOINT;
    }
    return other ? Answer.MIXED : Answer.INTERSECTS;
  }

  private static boolean isRamBelow(ResourceTree tree, Resource top, long at) {
    return tree.nodes().stream()
        .filter(each -> each.depth() > 0 && each.isSystemRam())
        .filter(each -> each.start() >= top.start() && each.end() <= top.end())
        .anyMatch(each -> each.start() <= at && at <= each.end());
  }

  /// A tree of two or three levels in 64 bytes.
  private static ResourceTree small(RandomGenerator random) {
    ResourceTree tree = new ResourceTree.Builder("small").build();
    ResourceRequests requests = new ResourceRequests(tree, Visits.counting());
    for (int i = 0; i < 10; i++) {
      long start = random.nextLong(64);
      long end = Math.min(63, start + random.nextLong(i < 4 ? 32 : 8));
      long flags = i >= 3 && random.nextBoolean() ? Resource.BUSY_SYSTEM_RAM : Resource.MEM;
      requests.insertResource(tree.root(), Resource.unlinked(start, end, flags, "any"));
    }
    return tree;
  }

  @ParameterizedTest
  @ValueSource(strings = {"top-level", "descends"})
  void names(String key) {
    assertThat(RegionIntersects.ofKey(key).key()).isEqualTo(key);
  }
}
