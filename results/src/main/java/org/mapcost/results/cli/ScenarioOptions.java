package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.pat.MemtypeList;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;
import org.mapcost.model.whatif.Growth;
import org.mapcost.model.whatif.Setup;
import picocli.CommandLine.Option;

/// One buffer on one platform: what `counts` and `compare` ask about.
final class ScenarioOptions {
  @Option(
      names = "--memtypes",
      paramLabel = "FILE",
      description =
          "The machine's memory-type list (debugfs x86/pat_memtype_list), as it is before the"
              + " driver reserves its BAR. Default: empty.")
  @Nullable Path memtypes;

  @Option(
      names = "--buffer",
      paramLabel = "SIZE",
      defaultValue = "64MiB",
      description = "Its size, such as 64MiB or 1024pages (default: ${DEFAULT-VALUE}).")
  String buffer = "64MiB";

  @Option(
      names = "--memory",
      paramLabel = "vram|ram",
      defaultValue = "vram",
      description = "Where it is (default: ${DEFAULT-VALUE}).")
  String memory = "vram";

  @Option(
      names = "--at",
      paramLabel = "0xADDR",
      description =
          "Its first physical address. Default: the first PCI BAR that is large enough (vram), the"
              + " last System RAM node (ram).")
  @Nullable String at;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "wc",
      description =
          "The caching mode the driver asks for: wc, uc, uc-, wb (default: ${DEFAULT-VALUE}).")
  String mode = "wc";

  @Option(
      names = "--touch",
      paramLabel = "ORDER",
      defaultValue = "sequential",
      description =
          "sequential, reverse, stride:K, random:SEED or read (default: ${DEFAULT-VALUE}).")
  String touch = "sequential";

  @Option(
      names = "--pool",
      paramLabel = "KIND",
      description =
          "Where RAM comes from: none, ttm-legacy, ttm-pool, ttm-pool-6.15 or ttm-pool-7. Default:"
              + " the kernel's own pool.")
  @Nullable String pool;

  /// The tree they are asked on: where the buffer is VRAM at no given address, one with a BAR that
  /// holds it, if this host has none.
  PlatformTree tree(PlatformOptions platform, PrintWriter warnings) {
    PlatformTree tree = platform.tree(warnings);
    return at == null && Memory.ofKey(memory) == Memory.VRAM
        ? tree.holding(Pages.parse(buffer).value(), warnings)
        : tree;
  }

  /// The scenario these options describe, on a tree and under a kernel.
  Scenario scenario(ResourceTree tree, Kernel kernel, Cpus cpus, PrintWriter warnings) {
    long pages = Pages.parse(buffer).value();
    Memory where = Memory.ofKey(memory);
    PhysicalAddress address =
        at != null
            ? PhysicalAddress.parse(at)
            : where == Memory.VRAM
                ? Scenario.firstLargeEnoughBar(tree, pages)
                : Scenario.lastSystemRam(tree);
    return new Scenario(
        kernel,
        tree,
        memtypeList(warnings),
        where,
        address,
        pages,
        CacheMode.parse(mode),
        TouchOrder.parse(touch),
        cpus,
        pool == null ? kernel.ttmPool() : PoolKind.ofKey(pool));
  }

  /// The same before it is put together, for questions that vary it.
  Setup setup(ResourceTree tree, Kernel kernel, Machine machine, PrintWriter warnings) {
    return new Setup(
        machine,
        kernel,
        tree,
        Growth.NONE,
        memtypeList(warnings),
        Memory.ofKey(memory),
        Optional.ofNullable(at).map(PhysicalAddress::parse),
        Pages.parse(buffer).value(),
        CacheMode.parse(mode),
        TouchOrder.parse(touch),
        Optional.ofNullable(pool).map(PoolKind::ofKey),
        Conditions.USUAL);
  }

  private List<Memtype> memtypeList(PrintWriter warnings) {
    if (memtypes == null) {
      return List.of();
    }
    MemtypeList.Reading reading = MemtypeList.read(memtypes);
    PlatformTree.print(reading.warnings(), warnings);
    return reading.entries();
  }
}
