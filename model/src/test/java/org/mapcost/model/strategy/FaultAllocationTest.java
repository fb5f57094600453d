package org.mapcost.model.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.vma.VmFault;

/// Guards that a simulated TTM fault allocates nothing once its page tables are there, so that what
/// a benchmark of it times is the fault.
class FaultAllocationTest {
  private static final long PAGES = 4_096;
  private static final int ROUNDS = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({
    "ttm-fault, 5.11",
    "ttm-fault, 6.1",
    "ttm-fault, 7.2",
    "ttm-fault-io-mapping, 6.1",
    "ttm-fault-range-lookup, 6.1"
  })
  void aFaultAllocatesNothing(String name, String kernel) {
    ResourceTree tree = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();
    Strategy strategy = Strategies.named(name);
    World world =
        new World(
            strategy,
            new Scenario(
                Kernels.named(kernel),
                tree,
                List.of(),
                Memory.VRAM,
                Scenario.firstLargeEnoughBar(tree, PAGES),
                PAGES,
                CacheMode.WC,
                TouchOrder.SEQUENTIAL,
                Cpus.running(2),
                PoolKind.NONE),
            new Ledger());
    strategy.load(world);
    strategy.map(world);
    faults(strategy, world);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < ROUNDS; round++) {
      faults(strategy, world);
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    // One object a fault would be 16 bytes each; what the compiler has not yet removed is less.
    assertThat(bytes / (ROUNDS * (PAGES / 16))).isLessThan(16);
  }

  /// Present pages are looked up and inserted over again, as the kernel does.
  private static void faults(Strategy strategy, World world) {
    for (long page = 0; page < PAGES; page += 16) {
      if (strategy.fault(world, page) != VmFault.NOPAGE) {
        throw new AssertionError("page " + page + " was not mapped");
      }
    }
  }
}
