package org.mapcost.model.pat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.RegionIntersects;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.Visits;

/// Guards that searches and look-ups allocate nothing, so that what a benchmark of them times is
/// the search.
class AllocationTest {
  private static final int TIMES = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ResourceTree tree = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();
  private final Visits visits = Visits.counting();

  @ParameterizedTest
  @EnumSource(ResourceWalk.class)
  void searchesAndLookUps(ResourceWalk walk) {
    MemtypeTree reservations = new MemtypeTree();
    for (long page = 0; page < 1_000; page++) {
      reservations.insert(0xb000_0000L + 8192 * page, 0xb000_1000L + 8192 * page, CacheMode.WC);
    }
    Memtypes memtypes = new Memtypes(tree, walk, reservations, MemtypeErase.EXACT);
    assertAllocatesNothing(
        at -> walk.find(tree, at, at + 4095, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE));
    assertAllocatesNothing(at ->
        walk.findMemory(tree, at, at + 4095, Resource.MEM | Resource.BUSY, visits, Meter.NONE));
    assertAllocatesNothing(at -> memtypes.lookup(at, Meter.NONE));
    assertAllocatesNothing(at -> memtypes.isInDirectMap(at, Meter.NONE));
  }

  @ParameterizedTest
  @EnumSource(RegionIntersects.class)
  void regions(RegionIntersects way) {
    assertAllocatesNothing(
        at -> way.ask(tree, at, 4096, Resource.BUSY_SYSTEM_RAM, visits, Meter.NONE));
  }

  /// Device memory and RAM in turn, a page after the other.
  private static void assertAllocatesNothing(LongConsumer call) {
    run(call);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(call);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    // Asking for the number may itself take some bytes; one object a call would be 16 each.
    assertThat(bytes).isLessThan(TIMES);
  }

  private static void run(LongConsumer call) {
    for (int i = 0; i < TIMES; i++) {
      call.accept((i % 2 == 0 ? 0xb000_0000L : 0x1000_0000L) + 4096L * i);
    }
  }
}
