package org.mapcost.model.tlb;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Meter;

/// What user space does to pages that it has mapped, and which flushes follow.
///
/// Recorded on 5.10, 6.1, 6.12 and 7.2 with up to 512 pages on 4 CPUs.
public enum Shootdown {
  /// `mprotect` of all pages: one flush.
  MPROTECT,
  /// `munmap` of all pages: one flush.
  MUNMAP,
  /// `madvise(MADV_DONTNEED)` of all pages: one flush.
  MADVISE,
  /// `mremap` to another place: one flush for the pages of each page table (`move_ptes`). One page
  /// table maps 2 MiB; the new place is taken to lie in its own as the old one does.
  MREMAP,
  /// A write to every page of a copy-on-write mapping: one flush of one page for each.
  COW,
  /// `fork`, which makes every private page read-only: one flush of the whole address space, of
  /// whatever size, that lazy CPUs are not spared (`flush_tlb_mm`). The copies that parent and
  /// child make later are [#COW].
  FORK;

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
  /// @param first where in its 2 MiB the range begins, 0 to 511; only [#MREMAP] depends on it
  /// @param pages the pages of the range, all mapped; at least one
  /// @param freedTables whether the flushes are told that page tables are freed too, as those of
  ///   `munmap` often are
  public void charge(
      TlbFlush tlb,
      LazyTlb mremap,
      AddressSpace mm,
      int first,
      long pages,
      boolean freedTables,
      Meter meter) {
    if (pages < 1 || first < 0 || first >= TABLE) {
      throw new IllegalArgumentException(
          "a range has pages and begins at 0 to 511: %d from %d".formatted(pages, first));
    }
    switch (this) {
      case MPROTECT, MUNMAP, MADVISE -> flush(tlb, mm, pages, freedTables, meter);
      case MREMAP -> {
        boolean everyone = freedTables || mremap == LazyTlb.INTERRUPTED;
        long end = first + pages;
        for (long at = first; at < end; at = (at / TABLE + 1) * TABLE) {
          flush(tlb, mm, Math.min((at / TABLE + 1) * TABLE, end) - at, everyone, meter);
        }
      }
      case COW -> {
        for (long page = 0; page < pages; page++) {
          flush(tlb, mm, 1, freedTables, meter);
        }
      }
      case FORK -> flush(tlb, mm, TlbFlush.EVERYTHING, true, meter);
    }
  }

  private static void flush(
      TlbFlush tlb, AddressSpace mm, long pages, boolean everyone, Meter meter) {
    tlb.mmRange(mm, pages, everyone).ifPresent(meter::round);
  }
}
