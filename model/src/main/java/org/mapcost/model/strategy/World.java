package org.mapcost.model.strategy;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.TtmWindow;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.pat.Mtrr;
import org.mapcost.model.pat.Reservation;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;
import org.mapcost.model.vma.DriverRange;
import org.mapcost.model.vma.Insertion;
import org.mapcost.model.vma.Mm;
import org.mapcost.model.vma.PageFaults;
import org.mapcost.model.vma.PfnRange;
import org.mapcost.model.vma.UserPageTable;
import org.mapcost.model.vma.VmFlag;
import org.mapcost.model.vma.Vma;
import org.mapcost.model.vma.VmaRules;

/// The state a strategy works on: the kernel's mechanisms for one scenario, the buffer's memory,
/// and the mapping.
///
/// What lasts beyond one buffer lasts here: memory-type reservations, direct-map splits, the page
/// pool.
public final class World {
  /// A mapping of the process below the buffer's: it keeps the upper levels of the page tables.
  private static final long BELOW = 0x7f00_0000_0000L / Pages.PAGE_SIZE;

  /// Where the buffer is mapped: at a 2 MiB boundary, and right behind it the process has another
  /// mapping. Page tables that both share outlive the buffer's.
  private static final long FIRST = 0x7f00_0020_0000L / Pages.PAGE_SIZE;

  private static final long BLOCK = UserPageTable.ENTRIES;

  private final Scenario scenario;
  private final Memtypes memtypes;
  private final Insertion insertion;
  private final PfnRange pfnRange;
  private final DriverRange driverRange;
  private final TlbFlush tlb;
  private final PageFaults faults;
  private final Mm mm;
  private final BufferMemory memory;
  private final TtmWindow ttmWindow;
  private Meter ledger;
  private boolean privately;
  private int slot;
  private @Nullable Vma vma;
  private @Nullable CacheMode ioMapping;

  /// @param strategy whose way of getting RAM is followed
  /// @param scenario the platform, the kernel and the buffer
  /// @param ledger where the mechanisms charge what they do
  public World(Strategy strategy, Scenario scenario, Meter ledger) {
    this.scenario = scenario;
    this.ledger = ledger;
    Kernel kernel = scenario.kernel();
    MemtypeTree reservations = new MemtypeTree();
    scenario.memtypes().forEach(reservations::insert);
    this.memtypes =
        new Memtypes(
            scenario.tree(),
            kernel.resourceWalk(),
            reservations,
            kernel.patRules(),
            mtrr(scenario),
            true);
    this.ttmWindow = kernel.ttmWindow();
    VmaRules rules = kernel.vmaRules();
    this.insertion = new Insertion(memtypes, rules);
    this.pfnRange = new PfnRange(memtypes, rules);
    this.driverRange = new DriverRange(pfnRange);
    this.tlb = kernel.tlbFlush(scenario.cpus());
    this.faults = new PageFaults(tlb, AddressSpace.OF_THE_CALLER);
    this.mm = new Mm(rules, pfnRange, tlb, AddressSpace.OF_THE_CALLER, BELOW);
    this.mm.map(neighbour(BELOW));
    this.memory = BufferMemory.of(scenario, strategy, memtypes, tlb);
  }

  private World(World on, Scenario scenario) {
    this.scenario = scenario;
    this.ledger = on.ledger;
    this.memtypes = on.memtypes;
    this.insertion = on.insertion;
    this.pfnRange = on.pfnRange;
    this.driverRange = on.driverRange;
    this.ttmWindow = on.ttmWindow;
    this.tlb = on.tlb;
    this.faults = on.faults;
    this.mm =
        new Mm(scenario.kernel().vmaRules(), pfnRange, tlb, AddressSpace.OF_THE_CALLER, BELOW);
    this.mm.map(neighbour(BELOW));
    this.memory = on.memory.another(scenario);
    this.ioMapping = on.ioMapping;
  }

  /// Firmware leaves device memory uncached: a write-back request becomes UC- there.
  private static Mtrr mtrr(Scenario scenario) {
    if (scenario.memory() == Memory.RAM) {
      return Mtrr.WRITE_BACK;
    }
    Resource bar = scenario.bar();
    return (start, end) -> start <= bar.end() && end > bar.start() ? CacheMode.UC : CacheMode.WB;
  }

  /// Another buffer of the same driver on the same machine: reservations, the direct map and the
  /// page pool are shared, the memory and the mapping are its own. The driver is loaded already.
  ///
  /// @param pages its size
  /// @param at its first address in VRAM; means nothing in RAM
  /// @param mode the caching mode the driver asks for
  public World another(long pages, PhysicalAddress at, CacheMode mode) {
    return new World(
        this,
        new Scenario(
            scenario.kernel(),
            scenario.tree(),
            scenario.memtypes(),
            scenario.memory(),
            scenario.memory() == Memory.VRAM ? at : scenario.at(),
            pages,
            mode,
            scenario.touch(),
            scenario.cpus(),
            scenario.pool()));
  }

  public Scenario scenario() {
    return scenario;
  }

  public Kernel kernel() {
    return scenario.kernel();
  }

  /// What the kernel's TTM does at a fault, read once: a simulated fault allocates nothing.
  public TtmWindow ttmWindow() {
    return ttmWindow;
  }

