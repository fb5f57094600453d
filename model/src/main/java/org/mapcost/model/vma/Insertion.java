package org.mapcost.model.vma;

import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtypes;

/// The calls by which a driver fills page-table entries from a fault handler or from `mmap`, one
/// page or a run at a time.
///
/// Kernel: `mm/memory.c`, read in 5.10 and 7.x; the number of look-ups recorded on 5.10, 6.1, 6.12,
/// 6.16 and 7.2. Addresses are physical, in bytes, of whole pages; pages count from the beginning
/// of the VMA.
public final class Insertion {
  private static final long PAGE_SIZE = 4096;

  private final Memtypes memtypes;

  public Insertion(Memtypes memtypes) {
    this.memtypes = memtypes;
  }

  /// `vmf_insert_pfn_prot`: one look-up of the page's memory type, whose answer replaces the
  /// caching mode asked for; then the entry, unless there is one. The look-up comes first, so a
  /// page that is mapped already pays it too.
  public VmFault vmfInsertPfn(Vma vma, long page, long address, Meter meter) {
    boolean pfnmap = vma.has(VmFlag.PFNMAP);
    if (pfnmap == vma.has(VmFlag.MIXEDMAP)) {
      throw new KernelBug("vmf_insert_pfn: the VMA is neither VM_PFNMAP nor VM_MIXEDMAP, or both");
    }
    if (pfnmap && vma.isCow()) {
      throw new KernelBug("vmf_insert_pfn: a copy-on-write mapping is VM_PFNMAP");
    }
    return lookUpAndInsert(vma, page, address, meter);
  }

  /// `vmf_insert_mixed`: the same look-up (since 4.9), on a `VM_MIXEDMAP` VMA, which may be
  /// copy-on-write. On x86 the entry is special even where the page has a struct page.
  public VmFault vmfInsertMixed(Vma vma, long page, long address, Meter meter) {
    if (!vma.has(VmFlag.MIXEDMAP)) {
      throw new KernelBug("vmf_insert_mixed: the VMA is not VM_MIXEDMAP");
    }
    return lookUpAndInsert(vma, page, address, meter);
  }

  private VmFault lookUpAndInsert(Vma vma, long page, long address, Meter meter) {
    if (page < 0 || page >= vma.pages()) {
      return VmFault.SIGBUS;
    }
    CacheMode mode = memtypes.enabled() ? memtypes.lookup(address, meter) : vma.prot();
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

  /// `vmf_insert_page`: an ordinary entry with a reference to the page; no look-up, so the mode is
  /// the one the driver asked for, whatever the page's type.
  public VmFault vmfInsertPage(Vma vma, long page, Meter meter) {
    if (vma.has(VmFlag.PFNMAP)) {
      throw new KernelBug("vm_insert_page: the VMA is VM_PFNMAP");
    }
    vma.set(VmFlag.MIXEDMAP);
    if (page < 0 || page >= vma.pages()) {
      return VmFault.SIGBUS;
    }
    UserPageTable table = vma.pageTable();
    table.allocate(page, meter);
    meter.enter(Lock.PTE_LOCK);
    if (!table.isPresent(page)) {
      table.set(page, PteKind.NORMAL, vma.prot(), meter);
    }
    meter.leave(Lock.PTE_LOCK);
    return VmFault.NOPAGE;
  }

  /// `vmf_insert_pfn_pmd`: one 2 MiB entry, for one look-up of its first page. Falls back where
  /// page, address or the length of the VMA do not fit 2 MiB, or where a small entry is in the way.
  public VmFault vmfInsertPfnPmd(Vma vma, long page, long address, Meter meter) {
    if (vma.has(VmFlag.PFNMAP) && vma.isCow()) {
      throw new KernelBug("vmf_insert_pfn_pmd: a copy-on-write mapping is VM_PFNMAP");
    }
    long hugeBytes = UserPageTable.ENTRIES * PAGE_SIZE;
    if (page % UserPageTable.ENTRIES != 0
        || address % hugeBytes != 0
        || page + UserPageTable.ENTRIES > vma.pages()) {
      return VmFault.FALLBACK;
    }
    CacheMode mode = memtypes.enabled() ? memtypes.lookup(address, meter) : vma.prot();
    meter.enter(Lock.PTE_LOCK);
    if (!vma.pageTable().isPresent(page)) {
      vma.pageTable().setHuge(page, mode, meter);
    }
    meter.leave(Lock.PTE_LOCK);
    return VmFault.NOPAGE;
  }

  /// `apply_to_page_range` with a function that writes special entries, as i915's
  /// `remap_io_mapping` and `remap_io_sg` use it: no look-up, one page-table lock per page-table
  /// page.
  ///
  /// @param mode the caching mode to write, from the driver's io_mapping or its `vm_page_prot`
  public void applyToPageRange(Vma vma, long firstPage, long pages, CacheMode mode, Meter meter) {
    UserPageTable table = vma.pageTable();
    for (long page = firstPage; page < firstPage + pages; page++) {
      boolean firstOfTable = page == firstPage || page % UserPageTable.ENTRIES == 0;
      if (firstOfTable) {
        table.allocate(page, meter);
        meter.enter(Lock.PTE_LOCK);
      }
      if (!table.isPresent(page)) {
        table.set(page, PteKind.SPECIAL, mode, meter);
      }
      boolean lastOfTable =
          page + 1 == firstPage + pages || (page + 1) % UserPageTable.ENTRIES == 0;
      if (lastOfTable) {
        meter.leave(Lock.PTE_LOCK);
      }
    }
  }
}
