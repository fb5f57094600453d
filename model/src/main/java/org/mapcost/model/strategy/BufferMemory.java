package org.mapcost.model.strategy;

import java.util.Arrays;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.CachingChange;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.units.Pages;

/// Where a buffer's pages are, and what it costs to get and give back its memory.
public sealed interface BufferMemory permits BufferMemory.Vram, BufferMemory.Ram, KernelPages {
  /// The physical address of a page of the buffer.
  long addressOf(long page);

  /// Gets the memory, in the caching mode that the driver wants.
  void allocate(Meter meter);

  /// Gives it back.
  void free(Meter meter);

  /// Gives one page of RAM the caching mode by itself, as the upper bound does; nothing for VRAM.
  void convertPage(long page, Meter meter);

  /// The memory of another buffer, from the same source.
  ///
  /// @param scenario its size and mode, and where it begins in VRAM
  BufferMemory another(Scenario scenario);

  /// Whether the pages of such a buffer lie one behind the other. Chunks of a pool or of the page
  /// allocator do only within one.
  static boolean isContiguous(Scenario scenario) {
    boolean oneChunk =
        Long.bitCount(scenario.pages()) == 1 && scenario.pages() <= 1L << PageAllocator.MAX_ORDER;
    return scenario.memory() == Memory.VRAM || oneChunk;
  }

  /// The memory of a scenario's buffer.
  static BufferMemory of(Scenario scenario, Strategy strategy, Memtypes memtypes, TlbFlush tlb) {
    return switch (scenario.memory()) {
      case VRAM -> new Vram(scenario.at().value());
      case RAM -> Ram.of(scenario, strategy, memtypes, tlb);
    };
  }

  /// A range of the device's memory that the driver has set aside: contiguous, and no work to get.
  record Vram(long start) implements BufferMemory {
    @Override
    public BufferMemory another(Scenario scenario) {
      return new Vram(scenario.at().value());
    }

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

  /// Pages of the kernel, from the page allocator through a pool, whose direct map begins in 2 MiB
  /// pages that were never split.
  final class Ram implements BufferMemory {
    private final PagePool pool;
    private final PageAttributes attributes;
    private final Attribute caching;
    private final boolean convertsEachPage;
    private final long pages;
    private final Buffer buffer = new Buffer();

    private Ram(
        PagePool pool,
        PageAttributes attributes,
        Attribute caching,
        boolean convertsEachPage,
        long pages) {
      this.pool = pool;
      this.attributes = attributes;
      this.caching = caching;
      this.convertsEachPage = convertsEachPage;
      this.pages = pages;
    }

    static BufferMemory of(Scenario scenario, Strategy strategy, Memtypes memtypes, TlbFlush tlb) {
      long first = scenario.at().pfn();
      long end = scenario.endOfRam().pfn();
      DirectMap map = new DirectMap(end, DirectMap.Level.PAGE_2M);
      PageAttributes attributes =
          new PageAttributes(map, memtypes, tlb, scenario.kernel().cpaFlush());
      Supply supply = strategy.supply(scenario.kernel());
      if (supply != Supply.POOL) {
        Attribute wish = scenario.mode() == CacheMode.WC ? Attribute.WC : Attribute.WB;
        return new KernelPages(
            new PageAllocator(first, end), attributes, supply, wish, first, end, scenario.pages());
      }
      PagePool pool =
          scenario
              .pool()
              .create(
                  scenario.kernel().poolRules(scenario.pool()),
                  new PageAllocator(first, end),
                  CachingChange.of(attributes),
                  scenario.ramPages());
      return new Ram(
          pool, attributes, attributeOf(scenario), strategy.convertsEachPage(), scenario.pages());
    }

    @Override
    public BufferMemory another(Scenario scenario) {
      return new Ram(pool, attributes, attributeOf(scenario), convertsEachPage, scenario.pages());
    }

    /// Where its pages come from and go to.
    public PagePool pool() {
      return pool;
    }

    private static Attribute attributeOf(Scenario scenario) {
      return attributeOf(scenario.mode());
    }

    /// How the pages of a buffer in a caching mode are cached.
    public static Attribute attributeOf(CacheMode mode) {
      return switch (mode) {
        case WC -> Attribute.WC;
        case UC, UC_MINUS -> Attribute.UC;
        case WB, WT, WP -> Attribute.WB;
      };
    }

    @Override
    public long addressOf(long page) {
      return buffer.pfn(Math.toIntExact(page)) * Pages.PAGE_SIZE;
    }

    @Override
    public void allocate(Meter meter) {
      Attribute first = convertsEachPage ? Attribute.WB : caching;
      if (pool.alloc(buffer, first, pages, meter) != 0) {
        throw new InputException(
            "the RAM from --at on does not hold a buffer of "
                + new Pages(pages).bytes()
                + "; give a smaller --buffer.");
      }
    }

    @Override
    public void free(Meter meter) {
      if (convertsEachPage && caching != Attribute.WB) {
        long[] all = new long[buffer.pages()];
        Arrays.setAll(all, buffer::pfn);
        attributes.setPagesArray(Attribute.WB, all, meter);
      }
      pool.free(buffer, meter);
    }

    @Override
    public void convertPage(long page, Meter meter) {
      if (caching != Attribute.WB) {
        attributes.setPagesArray(caching, new long[] {buffer.pfn(Math.toIntExact(page))}, meter);
      }
    }
  }
}
