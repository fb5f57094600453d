package org.mapcost.model.vma;

import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.Memtypes;

/// The calls by which a driver fills page-table entries from a fault handler or from `mmap`, one
/// page or a few at a time.
///
/// Kernel: `mm/memory.c`, read in 5.10 and 7.x; the number of look-ups recorded on 5.10, 6.1, 6.12,
/// 6.16 and 7.2. Addresses are physical, in bytes, of whole pages; pages count from the beginning
/// of the VMA.
public final class Insertion {
  /// Bytes in a page.
  static final long PAGE_SIZE = 4096;

  /// How many entries `vm_insert_pages` writes under one page-table lock.
  private static final int INSERT_BATCH = 8;

  private static final long GIGANTIC_ENTRIES = 512L * UserPageTable.ENTRIES;

  private final Memtypes memtypes;
  private final VmaRules rules;
  private final RangeEntries entries = new RangeEntries();

  public Insertion(Memtypes memtypes, VmaRules rules) {
    this.memtypes = memtypes;
    this.rules = rules;
  }

  /// `vmf_insert_pfn` and `vmf_insert_pfn_prot`: one look-up of the page's memory type, whose
  /// answer replaces the caching mode asked for; then the entry, unless there is one. The look-up
  /// comes first, so a page that is mapped already pays it too.
  ///
  /// A wrong VMA is a `BUG`: neither `VM_PFNMAP` nor `VM_MIXEDMAP`, or both, or a copy-on-write one
  /// of page frame numbers.
  public VmFault vmfInsertPfn(Vma vma, long page, long address, Meter meter) {
    checkPfnVma(vma, "vmf_insert_pfn");
    return lookUpAndInsert(vma, page, address, true, meter);
  }

  private static void checkPfnVma(Vma vma, String call) {
    boolean pfnmap = vma.has(VmFlag.PFNMAP);
    if (pfnmap == vma.has(VmFlag.MIXEDMAP)) {
      throw new KernelBug(call + ": the VMA is neither VM_PFNMAP nor VM_MIXEDMAP, or both");
    }
    if (pfnmap && vma.isCow()) {
      throw new KernelBug(call + ": a copy-on-write mapping is VM_PFNMAP");
    }
  }

  /// `vmf_insert_mixed`: the same look-up (since 4.9), on a `VM_MIXEDMAP` VMA, which may be
  /// copy-on-write. On x86 the entry is special even where the page has a struct page. Any other
  /// VMA is a `BUG` or SIGBUS; see [MixedBadVma].
  public VmFault vmfInsertMixed(Vma vma, long page, long address, Meter meter) {
    if (!vma.has(VmFlag.MIXEDMAP)) {
      if (rules.mixedBadVma() == MixedBadVma.SIGBUS) {
        return VmFault.SIGBUS;
      }
      throw new KernelBug("vmf_insert_mixed: the VMA is not VM_MIXEDMAP");
    }
    return lookUpAndInsert(vma, page, address, rules.mixedLookup(), meter);
  }

  private VmFault lookUpAndInsert(Vma vma, long page, long address, boolean lookUp, Meter meter) {
    if (page < 0 || page >= vma.pages()) {
      return VmFault.SIGBUS;
    }
    CacheMode mode = lookUp && memtypes.enabled() ? memtypes.lookup(address, meter) : vma.prot();
    return insertPfn(vma, page, mode, meter);
  }

  /// `insert_pfn`: a special entry in a given mode without any look-up; a present entry stays.
  public VmFault insertPfn(Vma vma, long page, CacheMode mode, Meter meter) {
    if (page < 0 || page >= vma.pages()) {
      return VmFault.SIGBUS;
    }
    UserPageTable table = vma.pageTable();
    table.allocate(page, meter);
    meter.enter(Lock.PTE_LOCK);
    if (!table.isPresent(page)) {
      table.set(page, PteKind.SPECIAL, mode, meter);
    }
    meter.leave(Lock.PTE_LOCK);
    return VmFault.NOPAGE;
  }

  /// `vm_insert_page`: an ordinary entry with a reference to the page; no look-up, so the mode is
  /// the one the driver asked for, whatever the page's type. Makes the VMA `VM_MIXEDMAP`; a
  /// `VM_PFNMAP` one is a `BUG`.
  ///
  /// Returns 0; `-EFAULT` outside the VMA; `-EINVAL` for anonymous and slab pages; `-EBUSY` where
  /// an entry is present.
  public int vmInsertPage(Vma vma, long page, boolean ownPage, Meter meter) {
    if (page < 0 || page >= vma.pages()) {
      return Errno.EFAULT;
    }
    makeMixed(vma);
    if (!ownPage) {
      return Errno.EINVAL;
    }
    UserPageTable table = vma.pageTable();
    table.allocate(page, meter);
    meter.enter(Lock.PTE_LOCK);
    boolean busy = table.isPresent(page);
    if (!busy) {
      table.set(page, PteKind.NORMAL, vma.prot(), meter);
    }
    meter.leave(Lock.PTE_LOCK);
    return busy ? Errno.EBUSY : 0;
  }

