package org.mapcost.model.lab;

import java.util.List;
import org.mapcost.model.TestResources;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
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
import tools.jackson.databind.json.JsonMapper;

/// The guest of one recording of scenario D, and its test driver: device memory is taken from the
/// BAR page by page, test after test; RAM is always the same 64 pages.
final class LabMachine {
  private static final long BAR = 0xfd000000L;
  private static final long IOREMAP = 0xfdf00000L;
  private static final long IOREMAP_END = 0xfe000000L;
  private static final long RAM = 0x8200000L;
  private static final long TOP_OF_RAM = 0x80000000L;
  private static final long PAGE_SIZE = 4096;

  private final JsonNode recording;
  private final Kernel kernel;
  private final Memtypes memtypes;
  private final Insertion insertion;
  private final PfnRange pfnRange;
  private final TlbFlush tlb;
  private final PageFaults faults;
  private long cursor = BAR;
  private boolean ioremap;

  LabMachine(String kernel) {
    this.kernel = Kernels.named(kernel);
    this.recording =
        JsonMapper.shared()
            .readTree(TestResources.text(LabMachine.class, "D-insert-api-" + kernel + ".json"));
    ResourceTree tree =
        ProcIomem.parse(
                kernel,
                String.join(
                    "\n", recording.get("iomem").valueStream().map(JsonNode::asString).toList()))
            .tree();
    MemtypeTree reservations = new MemtypeTree();
    list(recording.get("pat_before")).forEach(reservations::insert);
    this.memtypes =
        new Memtypes(
            tree,
            this.kernel.resourceWalk(),
            reservations,
            this.kernel.patRules(),
            (start, end) -> start < TOP_OF_RAM ? CacheMode.WB : CacheMode.UC,
            true);
    VmaRules rules = this.kernel.vmaRules();
    this.insertion = new Insertion(memtypes, rules);
    this.pfnRange = new PfnRange(memtypes, rules);
    this.tlb =
        new TlbFlush(
            Cpus.running(1), this.kernel.tlbOrder(), this.kernel.lazyTlb(), this.kernel.invlpgb());
    this.faults = new PageFaults(tlb, AddressSpace.OF_THE_CALLER);
  }

  Kernel kernel() {
    return kernel;
  }

  Iterable<JsonNode> tests() {
    return recording.get("tests");
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
  LabMapping mapping(JsonNode test) {
    return mapping(test, LabMapping.Place.ALONE);
  }

  /// The same at some place in the process.
  LabMapping mapping(JsonNode test, LabMapping.Place place) {
    String api = test.get("api").asString();
    long address = api.contains("_ram") ? RAM : api.startsWith("over_wc") ? IOREMAP : cursor;
    cursor += test.get("pages").asLong() * PAGE_SIZE;
    return new LabMapping(this, test, address, place);
  }

  /// The driver maps a part of the BAR for itself, write-combining.
  void ioremapWc() {
    memtypes.reserveIo(IOREMAP, IOREMAP_END, CacheMode.WC, Meter.NONE);
    ioremap = true;
  }

  boolean hasIoremap() {
    return ioremap;
  }

  void iounmap() {
    memtypes.free(IOREMAP, IOREMAP_END, Meter.NONE);
  }

  /// The memory-type list as it is now.
  List<Memtype> list() {
    return memtypes.tree().entries();
  }

  List<Memtype> recordedIoremap() {
    return list(recording.get("pat_ioremap_wc"));
  }

  List<Memtype> recordedEnd() {
    return list(recording.get("pat_after"));
  }

  String recordedBug() {
    return recording.get("bug").get(0).asString();
  }

  /// A memory-type list as recorded.
  static List<Memtype> list(JsonNode lines) {
    return MemtypeList.parse(
            "recording", String.join("\n", lines.valueStream().map(JsonNode::asString).toList()))
        .entries();
  }
}
