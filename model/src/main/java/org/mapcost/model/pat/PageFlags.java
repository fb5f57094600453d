package org.mapcost.model.pat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Meter;

/// The memory types of RAM pages, which the kernel keeps in two flags of each page (`PG_arch_1`,
/// `PG_uncached`): write-back unless reserved.
///
/// A reservation is exclusive: a page that is not write-back refuses any other, even of the same
/// type. Nothing is counted, and there is no lock.
///
/// Kernel: `reserve_ram_pages_type`, `free_ram_pages_type`, read in 5.10. Reading allocates
/// nothing. Not safe for use by several threads.
public final class PageFlags {
  private static final int PAGE_SHIFT = 12;

  /// 2 bits a page: one block of 8 KiB for 128 MiB of RAM.
  private static final int BLOCK_SHIFT = 15;

  private static final int BLOCK_LONGS = 1 << (BLOCK_SHIFT - 5);
  private static final CacheMode[] TYPES = {
    CacheMode.WB, CacheMode.WC, CacheMode.UC_MINUS, CacheMode.WT
  };

  private long[] @Nullable [] blocks = {};

  /// Reserves the pages of `[start, end)`, all or none. Write-protected is refused with EINVAL,
  /// uncached counts as UC-; a page that has a type already refuses with EBUSY and that type.
  ///
  /// Charges an [Event#RAM_FLAG_OP] for each page read and for each page set.
  public Reservation reserve(long start, long end, CacheMode request, Meter meter) {
    if (request == CacheMode.WP) {
      return Reservation.invalid(CacheMode.UC_MINUS);
    }
    CacheMode type = request == CacheMode.UC ? CacheMode.UC_MINUS : request;
    long first = start >>> PAGE_SHIFT;
    long last = end >>> PAGE_SHIFT;
    for (long pfn = first; pfn < last; pfn++) {
      CacheMode present = type(pfn);
      if (present != CacheMode.WB) {
        meter.add(Event.RAM_FLAG_OP, pfn - first + 1);
        return Reservation.busy(present);
      }
    }
    set(first, last, type);
    meter.add(Event.RAM_FLAG_OP, 2 * (last - first));
    return Reservation.granted(type);
  }

  /// Makes the pages of `[start, end)` write-back, whatever they were.
  public void free(long start, long end, Meter meter) {
    long first = start >>> PAGE_SHIFT;
    long last = end >>> PAGE_SHIFT;
    set(first, last, CacheMode.WB);
    meter.add(Event.RAM_FLAG_OP, last - first);
  }

  /// The type of a page (`get_page_memtype`).
  public CacheMode type(long pfn) {
    long block = pfn >>> BLOCK_SHIFT;
    if (block >= blocks.length) {
      return CacheMode.WB;
    }
    long[] flags = blocks[(int) block];
    return flags == null ? CacheMode.WB : TYPES[(int) (flags[longOf(pfn)] >>> shiftOf(pfn)) & 3];
  }

  private void set(long first, long last, CacheMode type) {
    long bits = Arrays.asList(TYPES).indexOf(type);
    for (long pfn = first; pfn < last; pfn++) {
      long[] flags = block(Math.toIntExact(pfn >>> BLOCK_SHIFT));
      int at = longOf(pfn);
      flags[at] = (flags[at] & ~(3L << shiftOf(pfn))) | (bits << shiftOf(pfn));
    }
  }

  private long[] block(int number) {
    if (number >= blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(number + 1, 2 * blocks.length));
    }
    long[] flags = blocks[number];
    if (flags == null) {
      flags = new long[BLOCK_LONGS];
      blocks[number] = flags;
    }
    return flags;
  }

  private static int longOf(long pfn) {
    return (int) (pfn >>> 5) & (BLOCK_LONGS - 1);
  }

  private static int shiftOf(long pfn) {
    return (int) (pfn & 31) << 1;
  }
}
