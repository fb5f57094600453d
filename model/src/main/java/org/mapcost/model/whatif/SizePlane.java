package org.mapcost.model.whatif;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.mapcost.model.whatif.LifeForm.Life;

/// The lives of buffers whose sizes leave the same rest in a fault's window, beyond one whole
/// page-table page: linear in the number of windows in the last page-table page and in the number
/// of page-table pages before it. Smaller ones have a line of their own.
///
/// @param origin one page-table page and the rest; without that page where sizes are below it
/// @param window the same with one window more; the origin where a window fills a table
/// @param table the origin with one page-table page more
/// @param start the size of the origin
/// @param windowPages the pages of a window, a part of [#TABLE]
record SizePlane(Life origin, Life window, Life table, long start, long windowPages) {
  /// Pages that one page-table page maps.
  static final long TABLE = 512;

  /// Beyond the ranges that are flushed page by page.
  static final long SMALL = 64;

  /// Whether a size lies on the line of its last page-table page.
  static boolean hasInTable(long pages) {
    return pages >= SMALL && pages % TABLE != 0;
  }

  /// Whether a size lies on a plane: beyond one whole page-table page, and not a number of whole
  /// ones.
  static boolean has(long pages) {
    return pages > TABLE && pages % TABLE != 0;
  }

  /// Whether windows of a size divide a page-table page, and memory is large enough to look.
  static boolean fits(long windowPages, long limit) {
    return TABLE % windowPages == 0 && 4 * TABLE <= limit;
  }

  /// Which plane a size lies on: all its sizes leave the same rest in their windows.
  static long rest(long pages, long windowPages) {
    return pages % windowPages;
  }

  /// One size alone.
  static SizePlane ofSize(Life life, long pages) {
    return new SizePlane(life, life, life, pages, 1);
  }

  /// The plane through three driven lives; empty where another three are not on it: the fullest
  /// last table, two tables more, and one more of each.
  static Optional<SizePlane> found(long rest, long windowPages, LongFunction<Life> driven) {
    long inTable = rest == 0 ? windowPages : rest;
    long start = TABLE + inTable;
    long last = (TABLE - 1 - inTable) / windowPages;
    Life origin = driven.apply(start);
    Life window = last > 0 ? driven.apply(start + windowPages) : origin;
    Life table = driven.apply(start + TABLE);
    SizePlane plane = new SizePlane(origin, window, table, start, windowPages);
    boolean flat =
        plane.holds(start + last * windowPages, driven)
            && plane.holds(start + 2 * TABLE, driven)
            && plane.holds(start + TABLE + last / 2 * windowPages, driven);
    return flat ? Optional.of(plane) : Optional.empty();
  }

  /// The sizes whose last page-table page has the same number, from [#SMALL] pages on: a line, in
  /// windows alone. Empty where it is none, or so short that driving each size takes no longer.
  ///
  /// @param tables page-table pages before the last
  /// @param rest which of those sizes, as [#rest] tells
  static Optional<SizePlane> inTable(
      long tables, long rest, long windowPages, LongFunction<Life> driven) {
    long least = Math.max(tables * TABLE + 1, SMALL);
    long start = least + Math.floorMod(rest - least, windowPages);
    long last = ((tables + 1) * TABLE - 1 - start) / windowPages;
    if (last < 4) {
      return Optional.empty();
    }
    Life origin = driven.apply(start);
    Life window = driven.apply(start + windowPages);
    SizePlane plane = new SizePlane(origin, window, origin, start, windowPages);
    boolean flat =
        plane.holds(start + last * windowPages, driven)
            && plane.holds(start + last / 2 * windowPages, driven);
    return flat ? Optional.of(plane) : Optional.empty();
  }

  private boolean holds(long pages, LongFunction<Life> driven) {
    try {
      return at(pages).same(driven.apply(pages));
    } catch (IllegalArgumentException e) {
      // Some count would fall below zero.
      return false;
    }
  }

  /// The life of a size on this plane.
  Life at(long pages) {
    long windows = windows(pages);
    long tables = tables(pages);
    return Life.weighted(List.of(origin, window, table), 1 - windows - tables, windows, tables);
  }

  /// How many windows more than the origin a size has in its last page-table page.
  long windows(long pages) {
    return (pages % TABLE - start % TABLE) / windowPages;
  }

  /// How many page-table pages more than the origin it has before the last.
  long tables(long pages) {
    return pages / TABLE - start / TABLE;
  }
}
