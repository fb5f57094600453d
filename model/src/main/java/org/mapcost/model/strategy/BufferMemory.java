package org.mapcost.model.strategy;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.units.Pages;

/// Where a buffer's pages are, and what it costs to get and give back its memory.
public sealed interface BufferMemory {
  /// The physical address of a page of the buffer.
  long addressOf(long page);

  /// Gets the memory, in the caching mode that the driver wants.
  void allocate(Meter meter);

  /// Gives it back.
  void free(Meter meter);

  /// Gives one page of RAM the caching mode by itself, as the upper bound does; nothing for VRAM.
  void convertPage(long page, Meter meter);

  /// Whether the pages of such a buffer lie one behind the other. Chunks of a pool or of the page
  /// allocator do only within one.
  static boolean isContiguous(Scenario scenario) {
    return scenario.memory() == Memory.VRAM || scenario.pages() <= 1024;
  }

  static BufferMemory of(Scenario scenario, Memtypes memtypes, TlbFlush tlb) {
    return new Vram(scenario.at().value());
  }

  /// A range of the device's memory that the driver has set aside: contiguous, and no work to get.
  record Vram(long start) implements BufferMemory {
    @Override
    public long addressOf(long page) {
      return start + page * Pages.PAGE_SIZE;
    }

    @Override
    public void allocate(Meter meter) {
      // The device's own allocator: no page, flag or mapping of the kernel changes.
    }

    @Override
    public void free(Meter meter) {
      // As allocate.
    }

    @Override
    public void convertPage(long page, Meter meter) {
      // Device memory has no entry in the direct map to change.
    }
  }
}
