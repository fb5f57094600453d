package org.mapcost.model.vma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.TlbFlush;

/// An address space (`struct mm_struct`): its VMAs in order, its page tables, and what `munmap`,
/// fork and `mremap` do to them.
///
/// Kernel: `mm/mmap.c`, `mm/memory.c`, `kernel/fork.c`, `mm/mremap.c` as read in 5.10; `munmap` and
/// fork recorded on 5.10, 6.1 and 6.16, `mremap` not. Addresses are page numbers. Not safe for use
/// by several threads.
public final class Mm {
  private static final int TOP_LEVEL = 3;

  private final TreeMap<Long, Vma> vmas = new TreeMap<>();
  private final PageTables tables;
  private final long lowest;
  private final PfnRange tracking;
  private final VmaRules rules;
  private final TlbFlush tlb;
  private final AddressSpace cpus;

  /// @param rules what differs between kernels
  /// @param tracking what raw mappings reserve
  /// @param tlb flushes the TLB
  /// @param cpus which CPUs hold the address space
  /// @param lowest the lowest page that is ever mapped; rounded down to a multiple of 512
  public Mm(VmaRules rules, PfnRange tracking, TlbFlush tlb, AddressSpace cpus, long lowest) {
    this.rules = rules;
    this.tracking = tracking;
    this.tlb = tlb;
    this.cpus = cpus;
    this.lowest = lowest;
    this.tables = new PageTables(lowest / UserPageTable.ENTRIES);
  }

  PageTables tables() {
    return tables;
  }

  /// The VMAs, by address.
  public List<Vma> vmas() {
    return List.copyOf(vmas.values());
  }

  /// The VMA over a page.
  public Optional<Vma> at(long page) {
    return Optional.ofNullable(vmas.floorEntry(page))
        .map(Map.Entry::getValue)
        .filter(vma -> page < vma.end());
  }

  /// `mmap`: the VMA is known from here on. Throws `IllegalArgumentException` where it overlaps
  /// another one.
  public void map(Vma vma) {
    if (overlaps(vma.start(), vma.end())) {
      throw new IllegalArgumentException(
          "pages %d to %d are mapped already".formatted(vma.start(), vma.end() - 1));
    }
    vmas.put(vma.start(), vma);
  }

  private boolean overlaps(long start, long end) {
    Map.Entry<Long, Vma> before = vmas.lowerEntry(end);
    return before != null && before.getValue().end() > start;
  }

  /// `munmap` of a run of pages; VMAs that reach beyond it are split.
  public void unmap(long start, long pages, Meter meter) {
    long end = start + pages;
    split(start);
    split(end);
    List<Vma> gone = List.copyOf(vmas.subMap(start, end).values());
    gone.forEach(vma -> vmas.remove(vma.start()));
    Gather gather = new Gather(tlb, cpus, meter);
    boolean fragile = false;
    for (Vma vma : gone) {
      tracking.untrack(vma, meter);
      gather.zap(vma);
      if (vma.isFragile() && rules.zapFlush() == ZapFlush.EACH_VMA) {
        gather.flush();
      }
      fragile |= vma.isFragile();
    }
    if (fragile && rules.zapFlush() == ZapFlush.BEFORE_TABLES) {
      gather.flush();
    }
    freeTables(gone, gather);
    gather.flush();
    gone.forEach(vma -> tracking.release(vma, meter));
  }

  /// `__split_vma` where a VMA reaches over a page; a shared reservation gets one more owner.
  private void split(long page) {
    Vma vma = at(page).orElse(null);
    if (vma == null || vma.start() == page) {
      return;
    }
    long before = page - vma.start();
    Vma low = vma.part(0, before);
    Vma high = vma.part(before, vma.pages() - before);
    TrackedRange shared = vma.tracked();
    if (shared != null) {
      shared.get();
    }
    vmas.put(low.start(), low);
    vmas.put(high.start(), high);
  }

  /// `free_pgtables`: every page-table page whose addresses nobody else uses goes, and the tables
  /// above it in the same way.
  private void freeTables(List<Vma> gone, Gather gather) {
    for (int level = 1; level <= TOP_LEVEL; level++) {
      long previous = -1;
      int bits = level * Long.numberOfTrailingZeros(UserPageTable.ENTRIES);
      for (Vma vma : gone) {
        long lastBlock = (vma.end() - 1) >> bits;
        for (long block = Math.max(vma.start() >> bits, previous + 1);
            block <= lastBlock;
            block++) {
          previous = block;
          if (!overlaps(block << bits, (block + 1) << bits) && freeTable(level, block, vma)) {
            gather.table(block << bits, level);
          }
        }
      }
    }
  }

  private boolean freeTable(int level, long block, Vma vma) {
    if (level > 1) {
      return vma.pageTable().present() > 0;
    }
    boolean exists = tables.exists(block);
    tables.free(block);
    return exists;
  }

