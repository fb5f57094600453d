package org.mapcost.model.lab;

import static org.mapcost.model.lab.Recording.Part.COUNTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.lab.InsertionMapping.Place;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.RamQuery;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.PhysicalAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A: the life of buffers of a TTM driver, phase by phase, in system memory or in VRAM, and the
/// nodes that each look-up visited.
///
/// Whether an munmap frees page tables depends on what else is mapped near, which no recording
/// says; see [UnmapFlushes]. Of placing a buffer in VRAM (an ioremap and an iounmap) the walks are
/// compared, not their nodes: the first one searches for flags that /proc/iomem does not show.
final class TtmFaultReplay implements Replay {
  private static final long PAGE_SIZE = 4096;

  /// Compared in every phase; where a phase does none of it, that is compared too.
  private static final List<Event> LOOKUPS =
      List.of(
          Event.FAULT,
          Event.PAT_LOOKUP,
          Event.RESOURCE_WALK,
          Event.MEMTYPE_SEARCH,
          Event.MEMTYPE_INSERT,
          Event.MEMTYPE_REMOVE);

  @Override
  public List<ComparedCall> replay(Recording recording, Coverage coverage) {
    List<ComparedCall> calls = new ArrayList<>();
    Driver driver = new Driver(recording);
    for (JsonNode test : recording.need(recording.data(), "tests")) {
      String name = test.path("pages").asLong() + " pages " + test.path("pattern").asString() + " ";
      Ledger life = driver.life(test);
      for (JsonNode phase : recording.need(test, "phases")) {
        String marker = phase.path("phase").asString();
        ComparedCall.Builder sides = new ComparedCall.Builder(name + marker);
        Ledger modelled = driver.phase(marker, life);
        for (Event event : LOOKUPS) {
          if (recording.shows(coverage, COUNTS, event)) {
            sides.put(
                event.key(),
                recording.count(coverage, phase, COUNTS, event),
                modelled.total(event));
          }
        }
        if (marker.startsWith("munmap")) {
          flushes(recording, coverage, driver, test.path("pages").asLong(), phase, sides);
        }
        if (marker.equals("mmap3_private")) {
          privateMapping(test, driver.kernel, sides);
        }
        calls.add(sides.build());
      }
    }
    recording
        .data()
        .path("visits_per_walk")
        .forEach(walk -> driver.visits(walk).ifPresent(calls::add));
    return calls;
  }

  /// The flushes of a mapping with the same pages, at a place that explains the recorded ones.
  private static void flushes(
      Recording recording,
      Coverage coverage,
      Driver driver,
      long pages,
      JsonNode phase,
      ComparedCall.Builder sides) {
    JsonNode same =
        JsonMapper.shared()
            .createObjectNode()
            .put("api", "vmf_insert_pfn_prot_io_16")
            .put("share", "shared")
            .put("pages", pages);
    UnmapFlushes recorded = UnmapFlushes.recorded(recording, coverage, phase);
    Function<Place, InsertionMapping> mappings =
        place -> new InsertionGuest(recording, driver.kernel, driver.tree).mapping(same, place);
    Place place =
        UnmapFlushes.placeThatExplains(pages, List.of(recorded), mappings).orElse(Place.ALONE);
    InsertionMapping mapping = mappings.apply(place);
    mapping.mmap();
    mapping.read();
    UnmapFlushes.put(recorded, UnmapFlushes.of(mapping.unmapAll()), sides);
  }

  private static void privateMapping(JsonNode test, Kernel kernel, ComparedCall.Builder sides) {
    for (JsonNode line : test.path("stdout")) {
      String text = line.asString();
      if (text.startsWith("private writable mmap: ")) {
        sides.put(
            "result",
            text.substring(text.indexOf(':') + 2),
            kernel.ttmAcceptsCow() ? "ok errno 0" : "failed errno 22");
      }
    }
  }

  /// The driver of a recording, and the machine it runs on.
  private static final class Driver {
    private final Kernel kernel;
    private final ResourceTree tree;
    private final Memory memory;
    private final Optional<PhysicalAddress> vram;

    Driver(Recording recording) {
      this.kernel = recording.kernel();
      this.tree = recording.tree();
      this.memory = recording.family().endsWith("-vram") ? Memory.VRAM : Memory.RAM;
      this.vram =
          recording
              .data()
              .path("visits_per_walk")
              .valueStream()
              .filter(walk -> walk.path(0).asString().startsWith("M:touch"))
              .map(walk -> PhysicalAddress.parse(walk.path(1).asString()))
              .min((a, b) -> Long.compareUnsigned(a.value(), b.value()));
    }

    Ledger life(JsonNode test) {
      long pages = test.path("pages").asLong();
      PhysicalAddress at =
          memory == Memory.RAM
              ? Scenario.lastSystemRam(tree)
              : vram.orElseGet(() -> Scenario.firstLargeEnoughBar(tree, pages));
      return BufferLife.of(
              Strategies.named("ttm-fault"),
              new Scenario(
                  kernel,
                  tree,
                  List.of(),
                  memory,
                  at,
                  pages,
                  memory == Memory.RAM ? CacheMode.WB : CacheMode.WC,
                  touch(test.path("pattern").asString()),
                  Cpus.running(1),
                  memory == Memory.RAM ? kernel.ttmPool() : PoolKind.NONE))
          .first();
    }

    /// What the model does between a marker and the next. Two mappings of one buffer, one after the
    /// other, cost the same; touching again costs nothing.
    Ledger phase(String marker, Ledger life) {
      Ledger only = new Ledger();
      switch (marker) {
        case "touch1", "touch2" -> copy(life, Phase.TOUCH, only);
        case "mmap1", "mmap2" -> copy(life, Phase.MAP, only);
        case "munmap1", "munmap2" -> copy(life, Phase.UNMAP, only);
        case "setcrtc", "place" -> {
          // The frame buffer is mapped for the kernel and unmapped again: ioremap_wc, with its
          // search for memory that must not be mapped, then iounmap.
          only.add(Event.RESOURCE_WALK, 3);
          only.add(Event.MEMTYPE_INSERT);
          only.add(Event.MEMTYPE_REMOVE);
        }
        default -> {
          // Creating, closing and the end of the program touch no memory type.
        }
      }
      return only;
    }

    private static void copy(Ledger from, Phase phase, Ledger to) {
      for (Event event : Event.values()) {
        to.add(event, from.count(phase, event));
      }
    }

    /// One recorded walk of a look-up in VRAM.
    Optional<ComparedCall> visits(JsonNode walk) {
      String marker = walk.path(0).asString();
      if (!marker.startsWith("M:touch")) {
        return Optional.empty();
      }
      long address = PhysicalAddress.parse(walk.path(1).asString()).value();
      int modelled =
          RamQuery.ask(tree, kernel.resourceWalk(), address, address + PAGE_SIZE).visited();
      return Optional.of(
          new ComparedCall.Builder("walk in %s at 0x%x".formatted(marker.substring(2), address))
              .put("resource_node_visit", walk.path(2).asLong(), modelled)
              .build());
    }

    /// The recording's word for an order.
    private static TouchOrder touch(String pattern) {
      return TouchOrder.parse(
          switch (pattern) {
            case "seq" -> "sequential";
            case "rev" -> "reverse";
            default -> pattern.replaceFirst("^stride(?=\\d)", "stride:");
          });
    }
  }
}
