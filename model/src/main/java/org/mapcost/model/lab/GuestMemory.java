package org.mapcost.model.lab;

import org.mapcost.model.cost.Event;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import tools.jackson.databind.JsonNode;

/// The memory of a recorded guest as it was at boot: its tree, its direct map, the types of its
/// pages.
final class GuestMemory {
  private static final long PAGE_SIZE = 4096;

  private final ResourceTree tree;
  private final Memtypes memtypes;
  private final PageAttributes attributes;

  GuestMemory(Recording recording) {
    Kernel kernel = recording.kernel();
    this.tree = recording.tree();
    this.memtypes = kernel.memtypes(tree, new MemtypeTree());
    this.attributes =
        new PageAttributes(
            new DirectMap(endOfRam(), largestPage(recording)),
            memtypes,
            kernel.tlbFlush(Cpus.running(recording.cpus())),
            kernel.cpaFlush());
  }

  /// The largest page that the guest's CPU maps memory with.
  private static DirectMap.Level largestPage(Recording recording) {
    for (String flag : recording.root().at("/guest/cpu_flags").asString("").split("\\s+", -1)) {
      if (flag.equals("pdpe1gb")) {
        return DirectMap.Level.PAGE_1G;
      }
    }
    return DirectMap.Level.PAGE_2M;
  }

  ResourceTree tree() {
    return tree;
  }

  Memtypes memtypes() {
    return memtypes;
  }

  PageAttributes attributes() {
    return attributes;
  }

  /// The page frame behind the last RAM: there the direct map ends.
  long endOfRam() {
    return tree.nodes().stream()
        .filter(Resource::isSystemRam)
        .mapToLong(node -> (node.end() + 1) / PAGE_SIZE)
        .max()
        .orElse(1);
  }

  /// All RAM, in pages.
  long ramPages() {
    return tree.nodes().stream()
        .filter(Resource::isSystemRam)
        .mapToLong(node -> (node.end() + 1 - node.start()) / PAGE_SIZE)
        .sum();
  }

  /// Splits of the direct map as /proc/vmstat counts them; where it does not (5.10), each took 2
  /// MiB from `DirectMap2M`.
  static long splits(Recording recording, Coverage coverage, JsonNode call) {
    long counted = recording.count(coverage, call, Recording.Part.COUNTERS, Event.DIRECT_MAP_SPLIT);
    return counted > 0 ? counted : -call.path("counters").path("DirectMap2M").asLong() / 2048;
  }
}