  private static void makeMixed(Vma vma) {
    if (vma.has(VmFlag.PFNMAP)) {
      throw new KernelBug("vm_insert_page: the VMA is VM_PFNMAP");
    }
    vma.set(VmFlag.MIXEDMAP);
  }

  /// `vmf_insert_page`, in a fault handler: as [#vmInsertPage], where a present entry is no error.
  public VmFault vmfInsertPage(Vma vma, long page, Meter meter) {
    int result = vmInsertPage(vma, page, true, meter);
    return result == 0 || result == Errno.EBUSY ? VmFault.NOPAGE : VmFault.SIGBUS;
  }

  /// `vm_insert_pages`: as [#vmInsertPage] for a run of pages, 8 entries under one page-table lock.
  /// Ends with `-EBUSY` at the first entry that is present, what came before stays.
  public int vmInsertPages(Vma vma, long firstPage, long pages, Meter meter) {
    if (firstPage < 0 || firstPage + pages > vma.pages()) {
      return Errno.EFAULT;
    }
    makeMixed(vma);
    UserPageTable table = vma.pageTable();
    int batch = 0;
    for (long page = firstPage; page < firstPage + pages; page++) {
      if (batch == 0 || table.isFirstOfTable(page)) {
        table.allocate(page, meter);
        meter.enter(Lock.PTE_LOCK);
        batch = INSERT_BATCH;
      }
      if (table.isPresent(page)) {
        meter.leave(Lock.PTE_LOCK);
        return Errno.EBUSY;
      }
      table.set(page, PteKind.NORMAL, vma.prot(), meter);
      batch--;
      boolean last = page + 1 == firstPage + pages;
      if (batch == 0 || last || table.isFirstOfTable(page + 1)) {
        meter.leave(Lock.PTE_LOCK);
        batch = 0;
      }
    }
    return 0;
  }

  /// `vm_map_pages`: `vm_insert_page` for every page of the VMA, from a page of the buffer on.
  /// Returns `-ENXIO` where the buffer is shorter than the VMA asks for.
  ///
  /// @param bufferPages the length of the buffer
  /// @param offset the buffer's page that the VMA begins with
  public int vmMapPages(Vma vma, long bufferPages, long offset, Meter meter) {
    if (offset >= bufferPages || vma.pages() > bufferPages - offset) {
      return Errno.ENXIO;
    }
    for (long page = 0; page < vma.pages(); page++) {
      int result = vmInsertPage(vma, page, true, meter);
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  /// `vmf_insert_pfn_pmd`: one 2 MiB entry, for one look-up of its first page. Falls back where
  /// page, address or the length of the VMA do not fit 2 MiB, or where a page-table page is in the
  /// way.
  public VmFault vmfInsertPfnPmd(Vma vma, long page, long address, Meter meter) {
    return insertLarge(vma, page, address, UserPageTable.ENTRIES, PteKind.HUGE, meter);
  }

  /// `vmf_insert_pfn_pud`: the same for one 1 GiB entry.
  public VmFault vmfInsertPfnPud(Vma vma, long page, long address, Meter meter) {
    return insertLarge(vma, page, address, GIGANTIC_ENTRIES, PteKind.GIGANTIC, meter);
  }

  private VmFault insertLarge(
      Vma vma, long page, long address, long pages, PteKind kind, Meter meter) {
    checkPfnVma(vma, kind == PteKind.HUGE ? "vmf_insert_pfn_pmd" : "vmf_insert_pfn_pud");
    UserPageTable table = vma.pageTable();
    if ((vma.start() + page) % pages != 0
        || address % (pages * PAGE_SIZE) != 0
        || page + pages > vma.pages()
        || table.hasTableWithin(page, pages)) {
      return VmFault.FALLBACK;
    }
    CacheMode mode = memtypes.enabled() ? memtypes.lookup(address, meter) : vma.prot();
    meter.enter(Lock.PTE_LOCK);
    if (!table.isPresent(page)) {
      table.setLarge(page, kind, pages, mode, meter);
    }
    meter.leave(Lock.PTE_LOCK);
    return VmFault.NOPAGE;
  }

  /// `apply_to_page_range` with a function that writes special entries where there is none: no
  /// look-up, no look at the VMA, one page-table lock per page-table page.
  ///
  /// @param mode the caching mode to write, from the driver's io_mapping or its `vm_page_prot`
  public void applyToPageRange(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    entries.fill(vma, firstPage, pages, mode, meter);
  }
}