  /// What a fork left behind.
  ///
  /// @param errno 0, or `-EINVAL` where a reservation could not be copied
  /// @param child the copy; empty when the fork failed
  public record Fork(int errno, Optional<Mm> child) {}

  /// Fork (`dup_mmap`): copies the VMAs, of raw and copied pages the entries too, and flushes
  /// everything once, since entries may have become read-only. When a reservation cannot be copied
  /// it fails, and the half-made copy is taken apart again.
  public Fork fork(Meter meter) {
    Mm child = new Mm(rules, tracking, tlb, cpus, lowest);
    int errno = 0;
    for (Vma vma : vmas.values()) {
      boolean copies = vma.isFragile() || hasCopies(vma);
      Vma copy = copies ? vma.copy(child, vma.start(), vma.pages()) : vma.emptyCopy(child);
      child.vmas.put(copy.start(), copy);
      errno = tracking.fork(vma, copy, meter);
      if (errno != 0) {
        break;
      }
      if (copies) {
        chargeCopy(vma, copy, meter);
      }
    }
    tlb.mmRange(cpus, TlbFlush.EVERYTHING, false).ifPresent(meter::round);
    if (errno != 0) {
      child.exit(meter);
      return new Fork(errno, Optional.empty());
    }
    return new Fork(0, Optional.of(child));
  }

  private static boolean hasCopies(Vma vma) {
    for (long page = 0; page < vma.pages(); page++) {
      if (vma.pageTable().kind(page) == PteKind.COPY) {
        return true;
      }
    }
    return false;
  }

  /// The child's entries and page-table pages; the process's own copies are made read-only in both.
  private static void chargeCopy(Vma parent, Vma copy, Meter meter) {
    for (long page = 0; page < parent.pages(); page++) {
      switch (parent.pageTable().kind(page)) {
        case NONE -> {}
        case SPECIAL, NORMAL -> {
          copy.pageTable().allocate(page, meter);
          meter.add(Event.PTE_WRITE);
        }
        case COPY -> {
          copy.pageTable().allocate(page, meter);
          meter.add(Event.PTE_WRITE, 2);
        }
        case HUGE -> meter.add(Event.PTE_WRITE, page % UserPageTable.ENTRIES == 0 ? 1 : 0);
        case GIGANTIC -> meter.add(Event.PTE_WRITE, page == 0 ? 1 : 0);
      }
    }
  }

  /// The process ends (`exit_mmap`): reservations are given back. No CPU runs in the address space
  /// any more, so that the flush finds nothing to do.
  public void exit(Meter meter) {
    List<Vma> all = List.copyOf(vmas.values());
    vmas.clear();
    all.forEach(vma -> tracking.untrack(vma, meter));
    all.forEach(vma -> tracking.release(vma, meter));
  }

  /// `mremap` to a place and a length. Returns 0, or `-EFAULT` where the VMA may not grow
  /// (`VM_DONTEXPAND`, `VM_PFNMAP`).
  ///
  /// @param newStart where it goes; its own start to stay
  public int remap(Vma vma, long newStart, long newPages, Meter meter) {
    if (newPages > vma.pages() && (vma.has(VmFlag.DONTEXPAND) || vma.has(VmFlag.PFNMAP))) {
      return Errno.EFAULT;
    }
    if (newPages < vma.pages()) {
      unmap(vma.start() + newPages, vma.pages() - newPages, meter);
    }
    Vma old = at(vma.start()).orElseThrow();
    if (newStart == old.start() && newPages == old.pages()) {
      return 0;
    }
    vmas.remove(old.start());
    Vma moved = old.copy(this, newStart, newPages);
    map(moved);
    if (newStart == old.start()) {
      return 0;
    }
    TrackedRange shared = moved.tracked();
    if (shared != null) {
      shared.get();
    }
    moveEntries(old, moved, meter);
    tracking.moved(old, meter);
    return 0;
  }

  /// `move_page_tables`: entry by entry, with one flush for each 2 MiB; then the old page tables
  /// go.
  private void moveEntries(Vma old, Vma moved, Meter meter) {
    List<Vma> gone = new ArrayList<>(List.of(old));
    Gather gather = new Gather(tlb, cpus, meter);
    gather.move(old, moved);
    freeTables(gone, gather);
    gather.flush();
  }

  /// `madvise` that would drop pages (`MADV_DONTNEED` and the like). Returns 0, or `-EINVAL` for a
  /// mapping of page frame numbers, whose pages the kernel could not bring back.
  public int madviseDontNeed(Vma vma, Meter meter) {
    if (vma.has(VmFlag.PFNMAP)) {
      return Errno.EINVAL;
    }
    Gather gather = new Gather(tlb, cpus, meter);
    gather.zap(vma);
    vma.pageTable().clear();
    gather.flush();
    return 0;
  }
}
