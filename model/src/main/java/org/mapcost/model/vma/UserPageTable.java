package org.mapcost.model.vma;

import java.util.Arrays;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;

/// The user page-table entries of one VMA. Pages count from the beginning of the VMA.
///
/// Page-table pages are allocated when their first entry is written and stay until the last VMA
/// over their 2 MiB goes, as in the kernel (`__pte_alloc`, `free_pgtables`). Not safe for use by
/// several threads; writing entries allocates nothing.
public final class UserPageTable {
  /// Entries in a page-table page; so many pages share one page-table lock.
  public static final int ENTRIES = 512;

  private static final PteKind[] KINDS = PteKind.values();
  private static final CacheMode[] MODES = CacheMode.values();
  private static final int MODE_BITS = 3;
  private static final int KIND_BITS = 3;
  private static final int DIRTY = 1 << (MODE_BITS + KIND_BITS);

  /// Per page: whether it was written, the kind, and the cache mode.
  private final byte[] entries;

  private final PageTables tables;
  private final long start;
  private long present;

  /// @param tables those of the address space
  /// @param start the number of the VMA's first page in it
  /// @param pages how many it has
  UserPageTable(PageTables tables, long start, long pages) {
    this(tables, start, new byte[Math.toIntExact(pages)]);
    tables.reserve((start + pages - 1) / ENTRIES);
  }

  private UserPageTable(PageTables tables, long start, byte[] entries) {
    this.tables = tables;
    this.start = start;
    this.entries = entries;
    for (byte entry : entries) {
      present += entry == 0 ? 0 : 1;
    }
  }

  /// The entries of a part of the VMA, for a VMA of its own.
  UserPageTable part(long first, long pages) {
    byte[] some = Arrays.copyOfRange(entries, (int) first, Math.toIntExact(first + pages));
    return new UserPageTable(tables, start + first, some);
  }

  /// The same entries in another address space or at another place, for a VMA of some length.
  UserPageTable copy(PageTables elsewhere, long at, long pages) {
    elsewhere.reserve((at + pages - 1) / ENTRIES);
    return new UserPageTable(elsewhere, at, Arrays.copyOf(entries, Math.toIntExact(pages)));
  }

  public boolean isPresent(long page) {
    return kind(page) != PteKind.NONE;
  }

  public PteKind kind(long page) {
    return KINDS[entries[(int) page] >>> MODE_BITS & ((1 << KIND_BITS) - 1)];
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

  boolean isDirty(long page) {
    return (entries[(int) page] & DIRTY) != 0;
  }

  /// The processor notes a write in the entry.
  void makeDirty(long page) {
    entries[(int) page] |= (byte) DIRTY;
  }

  /// Makes sure that the page-table page of an entry exists; charges [Event#PAGE_TABLE_ALLOC] for a
  /// new one.
  void allocate(long page, Meter meter) {
    long block = (start + page) / ENTRIES;
    if (!tables.exists(block)) {
      tables.create(block);
      meter.add(Event.PAGE_TABLE_ALLOC);
    }
  }

  /// Whether a page is the first of its page-table page.
  boolean isFirstOfTable(long page) {
    return (start + page) % ENTRIES == 0;
  }

  /// Writes an entry that is not present; charges [Event#PTE_WRITE].
  void set(long page, PteKind kind, CacheMode mode, Meter meter) {
    if (isPresent(page)) {
      throw new KernelBug("BUG_ON(!pte_none(*pte)): page " + page + " is mapped already");
    }
    entries[(int) page] = entry(kind, mode);
    present++;
    meter.add(Event.PTE_WRITE);
  }

  /// Writes an entry whatever was there (`set_pte_at`); charges [Event#PTE_WRITE].
  void overwrite(long page, PteKind kind, CacheMode mode, Meter meter) {
    present += isPresent(page) ? 0 : 1;
    entries[(int) page] = entry(kind, mode);
    meter.add(Event.PTE_WRITE);
  }

  /// Replaces an entry by the process's own copy of the page, which is written at once.
  void setCopy(long page, Meter meter) {
    present += isPresent(page) ? 0 : 1;
    entries[(int) page] = (byte) (entry(PteKind.COPY, CacheMode.WB) | DIRTY);
    meter.add(Event.PTE_WRITE);
  }

  /// Writes one large entry over pages that are not present; it is one write and needs no
  /// page-table page.
  void setLarge(long first, PteKind kind, long pages, CacheMode mode, Meter meter) {
    Arrays.fill(entries, (int) first, Math.toIntExact(first + pages), entry(kind, mode));
    present += pages;
    meter.add(Event.PTE_WRITE);
  }

  /// Whether a page-table page exists for any of a run of pages that begins at a boundary.
  boolean hasTableWithin(long first, long pages) {
    return tables.existsWithin((start + first) / ENTRIES, pages / ENTRIES);
  }

  /// Drops every entry; page-table pages stay.
  void clear() {
    Arrays.fill(entries, (byte) 0);
    present = 0;
  }

  private static byte entry(PteKind kind, CacheMode mode) {
    return (byte) (kind.ordinal() << MODE_BITS | mode.ordinal());
  }
}
