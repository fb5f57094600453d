package org.mapcost.model.simulation;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.strategy.BufferMemory;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.strategy.World;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;
import org.mapcost.model.workload.Clients;
import org.mapcost.model.workload.Workload;

/// What all clients share on one machine: the driver with its reservations, the direct map, the
/// page pool and the device's memory.
///
/// State changes at the moment an operation begins, all at once; its time passes afterwards.
final class MachineState {
  private final Platform platform;
  private final TapeMeter meter;
  private final Workload.Pool wanted;
  private final Map<Memory, World> worlds = new EnumMap<>(Memory.class);
  private @Nullable PagePool pool;

  /// Where buffers of VRAM are; every one asks for it.
  private @Nullable Resource bar;

  private long vramOffset;

  /// Without buffers; its driver is loaded already.
  MachineState(Platform platform, Workload.Pool wanted, TapeMeter meter) {
    this.platform = platform;
    this.wanted = wanted;
    this.meter = meter;
  }

  MachineState(Platform platform, Workload workload, TapeMeter meter) {
    this(platform, workload.pool(), meter);
    for (Clients clients : workload.clients()) {
      worlds.computeIfAbsent(
          clients.memory(),
          memory -> world(memory, clients.mode(), "clients '" + clients.name() + "'"));
    }
  }

  private World world(Memory memory, CacheMode mode, String whom) {
    Scenario scenario =
        new Scenario(
            platform.kernel(),
            platform.tree(),
            java.util.List.of(),
            memory,
            memory == Memory.VRAM ? start() : Scenario.lastSystemRam(platform.tree()),
            1,
            mode,
            TouchOrder.SEQUENTIAL,
            new Cpus(platform.machine().cpus(), 0, platform.machine().has(Parameter.INVLPGB)),
            wanted.kind().orElse(platform.kernel().ttmPool()));
    platform
        .strategy()
        .refuses(scenario)
        .ifPresent(reason -> {
          throw new InputException(
              "%s does not serve %s: %s. Give another --strategy."
                  .formatted(platform.strategy().name(), whom, reason));
        });
    World world = new World(platform.strategy(), scenario, meter);
    if (world.memory() instanceof BufferMemory.Ram ram) {
      pool = ram.pool();
      if (wanted.limit() > 0) {
        pool.limit(wanted.limit());
      }
    }
    return world;
  }

  private PhysicalAddress start() {
    return new PhysicalAddress(largestBar().start());
  }

  private Resource largestBar() {
    Resource known = bar;
    if (known == null) {
      known =
          Landmark.largestBar(platform.tree())
              .orElseThrow(() ->
                  new InputException(
                      platform.tree().name()
                          + " has no PCI BAR for buffers in VRAM; give another tree."));
      bar = known;
    }
    return known;
  }

  /// The driver loads, once for each kind of memory.
  void load() {
    worlds.values().forEach(platform.strategy()::load);
  }

  private World loaded(Memory memory, CacheMode mode) {
    World world = world(memory, mode, "buffers in " + memory.key());
    world.chargeTo(Meter.NONE);
    platform.strategy().load(world);
    world.chargeTo(meter);
    return world;
  }

  /// A new buffer without memory.
  World buffer(Memory memory, CacheMode mode, long pages) {
    World world = worlds.computeIfAbsent(memory, each -> loaded(each, mode));
    return world.another(pages, memory == Memory.VRAM ? vram(pages) : start(world), mode);
  }

  private static PhysicalAddress start(World world) {
    return world.scenario().at();
  }

  /// The device's memory is handed out in a ring.
  private PhysicalAddress vram(long pages) {
    Resource bar = largestBar();
    long bytes = pages * Pages.PAGE_SIZE;
    long size = (bar.end() + 1 - bar.start()) & -Pages.PAGE_SIZE;
    if (bytes > size) {
      throw new InputException(
          "a buffer of %s does not fit the largest BAR of %s, %s; give it a smaller 'size' or 'max'."
              .formatted(new Pages(pages).bytes(), platform.tree().name(), bar));
    }
    if (vramOffset + bytes > size) {
      vramOffset = 0;
    }
    PhysicalAddress at = new PhysicalAddress(bar.start() + vramOffset);
    vramOffset += bytes;
    return at;
  }

  /// The page pool; null where no client uses RAM.
  @Nullable PagePool pool() {
    return pool;
  }
}
