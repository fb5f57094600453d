package org.mapcost.model.lab;

import java.util.Comparator;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.pat.MemtypeList;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.vma.Insertion;
import org.mapcost.model.vma.Mm;
import org.mapcost.model.vma.PageFaults;
import org.mapcost.model.vma.PfnRange;
import org.mapcost.model.vma.VmaRules;
import tools.jackson.databind.JsonNode;

/// The guest of one recording of scenario D, and its test driver: device memory is taken from the
/// largest BAR page by page, test after test; RAM is always the same pages.
final class InsertionGuest {
  private static final long PAGE_SIZE = 4096;

  private final Kernel kernel;
  private final Memtypes memtypes;
  private final Insertion insertion;
  private final PfnRange pfnRange;
  private final TlbFlush tlb;
  private final PageFaults faults;
  private final Memtype ioremap;
  private final long ram;
  private long cursor;

  InsertionGuest(Recording recording, Kernel kernel, ResourceTree tree) {
    this.kernel = kernel;
    Resource bar =
        Landmark.largestBar(tree)
            .orElseThrow(() -> new InputException(recording.file() + ": its iomem has no BAR."));
    MemtypeTree reservations = new MemtypeTree();
    list(recording.data().path("pat_before")).forEach(reservations::insert);
    this.memtypes =
        new Memtypes(
            tree,
            kernel.resourceWalk(),
            reservations,
            kernel.patRules(),
            (start, end) -> start <= bar.end() && end > bar.start() ? CacheMode.UC : CacheMode.WB,
            true);
    VmaRules rules = kernel.vmaRules();
    this.insertion = new Insertion(memtypes, rules);
    this.pfnRange = new PfnRange(memtypes, rules);
    this.tlb = kernel.tlbFlush(Cpus.running(recording.cpus()));
    this.faults = new PageFaults(tlb, AddressSpace.OF_THE_CALLER);
    this.cursor = bar.start();
    this.ram = new RamBlocks(recording.file(), tree).take(1).findFirst().orElse(0) * PAGE_SIZE;
    this.ioremap =
        list(recording.data().path("pat_ioremap_wc")).stream()
            .filter(entry -> entry.type() == CacheMode.WC)
            .max(Comparator.comparingLong(entry -> entry.end() - entry.start()))
            .orElseGet(() -> new Memtype(bar.end() + 1 - (1 << 20), bar.end() + 1, CacheMode.WC));
  }

  Kernel kernel() {
    return kernel;
  }

  Insertion insertion() {
    return insertion;
  }

  PfnRange pfnRange() {
    return pfnRange;
  }

  PageFaults faults() {
    return faults;
  }

  /// An address space of its own for each test's process.
  Mm process() {
    return new Mm(kernel.vmaRules(), pfnRange, tlb, AddressSpace.OF_THE_CALLER, 0);
  }

  /// The mapping of the next test, on memory that follows the last one's.
  InsertionMapping mapping(JsonNode test, InsertionMapping.Place place) {
    String api = test.path("api").asString();
    long address =
        api.contains("_ram") ? ram : api.startsWith("over_wc") ? ioremap.start() : cursor;
    cursor += test.path("pages").asLong() * PAGE_SIZE;
    return new InsertionMapping(this, test, address, place);
  }

  /// The driver maps a part of the BAR for itself, write-combining.
  void ioremapWc() {
    memtypes.reserveIo(ioremap.start(), ioremap.end(), CacheMode.WC, Meter.NONE);
  }

  void iounmap() {
    memtypes.free(ioremap.start(), ioremap.end(), Meter.NONE);
  }

  /// The memory-type list as it is now.
  List<Memtype> list() {
    return memtypes.tree().entries();
  }

  /// A memory-type list as recorded.
  static List<Memtype> list(JsonNode lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    return MemtypeList.parse(
            "recording", String.join("\n", lines.valueStream().map(JsonNode::asString).toList()))
        .entries();
  }
}
