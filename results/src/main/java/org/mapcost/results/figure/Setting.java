package org.mapcost.results.figure;

import java.util.List;
import java.util.Optional;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
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
import org.mapcost.model.whatif.Growth;
import org.mapcost.model.whatif.Setup;

/// What a chart of the model is drawn for: a machine, and a buffer on a platform under a kernel.
///
/// @param machine gives the prices
/// @param scenario the buffer; charts by size replace its number of pages
/// @param where what the scenario's tree was read from
public record Setting(Machine machine, Scenario scenario, String where) {
  /// The machine of charts that were asked for none.
  public static final String MACHINE = "skylake-sp-2s";

  /// The kernel of charts that were asked for none.
  public static final String KERNEL = "6.1";

  /// A buffer at the start of a tree's largest BAR, or of its last System RAM: write-combining,
  /// touched in order, on the usual machine and kernel. Empty where the tree has no such memory.
  public static Optional<Setting> usual(ResourceTree tree, Memory memory, String where) {
    Optional<Resource> node =
        memory == Memory.VRAM
            ? Landmark.largestBar(tree)
            : tree.nodes().stream().filter(Resource::isSystemRam).reduce((first, last) -> last);
    Machine machine = Machines.named(MACHINE);
    Kernel kernel = Kernels.named(KERNEL);
    return node.map(found ->
            new Setting(
                machine,
                new Scenario(
                    kernel,
                    tree,
                    List.of(),
                    memory,
                    new PhysicalAddress(
                        Math.ceilDiv(found.start(), Pages.PAGE_SIZE) * Pages.PAGE_SIZE),
                    1,
                    CacheMode.WC,
                    TouchOrder.SEQUENTIAL,
                    new Cpus(machine.cpus(), 0, machine.has(Parameter.INVLPGB)),
                    kernel.ttmPool()),
                where))
        .filter(setting -> setting.mostPages() > 0);
  }

  public Kernel kernel() {
    return scenario.kernel();
  }

  public ResourceTree tree() {
    return scenario.tree();
  }

  public MachinePrices prices() {
    return MachinePrices.of(machine, kernel().name());
  }

  /// From the buffer's first address to the end of the memory it lies in, in pages.
  ///
  /// @throws InputException where that address is in no memory of this kind
  public long mostPages() {
    long end =
        scenario.memory() == Memory.VRAM ? scenario.bar().end() + 1 : scenario.endOfRam().value();
    return (end - scenario.at().value()) / Pages.PAGE_SIZE;
  }

  /// The same with a buffer of another size.
  public Scenario buffer(long pages) {
    return new Scenario(
        scenario.kernel(),
        scenario.tree(),
        scenario.memtypes(),
        scenario.memory(),
        scenario.at(),
        pages,
        scenario.mode(),
        scenario.touch(),
        scenario.cpus(),
        scenario.pool());
  }

  /// The same for a sweep.
  Setup setup(long pages) {
    return new Setup(
        machine,
        scenario.kernel(),
        scenario.tree(),
        Growth.NONE,
        scenario.memtypes(),
        scenario.memory(),
        Optional.of(scenario.at()),
        pages,
        scenario.mode(),
        scenario.touch(),
        Optional.of(scenario.pool()),
        Conditions.USUAL);
  }

  /// `skylake-sp-2s, kernel 6.1`, for subtitles.
  String platform() {
    return machine.name() + ", kernel " + kernel().name();
  }

  /// `write-combining, touched in order`, for subtitles.
  String buffers() {
    TouchOrder touch = scenario.touch();
    return scenario.mode().description()
        + ", touched "
        + (touch.equals(TouchOrder.SEQUENTIAL) ? "in order" : "in order " + touch.key());
  }
}
