package org.mapcost.model.tlb;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Meter;

/// What user space does to pages that it has mapped, and which flushes follow.
///
/// Recorded on 5.10, 6.1, 6.12 and 7.2 with up to 512 pages on 4 CPUs. The range begins at a border
/// of 2 MiB of the address space, and at the new place too where it is moved.
public enum Shootdown {
  /// `mprotect` of all pages: one flush.
  MPROTECT,
  /// `munmap` of all pages: one flush.
  MUNMAP,
  /// `madvise(MADV_DONTNEED)` of all pages: one flush.
  MADVISE,
  /// `mremap` to another place: one flush for the pages of each page table (`move_ptes`).
  MREMAP,
  /// A write to every page of a copy-on-write mapping: one flush of one page for each.
  COW;

  /// The pages that one page table maps.
  private static final long TABLE = 512;

  /// `mprotect`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Shootdown ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "operation", key, Arrays.stream(values()).map(Shootdown::key).toList()));
  }

  /// Charges the flushes of one call, or of as many faults as there are pages.
  ///
  /// @param tlb the CPUs, and how their kernel flushes
  /// @param mremap what the kernel's `mremap` does with lazy CPUs
  /// @param mm which CPUs hold the address space
  /// @param pages the pages of the range, all mapped; at least one
  /// @param freedTables whether page tables of the range are freed too; only [#MUNMAP] does
  public void charge(
      TlbFlush tlb, LazyTlb mremap, AddressSpace mm, long pages, boolean freedTables, Meter meter) {
    if (pages < 1 || (freedTables && this != MUNMAP)) {
      throw new IllegalArgumentException(
          "at least one page, and only munmap frees tables: %d, %s".formatted(pages, key()));
    }
    switch (this) {
      case MPROTECT, MUNMAP, MADVISE -> flush(tlb, mm, pages, freedTables, meter);
      case MREMAP -> {
        boolean everyone = mremap == LazyTlb.INTERRUPTED;
        for (long done = 0; done < pages; done += TABLE) {
          flush(tlb, mm, Math.min(TABLE, pages - done), everyone, meter);
        }
      }
      case COW -> {
        for (long page = 0; page < pages; page++) {
          flush(tlb, mm, 1, false, meter);
        }
      }
    }
  }

  private static void flush(
      TlbFlush tlb, AddressSpace mm, long pages, boolean everyone, Meter meter) {
    tlb.mmRange(mm, pages, everyone).ifPresent(meter::round);
  }
}
