package org.mapcost.benchmarks.mechanism;

import java.util.List;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.strategy.World;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.vma.VmFault;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does one fault of TTM's handler cost, which maps 16 pages of VRAM?
///
/// Operations fault through a buffer of [#BUFFER_PAGES] pages from its first page to its last. Then
/// the buffer is mapped anew, without a charge: an object of 16 KiB for every 1024 faults.
@State(Scope.Thread)
public class TtmFaultBenchmark extends ForkedBenchmark {
  static final int BUFFER_PAGES = 16384;

  @Param({"5.11", "6.1.0", "6.1", "7.2"})
  public String kernel;

  /// A bundled machine's tree; the buffer begins at its first large enough BAR.
  @Param("laptop-cometlake-igpu")
  public String tree;

  /// `ttm-fault`, or one of the counterfactuals: see [Strategies].
  @Param("ttm-fault")
  public String strategy;

  @Param("skylake-sp-2s")
  public String machine;

  final ModelledCost cost = new ModelledCost();
  private Strategy driver;
  private World world;
  private int pagesOfFault;
  private int page;

  @Setup(Level.Trial)
  public void setUp() {
    Kernel of = Kernels.named(kernel);
    ResourceTree iomem = BundledTree.ofKey(tree).tree();
    Scenario scenario =
        new Scenario(
            of,
            iomem,
            List.of(),
            Memory.VRAM,
            Scenario.firstLargeEnoughBar(iomem, BUFFER_PAGES),
            BUFFER_PAGES,
            CacheMode.WC,
            TouchOrder.SEQUENTIAL,
            Cpus.running(2),
            PoolKind.NONE);
    driver = Strategies.named(strategy);
    world = new World(driver, scenario, cost.meter());
    driver.load(world);
    driver.map(world);
    pagesOfFault = of.ttmWindow().pages();
    cost.price(
        (BUFFER_PAGES + pagesOfFault - 1) / pagesOfFault,
        this::fault,
        MachinePrices.of(Machines.named(machine), kernel),
        Conditions.USUAL);
  }

  @Benchmark
  public VmFault fault() {
    if (page >= BUFFER_PAGES) {
      mapAgain();
    }
    cost.meter().add(Event.FAULT);
    VmFault result = driver.fault(world, page);
    page += pagesOfFault;
    cost.done();
    return result;
  }

  /// A mapping without entries; what `munmap` and `mmap` cost is not a fault's.
  private void mapAgain() {
    Meter faults = world.meter();
    world.chargeTo(Meter.NONE);
    world.unmap();
    driver.map(world);
    world.chargeTo(faults);
    page = 0;
  }
}