  /// From here on everything is charged to another meter; the state goes on.
  public void chargeTo(Meter next) {
    ledger = next;
  }

  /// Where the mechanisms charge what they do.
  public Meter meter() {
    return ledger;
  }

  public Insertion insertion() {
    return insertion;
  }

  public PfnRange pfnRange() {
    return pfnRange;
  }

  public DriverRange driverRange() {
    return driverRange;
  }

  /// What touches of the mapping do.
  PageFaults faults() {
    return faults;
  }

  /// The process's address space.
  Mm mm() {
    return mm;
  }

  public Memtypes memtypes() {
    return memtypes;
  }

  public BufferMemory memory() {
    return memory;
  }

  /// The physical address of one of the buffer's pages.
  public long addressOf(long page) {
    return memory.addressOf(page);
  }

  /// The mapping between `mmap` and `munmap`.
  public Vma vma() {
    if (vma == null) {
      throw new IllegalStateException("nothing is mapped");
    }
    return vma;
  }

  /// From here on the program maps privately (`MAP_PRIVATE`, writable) instead of sharing.
  void mapPrivately() {
    privately = true;
  }

  /// Whether the program asks for a private writable mapping.
  public boolean isPrivate() {
    return privately;
  }

  /// A new writable mapping of the whole buffer with these flags besides, in the caching mode that
  /// the driver asks for.
  public void newVma(Set<VmFlag> flags) {
    newVma(flags, scenario.mode());
  }

  /// The same in a mode of the driver's own.
  public void newVma(Set<VmFlag> flags, CacheMode mode) {
    Set<VmFlag> all = EnumSet.of(VmFlag.MAYWRITE);
    if (!privately) {
      all.add(VmFlag.SHARED);
    }
    all.addAll(flags);
    vma = new Vma(mm, startOfSlot(), scenario.pages(), mode, all);
    mm.map(vma);
    if (mm.at(vma.end()).isEmpty()) {
      mm.map(neighbour(vma.end()));
    }
  }

  /// Each mapping of the buffer begins at a 2 MiB boundary, 2 MiB behind the one before.
  private long startOfSlot() {
    return FIRST + slot * pagesOfSlot();
  }

  private long pagesOfSlot() {
    return ((scenario.pages() + BLOCK - 1) / BLOCK + 1) * BLOCK;
  }

  /// The next [#newVma] is another mapping of the buffer, beside those there are.
  void nextSlot() {
    slot++;
  }

  /// The next [#newVma] is the first mapping again.
  void firstSlot() {
    slot = 0;
  }

  /// Turns to a mapping made before.
  void use(Vma other) {
    vma = other;
  }

  /// `mmap` failed: what it may have mapped already goes again.
  void discard() {
    if (vma != null && mm.at(vma.start()).isPresent()) {
      unmap();
    }
  }

  /// Another mapping of the process, of one page.
  private Vma neighbour(long page) {
    return new Vma(mm, page, 1, CacheMode.WB, EnumSet.of(VmFlag.MAYWRITE));
  }

  /// A new mapping whose entries are all written at once, in the mode that the driver asks for.
  public void mapWhole(Set<VmFlag> flags) {
    newVma(flags);
    insertion.applyToPageRange(vma(), 0, scenario.pages(), scenario.mode(), ledger);
  }

  /// The driver of a device reserves the BAR around the buffer for the mode it wants; nothing for
  /// RAM.
  public void reserveBar() {
    if (scenario.memory() == Memory.VRAM) {
      Resource bar = scenario.bar();
      reserve(bar.start() & -Pages.PAGE_SIZE, pageUp(bar.end() + 1), false);
    }
  }

  /// The driver makes an io_mapping of the BAR (`io_mapping_init_wc`, on x86-64 an `ioremap_wc` of
  /// all of it): a walk for RAM in the range (`__ioremap_check_mem`), then the reservation. Its
  /// mode is write-combining from then on.
  public void createIoMapping() {
    Resource bar = scenario.bar();
    reserve(bar.start() & -Pages.PAGE_SIZE, pageUp(bar.end() + 1), true);
    ioMapping = CacheMode.WC;
  }

  private void reserve(long start, long end, boolean checkForRam) {
    Reservation reserved =
        checkForRam
            ? memtypes.ioremap(start, end, scenario.mode(), ledger)
            : memtypes.reserveIo(start, end, scenario.mode(), ledger);
    if (!reserved.granted()) {
      throw new InputException(
          "the memtype list holds a type for %x-%x that %s cannot replace; the driver would not load."
              .formatted(start, end, scenario.mode().key()));
    }
  }

  /// The mode of the driver's io_mapping.
  public CacheMode ioMapping() {
    if (ioMapping == null) {
      throw new IllegalStateException("the driver made no io_mapping");
    }
    return ioMapping;
  }

  /// `munmap`: the entries go with one flush of the address space, page tables are freed, and a
  /// reservation is given back.
  public void unmap() {
    Vma mapped = vma();
    mm.unmap(mapped.start(), mapped.pages(), ledger);
    vma = null;
  }

  private static long pageUp(long address) {
    return (address + Pages.PAGE_SIZE - 1) & -Pages.PAGE_SIZE;
  }
}
