package org.mapcost.model.pat;

import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.iomem.SystemRamWalk;
import org.mapcost.model.iomem.Visits;

/// PAT memory-type tracking: which caching mode a physical range is, or must be, mapped with.
///
/// RAM keeps its types in page flags, everything else in the memtype tree. Which of the two is
/// asked is found out by walking the resource tree, each time.
///
/// Kernel: `arch/x86/mm/pat/memtype.c`, read in 5.10, 6.1 and 6.15. Not safe for use by several
/// threads; [#lookup] allocates nothing.
public final class Memtypes {
  private static final long PAGE_SIZE = 4096;
  private static final long ISA_START = 0xa0000;

  private final ResourceTree iomem;
  private final ResourceWalk walk;
  private final RamTest ram;
  private final SystemRamWalk ramWalk;
  private final Visits visits = Visits.counting();
  private final PageFlags flags = new PageFlags();
  private final MemtypeTree tree;
  private final PatRules rules;
  private final Mtrr mtrr;
  private final boolean enabled;
  private final long highMemory;

  /// @param iomem what is RAM
  /// @param walk how the kernel searches it
  /// @param tree the reservations there are; grows and shrinks with use
  /// @param rules what differs between kernels
  /// @param mtrr the memory type registers
  /// @param enabled `pat_enabled()`
  public Memtypes(
      ResourceTree iomem,
      ResourceWalk walk,
      MemtypeTree tree,
      PatRules rules,
      Mtrr mtrr,
      boolean enabled) {
    this.iomem = iomem;
    this.walk = walk;
    this.ram = new RamTest(iomem, walk);
    this.ramWalk = new SystemRamWalk(iomem, walk);
    this.tree = tree;
    this.rules = rules;
    this.mtrr = mtrr;
    this.enabled = enabled;
    this.highMemory = endOfRam(iomem);
  }

  /// A machine with PAT whose memory type registers say write-back.
  public Memtypes(ResourceTree iomem, ResourceWalk walk, MemtypeTree tree, MemtypeErase erase) {
    this(iomem, walk, tree, PatRules.with(erase), Mtrr.WRITE_BACK, true);
  }

  /// The first address behind all RAM: there the direct map ends (`high_memory`).
  private static long endOfRam(ResourceTree iomem) {
    return iomem.nodes().stream()
        .filter(Resource::isSystemRam)
        .mapToLong(node -> node.end() + 1)
        .max()
        .orElse(0);
  }

  /// Reserves a type for `[from, to)`, cut to the addresses there are, and says which one was
  /// granted (`memtype_reserve`).
  ///
  /// @param adopt whether another type than the requested is welcome; without it the request is
  ///   refused instead (`new_type` is null in the kernel)
  public Reservation reserve(long from, long to, CacheMode request, boolean adopt, Meter meter) {
    long start = Sanitize.start(from);
    long end = rules.sanitize().end(to);
    if (start >= end) {
      return Reservation.invalid(request);
    }
    if (!enabled) {
      return Reservation.granted(request);
    }
    if (isUntracked(start, end)) {
      return Reservation.granted(CacheMode.WB);
    }
    CacheMode actual = combinedWithMtrr(start, end, request);
    return switch (ram.ask(start, end, visits, meter)) {
      case YES -> flags.reserve(start, end, request, meter);
      case MIXED -> Reservation.invalid(actual);
      case NO -> insert(start, end, actual, adopt, meter);
    };
  }

  private Reservation insert(long start, long end, CacheMode request, boolean adopt, Meter meter) {
    meter.enter(Lock.MEMTYPE_LOCK);
    CacheMode granted = tree.checkInsert(start, end, request, adopt);
    meter.add(granted == null ? Event.MEMTYPE_SEARCH : Event.MEMTYPE_INSERT);
    meter.leave(Lock.MEMTYPE_LOCK);
    return granted == null ? Reservation.busy(request) : Reservation.granted(granted);
  }

  /// Gives up a reservation: 0, or [Errno#EINVAL] where there is none for this range or the range
  /// mixes RAM with other memory (`memtype_free`).
  public int free(long from, long to, Meter meter) {
    long start = Sanitize.start(from);
    long end = rules.sanitize().end(to);
    if (!enabled || isUntracked(start, end)) {
      return 0;
    }
    return switch (ram.ask(start, end, visits, meter)) {
      case YES -> {
        flags.free(start, end, meter);
        yield 0;
      }
      case MIXED -> Errno.EINVAL;
      case NO -> remove(start, end, meter);
    };
  }

  private int remove(long start, long end, Meter meter) {
    meter.enter(Lock.MEMTYPE_LOCK);
    MemtypeTree.Erased erased = tree.erase(start, end, rules.erase());
    switch (erased) {
      case REMOVED -> meter.add(Event.MEMTYPE_REMOVE);
      case SHRUNK -> {
        meter.add(Event.MEMTYPE_REMOVE);
        meter.add(Event.MEMTYPE_INSERT);
      }
      case NOTHING -> meter.add(Event.MEMTYPE_SEARCH);
    }
    meter.leave(Lock.MEMTYPE_LOCK);
    return erased == MemtypeTree.Erased.NOTHING ? Errno.EINVAL : 0;
  }

