package org.mapcost.model.whatif;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.units.Pages;
import org.mapcost.model.units.PhysicalAddress;

/// The counts of one strategy's buffers in closed form: by their size, and by the nodes that were
/// added to the resource tree.
///
/// A kernel treats pages in groups: those of a fault's window, of a page-table page, of a chunk of
/// memory. So sizes that differ by a whole number of periods (the common multiple of these groups)
/// have ledgers on a straight line. Three driven lives give the line and show that it is one; where
/// they do not, a period is doubled, and at last every life is driven. Where many sizes are asked
/// for and windows fit page-table pages, ledgers lie on planes: one step more windows, the other
/// more page-table pages; see [SizePlane]. Likewise every added node is met by all walks that come
/// by or by none, so ledgers are linear in the number of added nodes.
///
/// What the form rests on ends where another node or memory type begins, or where memory becomes
/// short; beyond that every life is driven. A test holds the form against driven lives for every
/// strategy. Safe for use by several threads.
final class LifeForm {
  /// Beyond the ranges that are flushed page by page.
  private static final long FROM = 64;

  private static final long GROUP_OF_VRAM = 512;

  /// The largest chunk of the page allocator.
  private static final long GROUP_OF_RAM = 1024;

  /// With a longer period driving three lives takes longer than driving those asked for.
  private static final long LONGEST_PERIOD = 8192;

  private static final int MOST_KEPT = 20_000;

  /// Where so many sizes are asked for, planes take less driving than lines.
  private static final int MANY = 20;

  private final Strategy strategy;
  private final Setup setup;
  private final PhysicalAddress address;
  private final Growth.Site site;
  private final long period;
  private final long limit;
  private final Map<Where, Life> driven = new ConcurrentHashMap<>();
  private final Map<Residue, Optional<Line>> lines = new ConcurrentHashMap<>();
  private final Map<Residue, Optional<SizePlane>> planes = new ConcurrentHashMap<>();
  private final Map<Residue, Optional<SizePlane>> inTables = new ConcurrentHashMap<>();

  /// Sizes asked for, until they are many.
  private final Set<Long> sizes = ConcurrentHashMap.newKeySet();

  /// The counts of a buffer's life.
  ///
  /// @param first the driver's load and the first buffer
  /// @param later an equal buffer after it
  /// @param mode the caching mode that the mapping really has
  record Life(Ledger first, Ledger later, CacheMode mode) {
    static Life weighted(List<Life> lives, long... weights) {
      return new Life(
          Ledger.weighted(lives.stream().map(Life::first).toList(), Life::planned, weights),
          Ledger.weighted(lives.stream().map(Life::later).toList(), Life::planned, weights),
          lives.getFirst().mode);
    }

    /// Kernels flush everything instead of more pages, or freed tables, than a ceiling. They decide
    /// by whole units and may flush one more, so right above the ceiling only driving tells.
    private static FlushRound planned(FlushRound round) {
      if (round.pages() <= TlbFlush.SINGLE_PAGE_FLUSH_CEILING) {
        return round;
      }
      if (round.pages() == TlbFlush.SINGLE_PAGE_FLUSH_CEILING + 1) {
        throw new IllegalArgumentException("a flush of one unit above the ceiling");
      }
      return switch (round.form()) {
        case MM_PAGE -> round.withForm(Form.MM_FULL);
        case KERNEL_PAGE -> round.withForm(Form.GLOBAL);
        case INVLPGB, MM_FULL, GLOBAL -> round.withForm(round.form());
      };
    }

    boolean same(Life other) {
      return mode == other.mode && first.sameCounts(other.first) && later.sameCounts(other.later);
    }
  }

  /// A size on a tree with so many additions.
  private record Where(long pages, int firmware, int devices) {}

  /// All sizes that differ by whole periods, on such a tree.
  private record Residue(long pages, int firmware, int devices) {}

