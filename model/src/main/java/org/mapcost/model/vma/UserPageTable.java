package org.mapcost.model.vma;

import java.util.Arrays;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;

/// The user page-table entries of one VMA that begins at a 2 MiB boundary.
///
/// Page-table pages are allocated when their first entry is written and stay until the VMA goes, as
/// in the kernel (`__pte_alloc`, `free_pgtables`). Not safe for use by several threads; writing
/// entries allocates nothing.
public final class UserPageTable {
  /// Entries in a page-table page; so many pages share one page-table lock.
  public static final int ENTRIES = 512;

  private static final PteKind[] KINDS = PteKind.values();
  private static final CacheMode[] MODES = CacheMode.values();
  private static final int MODE_BITS = 3;

  /// Per page: the kind, shifted, and the cache mode.
  private final byte[] entries;

  private final boolean[] tables;
  private long present;

  public UserPageTable(long pages) {
    this.entries = new byte[Math.toIntExact(pages)];
    this.tables = new boolean[Math.toIntExact((pages + ENTRIES - 1) / ENTRIES)];
  }

  public boolean isPresent(long page) {
    return kind(page) != PteKind.NONE;
  }

  public PteKind kind(long page) {
    return KINDS[entries[(int) page] >>> MODE_BITS];
  }

  /// The caching mode in the entry's bits; only of a present one.
  public CacheMode mode(long page) {
    if (!isPresent(page)) {
      throw new IllegalStateException("page " + page + " is not mapped");
    }
    return MODES[entries[(int) page] & ((1 << MODE_BITS) - 1)];
  }

  /// The number of pages with an entry.
  public long present() {
    return present;
  }

  /// Makes sure that the page-table page of an entry exists; charges [Event#PAGE_TABLE_ALLOC] for a
  /// new one.
  void allocate(long page, Meter meter) {
    int table = (int) (page / ENTRIES);
    if (!tables[table]) {
      tables[table] = true;
      meter.add(Event.PAGE_TABLE_ALLOC);
    }
  }

  /// Writes an entry that is not present; charges [Event#PTE_WRITE].
  void set(long page, PteKind kind, CacheMode mode, Meter meter) {
    if (isPresent(page)) {
      throw new KernelBug("BUG_ON(!pte_none(*pte)): page " + page + " is mapped already");
    }
    entries[(int) page] = (byte) (kind.ordinal() << MODE_BITS | mode.ordinal());
    present++;
    meter.add(Event.PTE_WRITE);
  }

  /// Writes one 2 MiB entry over `ENTRIES` pages that are not present; it is one write and needs no
  /// page-table page.
  void setHuge(long firstPage, CacheMode mode, Meter meter) {
    for (int i = 0; i < ENTRIES; i++) {
      entries[(int) firstPage + i] = (byte) (PteKind.HUGE.ordinal() << MODE_BITS | mode.ordinal());
    }
    present += ENTRIES;
    meter.add(Event.PTE_WRITE);
  }

  /// Whether a page-table page was allocated, so that an unmap frees tables.
  boolean hasTables() {
    for (boolean table : tables) {
      if (table) {
        return true;
      }
    }
    return false;
  }

  /// Drops every entry and every page-table page.
  void clear() {
    Arrays.fill(entries, (byte) 0);
    Arrays.fill(tables, false);
    present = 0;
  }
}
