package org.mapcost.benchmarks.mechanism;

import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.units.Pages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does one io_mapping of a BAR cost, against one look-up for each of its pages?
///
/// An operation of [#reserve] makes an io_mapping and gives it up, so that the next one meets the
/// same: the walk for RAM in the range, the reservation, and its end. An operation of [#lookups]
/// asks once for the type of every page, in a BAR that its driver reserved when it loaded.
public class IoMappingBenchmark extends ForkedBenchmark {
  /// The range that both ask about.
  @State(Scope.Thread)
  public static class Bar {
    /// The size of the mapping, from the first page of the tree's largest BAR.
    @Param("1024")
    public int pages;

    /// A bundled machine's tree.
    @Param("laptop-cometlake-igpu")
    public String tree;

    @Param("skylake-sp-2s")
    public String machine;

    @Param("6.1")
    public String kernel;

    final ModelledCost cost = new ModelledCost();
    private Memtypes memtypes;
    private MachinePrices prices;
    private long start;
    private long end;

    @Setup(Level.Trial)
    public void read() {
      Kernel of = Kernels.named(kernel);
      ResourceTree iomem = BundledTree.ofKey(tree).tree();
      Resource bar =
          Landmark.largestBar(iomem)
              .orElseThrow(() -> new InputException("no BAR in " + tree + "; take another tree."));
      start = bar.start();
      end = start + pages * Pages.PAGE_SIZE;
      if (pages < 1 || end > bar.end() + 1) {
        throw new InputException(pages + " pages do not fit into " + bar + "; take fewer.");
      }
      memtypes = of.memtypes(iomem, new MemtypeTree());
      prices = MachinePrices.of(Machines.named(machine), kernel);
    }

    boolean reserve() {
      memtypes.isRam(start, end, cost.meter());
      return memtypes.reserveIo(start, end, CacheMode.WC, cost.meter()).granted();
    }

    int giveUp() {
      return memtypes.free(start, end, cost.meter());
    }

    boolean reserveAndGiveUp() {
      boolean granted = reserve() && giveUp() == 0;
      cost.done();
      return granted;
    }

    int lookups() {
      int combined = 0;
      for (long page = start; page < end; page += Pages.PAGE_SIZE) {
        if (memtypes.lookup(page, cost.meter()) == CacheMode.WC) {
          combined++;
        }
      }
      cost.done();
      return combined;
    }

    void price(Runnable operation) {
      cost.price(1, operation, prices, Conditions.USUAL);
    }
  }

  /// Nobody holds the BAR.
  @State(Scope.Thread)
  public static class Unreserved {
    // JMH injects another instance of a thread's state here than into a benchmark method.
    private Bar bar;

    @Setup(Level.Trial)
    public void setUp(Bar injected) {
      bar = injected;
      bar.price(bar::reserveAndGiveUp);
    }
  }

  /// The driver holds the BAR.
  @State(Scope.Thread)
  public static class Reserved {
    // JMH injects another instance of a thread's state here than into a benchmark method.
    private Bar bar;

    @Setup(Level.Trial)
    public void setUp(Bar injected) {
      bar = injected;
      bar.reserve();
      bar.price(bar::lookups);
    }
  }

  @Benchmark
  public boolean reserve(Unreserved state) {
    return state.bar.reserveAndGiveUp();
  }

  @Benchmark
  public int lookups(Reserved state) {
    return state.bar.lookups();
  }
}
