package org.mapcost.model.pageattr;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.pat.CacheMode;

/// The kernel's mapping of all memory, as page tables: pages of 1 GiB, 2 MiB and 4 KiB, each with
/// its caching mode. A large page that was split stays split.
///
/// At boot it is mapped with the largest pages that fit; what lies behind the last full large page
/// gets smaller ones. Everything is write-back then.
public final class DirectMap {
  /// The size of a mapped page.
  public enum Level {
    PAGE_4K(0),
    PAGE_2M(9),
    PAGE_1G(18);

    private final int shift;

    Level(int shift) {
      this.shift = shift;
    }

    /// How many pages of 4 KiB one of this size is.
    public long pages() {
      return 1L << shift;
    }

    /// `4k`, `2m`, `1g`.
    public String key() {
      return name().substring("PAGE_".length()).toLowerCase(Locale.ROOT);
    }

    private Level below() {
      return this == PAGE_1G ? PAGE_2M : PAGE_4K;
    }
  }

  /// The entries of a page table (`PTRS_PER_PTE`).
  static final int ENTRIES = 512;

  private final long pages;
  private final Table top;
  private long splits;

  /// @param pages the pages mapped, from page frame 0
  /// @param largest the largest page the CPU can map
  public DirectMap(long pages, Level largest) {
    if (pages <= 0) {
      throw new IllegalArgumentException("a direct map has pages, not " + pages);
    }
    this.pages = pages;
    int gigabytes = Math.toIntExact((pages + Level.PAGE_1G.pages() - 1) / Level.PAGE_1G.pages());
    this.top = new Table(Level.PAGE_1G, gigabytes, 0);
    map(top, 0, pages, largest);
  }

  private static final class Table {
    final Level level;

    /// The caching bits of each entry that maps a page.
    final byte[] slots;

    /// The tables that the other entries point to.
    final @Nullable Table[] below;

    Table(Level level, int entries, int slot) {
      this.level = level;
      this.slots = new byte[entries];
      this.below = new Table[level == Level.PAGE_4K ? 0 : entries];
      Arrays.fill(slots, (byte) slot);
    }
  }

  private static void map(Table table, long first, long pages, Level largest) {
    long size = table.level.pages();
    for (int i = 0; i < table.below.length && first + i * size < pages; i++) {
      long start = first + i * size;
      if (table.level.compareTo(largest) > 0 || start + size > pages) {
        Table below = new Table(table.level.below(), ENTRIES, 0);
        map(below, start, pages, largest);
        table.below[i] = below;
      }
    }
  }

  /// An entry that maps a page; one instance serves many look-ups.
  static final class Entry {
    private @Nullable Table table;
    private int index;

    Level level() {
      return table().level;
    }

    int slot() {
      return table().slots[index];
    }

    void write(int slot) {
      table().slots[index] = (byte) slot;
    }

    private Table table() {
      if (table == null) {
        throw new IllegalStateException("nothing was looked up");
      }
      return table;
    }
  }

  /// Finds the entry that maps a page frame (`lookup_address`); false where none does.
  boolean lookup(long pfn, Entry entry) {
    if (pfn < 0 || pfn >= pages) {
      return false;
    }
    Table table = top;
    int index = (int) (pfn >>> table.level.shift);
    while (table.level != Level.PAGE_4K) {
      Table below = table.below[index];
      if (below == null) {
        break;
      }
      table = below;
      index = (int) (pfn >>> table.level.shift) & (ENTRIES - 1);
    }
    entry.table = table;
    entry.index = index;
    return true;
  }

  /// Replaces the large page of an entry by 512 smaller ones of the same mode
  /// (`__split_large_page`).
  void split(Entry entry) {
    Table table = entry.table();
    if (table.level == Level.PAGE_4K) {
      throw new IllegalArgumentException("a 4 KiB page cannot be split");
    }
    table.below[entry.index] = new Table(table.level.below(), ENTRIES, entry.slot());
    splits++;
  }

  /// The size of the page that maps a page frame. Throws `IllegalArgumentException` behind the end.
  public Level level(long pfn) {
    return entry(pfn).level();
  }

  /// The mode in which a page frame is mapped. Throws `IllegalArgumentException` behind the end.
  public CacheMode mode(long pfn) {
    return CacheMode.ofSlot(entry(pfn).slot());
  }

  private Entry entry(long pfn) {
    Entry entry = new Entry();
    if (!lookup(pfn, entry)) {
      throw new IllegalArgumentException(
          "page frame %d is not in a direct map of %d pages".formatted(pfn, pages));
    }
    return entry;
  }

  /// The number of pages of 4 KiB, from page frame 0.
  public long pages() {
    return pages;
  }

  /// How many large pages were split since boot.
  public long splits() {
    return splits;
  }

  /// How many pages of 4 KiB are mapped by pages of a size (`DirectMap4k`, `DirectMap2M`,
  /// `DirectMap1G` in `/proc/meminfo`).
  public long pagesAt(Level level) {
    return pagesAt(level, top, 0);
  }

  private long pagesAt(Level level, Table table, long first) {
    long size = table.level.pages();
    long mapped = 0;
    for (int i = 0; i < table.slots.length && first + i * size < pages; i++) {
      Table below = table.level == Level.PAGE_4K ? null : table.below[i];
      if (below != null) {
        mapped += pagesAt(level, below, first + i * size);
      } else if (table.level == level) {
        mapped += size;
      }
    }
    return mapped;
  }
}
