package org.mapcost.results.report;

import java.util.List;
import java.util.Optional;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;

/// The buffers that the report's charts compare strategies on: write-combining, touched in order,
/// on one bundled machine under one kernel.
///
/// @param memory where they are
/// @param node what holds them: the tree's largest BAR, or its last System RAM
record ReportScenario(ResourceTree tree, Memory memory, Resource node) {
  static final String MACHINE = "skylake-sp-2s";

  /// For a tree; empty where it has no such memory.
  static Optional<ReportScenario> of(ResourceTree tree, Memory memory) {
    Optional<Resource> node =
        memory == Memory.VRAM
            ? Landmark.largestBar(tree)
            : tree.nodes().stream().filter(Resource::isSystemRam).reduce((first, last) -> last);
    return node.map(found -> new ReportScenario(tree, memory, found))
        .filter(scenario -> scenario.mostPages() > 0);
  }

  static Machine machine() {
    return Machines.named(MACHINE);
  }

  static Kernel kernel() {
    return Kernels.named(ModelSection.KERNEL);
  }

  static MachinePrices prices() {
    return MachinePrices.of(machine(), ModelSection.KERNEL);
  }

  /// The size of its memory in pages.
  long mostPages() {
    return (node.end() + 1) / Pages.PAGE_SIZE - first();
  }

  private long first() {
    return (node.start() + Pages.PAGE_SIZE - 1) / Pages.PAGE_SIZE;
  }

  /// A buffer at the start of that memory.
  Scenario buffer(long pages) {
    Machine machine = machine();
    Kernel kernel = kernel();
    return new Scenario(
        kernel,
        tree,
        List.of(),
        memory,
        new PhysicalAddress(first() * Pages.PAGE_SIZE),
        pages,
        CacheMode.WC,
        TouchOrder.SEQUENTIAL,
        new Cpus(machine.cpus(), 0, machine.has(Parameter.INVLPGB)),
        kernel.ttmPool());
  }
}