  /// Ledgers on a straight line: at `start`, and at each further `period` pages.
  record Line(Life at0, Life at1, long start, long period) {
    Life at(long pages) {
      long steps = (pages - start) / period;
      return steps == 0 ? at0 : Life.weighted(List.of(at0, at1), 1 - steps, steps);
    }
  }

  /// @param setup with the tree's growth resolved in `site`; its size is not looked at
  LifeForm(Strategy strategy, Setup setup, PhysicalAddress address, Growth.Site site) {
    this.strategy = strategy;
    this.setup = setup;
    this.address = address;
    this.site = site;
    this.period = period(setup);
    this.limit = limit(setup, address, site);
  }

  private static long period(Setup setup) {
    if (setup.touch() instanceof TouchOrder.Random) {
      return Long.MAX_VALUE;
    }
    long group = setup.memory() == Memory.VRAM ? GROUP_OF_VRAM : GROUP_OF_RAM;
    long period = multiple(group, setup.kernel().ttmWindow().pages());
    return setup.touch() instanceof TouchOrder.Stride stride && stride.step() < LONGEST_PERIOD
        ? multiple(period, stride.step())
        : period;
  }

  private static long multiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }

  /// Up to how many pages nothing else than the buffer begins or ends.
  private static long limit(Setup setup, PhysicalAddress address, Growth.Site site) {
    long at = address.value();
    if (setup.memory() == Memory.RAM) {
      long ram =
          site.base().nodes().stream()
              .filter(Resource::isSystemRam)
              .mapToLong(node -> (node.end() + 1 - node.start()) / Pages.PAGE_SIZE)
              .sum();
      long here =
          site.base().nodes().stream()
              .filter(node -> node.isSystemRam() && node.start() <= at && at <= node.end())
              .mapToLong(node -> (node.end() + 1 - at) / Pages.PAGE_SIZE)
              .findFirst()
              .orElse(0);
      // Page pools keep a quarter of all memory at least.
      return Math.min(ram, here) / 8;
    }
    long border = Long.MAX_VALUE;
    for (Resource node : site.base().nodes()) {
      border = nearer(border, node.start(), at);
      border = nearer(border, node.end() + 1, at);
    }
    for (Memtype memtype : setup.memtypes()) {
      border = nearer(border, memtype.start(), at);
      border = nearer(border, memtype.end(), at);
    }
    return (border - at) / Pages.PAGE_SIZE;
  }

  private static long nearer(long border, long other, long at) {
    return other > at ? Math.min(border, other) : border;
  }

  /// The life of a buffer of so many pages on the tree with so many additions. Throws
  /// [org.mapcost.model.InputException] where the platform has no room for it.
  Life life(long pages, int firmware, int devices) {
    if (firmware <= 1 && devices <= 2) {
      return bySize(pages, firmware, devices);
    }
    Life none = bySize(pages, 0, 0);
    Life grown = none;
    if (firmware > 0) {
      grown = Life.weighted(List.of(none, bySize(pages, 1, 0)), 1L - firmware, firmware);
    }
    if (devices > 0) {
      // The first device brings its bridge along.
      Life one = bySize(pages, 0, 1);
      Life two = bySize(pages, 0, 2);
      grown = Life.weighted(List.of(grown, none, one, two), 1, -1, 2L - devices, devices - 1L);
    }
    return grown;
  }

  private Life bySize(long pages, int firmware, int devices) {
    try {
      return formed(pages, firmware, devices);
    } catch (IllegalArgumentException e) {
      // The form ends here.
      return inTable(pages, firmware, devices)
          .map(line -> line.at(pages))
          .orElseGet(() -> driven(pages, firmware, devices));
    }
  }

  private Life formed(long pages, int firmware, int devices) {
    if (pages <= limit && areMany(pages)) {
      Optional<SizePlane> plane =
          SizePlane.has(pages)
              ? plane(pages, firmware, devices)
              : inTable(pages, firmware, devices);
      if (plane.isPresent()) {
        return plane.get().at(pages);
      }
    }
    return line(pages, firmware, devices)
        .map(line -> line.at(pages))
        .orElseGet(() -> driven(pages, firmware, devices));
  }

  private boolean areMany(long pages) {
    if (sizes.size() < MANY) {
      sizes.add(pages);
    }
    return sizes.size() >= MANY;
  }

  /// Whether nothing else begins or ends within a buffer of this size.
  boolean reaches(long pages) {
    return pages <= limit;
  }

  /// The line that sizes with the same last page-table page lie on; empty where there is none, and
  /// where few sizes are asked for.
  private Optional<SizePlane> inTable(long pages, int firmware, int devices) {
    long window = setup.kernel().ttmWindow().pages();
    boolean asked = sizes.size() >= MANY && pages + SizePlane.TABLE <= limit;
    if (period > LONGEST_PERIOD || !SizePlane.hasInTable(pages) || !asked) {
      return Optional.empty();
    }
    long tables = pages / SizePlane.TABLE;
    long rest = SizePlane.rest(pages, window);
    Residue residue = new Residue(tables * SizePlane.TABLE + rest, firmware, devices);
    Optional<SizePlane> known = inTables.get(residue);
    if (known == null) {
      known = SizePlane.inTable(tables, rest, window, size -> driven(size, firmware, devices));
      inTables.put(residue, known);
    }
    return known.filter(line -> pages >= line.start());
  }

  /// The plane that sizes like this one lie on; empty where there is none.
  Optional<SizePlane> plane(long pages, int firmware, int devices) {
    long window = setup.kernel().ttmWindow().pages();
    if (period > LONGEST_PERIOD || !SizePlane.fits(window, limit)) {
      return Optional.empty();
    }
    Residue residue = new Residue(SizePlane.rest(pages, window), firmware, devices);
    Optional<SizePlane> known = planes.get(residue);
    if (known == null) {
      known = SizePlane.found(residue.pages, window, size -> driven(size, firmware, devices));
      planes.put(residue, known);
    }
    return known;
  }

  /// The line that sizes like this one lie on; empty where there is none, or where the size is so
  /// small that the line would have to be driven further than the size itself.
  Optional<Line> line(long pages, int firmware, int devices) {
    if (period > LONGEST_PERIOD || pages < FROM + 2 * period || pages > limit) {
      return Optional.empty();
    }
    Residue residue = new Residue((pages - FROM) % (4 * period), firmware, devices);
    Optional<Line> known = lines.get(residue);
    if (known == null) {
      known = found(pages, firmware, devices);
      lines.put(residue, known);
    }
    return known.filter(line -> pages >= line.start);
  }

  private Optional<Line> found(long pages, int firmware, int devices) {
    for (long length = period; length <= 4 * period; length *= 2) {
      long start = FROM + (pages - FROM) % length;
      if (start + 2 * length > limit) {
        break;
      }
      Life at0 = driven(start, firmware, devices);
      Life at1 = driven(start + length, firmware, devices);
      Life at2 = driven(start + 2 * length, firmware, devices);
      if (onLine(at0, at1, at2)) {
        return Optional.of(new Line(at0, at1, start, length));
      }
    }
    return Optional.empty();
  }

  static boolean onLine(Life at0, Life at1, Life at2) {
    try {
      return Life.weighted(List.of(at0, at1), -1, 2).same(at2);
    } catch (IllegalArgumentException e) {
      // Some count would fall below zero, so it does not lie on the line.
      return false;
    }
  }

  private Life driven(long pages, int firmware, int devices) {
    Where where = new Where(pages, firmware, devices);
    Life known = driven.get(where);
    if (known == null) {
      BufferLife life =
          BufferLife.of(strategy, setup.scenario(site.with(firmware, devices), address, pages));
      known = new Life(life.first(), life.steady(), life.effectiveMode());
      if (driven.size() < MOST_KEPT) {
        driven.put(where, known);
      }
    }
    return known;
  }
}
