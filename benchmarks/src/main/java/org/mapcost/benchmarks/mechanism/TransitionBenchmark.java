package org.mapcost.benchmarks.mechanism;

import java.util.Arrays;
import java.util.List;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.units.PhysicalAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does it cost to make pages write-combining and write-back again?
///
/// An operation changes a request's pages to write-combining, in two passes, and back, in one. On a
/// steady direct map ([Steady]) all large pages below the request were split long ago; on a fresh
/// one ([Fresh]) the operation splits them.
public class TransitionBenchmark extends ForkedBenchmark {
  private static final long PAGES_OF_2_MIB = 512;

  /// The part that both kinds of direct map share.
  @State(Scope.Thread)
  public static class Request {
    @Param({"33", "34", "512"})
    public int pages;

    /// CPUs that a flush reaches, the caller included; the machine is given as many.
    @Param("16")
    public int cpus;

    /// `array`: single pages that follow each other; `array-scattered`: each in a 2 MiB page of its
    /// own; `range`: `set_memory_wc` of pages that follow each other.
    @Param({"array", "range"})
    public String layout;

    @Param("skylake-sp-2s")
    public String machine;

    @Param("6.1")
    public String kernel;

    /// A bundled machine's tree; its last System RAM node holds the pages.
    @Param("xeon-wolfpass-2s")
    public String tree;

    final ModelledCost cost = new ModelledCost();
    private Kernel of;
    private ResourceTree iomem;
    private TlbFlush tlb;
    private long end;
    private long first;
    private long[] pfns;
    private boolean range;
    private MachinePrices prices;

    @Setup(Level.Trial)
    public void read() {
      of = Kernels.named(kernel);
      iomem = BundledTree.ofKey(tree).tree();
      Machine priced = Machines.named(machine).with("cpus", Integer.toString(cpus));
      prices = MachinePrices.of(priced, kernel);
      tlb = of.tlbFlush(Cpus.running(cpus));
      if (!List.of("array", "array-scattered", "range").contains(layout)) {
        throw Nearest.unknown("layout", layout, List.of("array", "array-scattered", "range"));
      }
      range = layout.equals("range");
      PhysicalAddress ram = Scenario.lastSystemRam(iomem);
      // One page behind a border of 2 MiB: a request of 512 pages covers no large page.
      first = ((ram.pfn() + PAGES_OF_2_MIB - 1) & -PAGES_OF_2_MIB) + 1;
      long step = layout.equals("array-scattered") ? PAGES_OF_2_MIB : 1;
      pfns = new long[pages];
      Arrays.setAll(pfns, i -> first + i * step);
      end = (pfns[pages - 1] + PAGES_OF_2_MIB) & -PAGES_OF_2_MIB;
    }

    /// The kernel's mapping of RAM up to the request's end, in large pages.
    PageAttributes freshMap() {
      return new PageAttributes(
          new DirectMap(end, DirectMap.Level.PAGE_2M),
          of.memtypes(iomem, new MemtypeTree()),
          tlb,
          of.cpaFlush());
    }

    int changeAndBack(PageAttributes attributes) {
      int error = change(attributes, Attribute.WC) | change(attributes, Attribute.WB);
      cost.done();
      return error;
    }

    private int change(PageAttributes attributes, Attribute to) {
      return range
          ? attributes.setMemory(to, first, pages, cost.meter())
          : attributes.setPagesArray(to, pfns, cost.meter());
    }

    void price(Runnable operation) {
      cost.price(1, operation, prices, Conditions.USUAL);
    }
  }

  /// A direct map in which everything is split.
  @State(Scope.Thread)
  public static class Steady {
    // JMH injects another instance of a thread's state here than into a benchmark method.
    private Request request;
    private PageAttributes attributes;

    @Setup(Level.Trial)
    public void setUp(Request injected) {
      request = injected;
      attributes = request.freshMap();
      request.changeAndBack(attributes);
      request.price(() -> request.changeAndBack(attributes));
    }
  }

  /// A direct map in which nothing is split, made anew before each operation and outside its time.
  ///
  /// JMH reads the clock twice for each operation then, some tens of nanoseconds against the
  /// microseconds that a split takes.
  @State(Scope.Thread)
  public static class Fresh {
    // JMH injects another instance of a thread's state here than into a benchmark method.
    private Request request;
    private PageAttributes attributes;

    @Setup(Level.Trial)
    public void setUp(Request injected) {
      request = injected;
      request.price(() -> request.changeAndBack(request.freshMap()));
    }

    @Setup(Level.Invocation)
    public void newMap() {
      attributes = request.freshMap();
    }
  }

  @Benchmark
  public int steady(Steady map) {
    return map.request.changeAndBack(map.attributes);
  }

  @Benchmark
  public int fresh(Fresh map) {
    return map.request.changeAndBack(map.attributes);
  }
}