  /// The type that the page at `address` must be mapped with (`lookup_memtype`): for RAM what its
  /// flags say, else that of the first reservation on the page, and UC- where nobody reserved
  /// anything.
  public CacheMode lookup(long address, Meter meter) {
    meter.add(Event.PAT_LOOKUP);
    if (isUntracked(address, address + PAGE_SIZE)) {
      return CacheMode.WB;
    }
    if (ram.ask(address, address + PAGE_SIZE, visits, meter) != Ram.NO) {
      meter.add(Event.RAM_FLAG_OP);
      return flags.type(address / PAGE_SIZE);
    }
    meter.enter(Lock.MEMTYPE_LOCK);
    meter.add(Event.MEMTYPE_SEARCH);
    @Nullable CacheMode found = tree.lookup(address);
    meter.leave(Lock.MEMTYPE_LOCK);
    return found == null ? CacheMode.UC_MINUS : found;
  }

  /// Reserves a device's memory for a driver, once for the whole range (`memtype_reserve_io`,
  /// behind `arch_io_reserve_memtype_wc` and `io_mapping_create_wc`). A type that the request
  /// cannot live with ([CacheMode#accepts]) is given back and refused with EBUSY.
  ///
  /// Throws `IllegalArgumentException` for RAM, which no driver reserves this way.
  public Reservation reserveIo(long start, long end, CacheMode request, Meter meter) {
    Reservation reserved = reserve(start, end, request, true, meter);
    if (!reserved.granted()) {
      return reserved;
    }
    if (!isUntracked(start, end) && !request.accepts(reserved.type())) {
      free(start, end, meter);
      return Reservation.busy(reserved.type());
    }
    if (isInDirectMap(start, meter)) {
      throw new IllegalArgumentException("0x%x is RAM, no device memory".formatted(start));
    }
    return reserved;
  }

  /// Maps device memory into the kernel (`ioremap` and its kin, behind `io_mapping_create_wc`):
  /// looks for RAM in the range, which is refused with EINVAL, and reserves the type as
  /// [#reserveIo] does. Freeing the mapping is [#free].
  ///
  /// The scan that warns of ranges that span more than a resource (`iomem_map_sanity_check`) is not
  /// counted; its code was not read.
  public Reservation ioremap(long start, long end, CacheMode request, Meter meter) {
    if (holdsRam(start, end, meter)) {
      return Reservation.invalid(request);
    }
    return reserveIo(start, end, request, meter);
  }

  /// `walk_mem_res` with the question of `__ioremap_check_mem`: one search for each busy piece of
  /// memory, and one that finds no more.
  private boolean holdsRam(long start, long end, Meter meter) {
    long from = start;
    while (from < end) {
      @Nullable Resource found =
          walk.findMemory(iomem, from, end - 1, Resource.MEM | Resource.BUSY, visits, meter);
      if (found == null) {
        return false;
      }
      if (found.isSystemRam()) {
        return true;
      }
      from = found.end() + 1;
    }
    return false;
  }

  /// Whether the kernel's own mapping of `[base, ...)` must follow a change of type: only RAM below
  /// the end of the direct map (the questions of `memtype_kernel_map_sync`). An address behind all
  /// RAM is answered without a walk.
  public boolean isInDirectMap(long base, Meter meter) {
    return base < highMemory && pageIsRam(base, meter);
  }

  /// `page_is_ram`, which unlike `pat_pagerange_is_ram` walks for pages below 1 MiB too.
  private boolean pageIsRam(long base, Meter meter) {
    return ramWalk.walk(base / PAGE_SIZE, 1, (pfn, pages) -> 1, visits, meter) == 1;
  }

  /// Whether `[start, end)` is RAM, with the walks that takes (`pat_pagerange_is_ram`).
  public Ram isRam(long start, long end, Meter meter) {
    return ram.ask(start, end, visits, meter);
  }

  /// `pat_enabled()`.
  public boolean enabled() {
    return enabled;
  }

  /// The reservations of memory that is not RAM.
  public MemtypeTree tree() {
    return tree;
  }

  /// The types of RAM pages.
  public PageFlags flags() {
    return flags;
  }

  /// The legacy video and ROM area keeps no records (`is_untracked_pat_range`, `is_ISA_range`).
  private static boolean isUntracked(long start, long end) {
    return start >= ISA_START && end <= RamTest.ISA_END;
  }

  /// `pat_x_mtrr_type`: only a write-back request asks the registers.
  private CacheMode combinedWithMtrr(long start, long end, CacheMode request) {
    if (request != CacheMode.WB) {
      return request;
    }
    @Nullable CacheMode declared = mtrr.type(start, end);
    boolean cached =
        declared == null ? rules.mtrrInvalid() == MtrrInvalid.WB : declared == CacheMode.WB;
    return cached ? CacheMode.WB : CacheMode.UC_MINUS;
  }
}
