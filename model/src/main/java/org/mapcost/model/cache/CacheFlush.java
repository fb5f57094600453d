package org.mapcost.model.cache;

import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Meter;

/// The ways to get data out of the caches.
public final class CacheFlush {
  /// Cache lines of a page (`x86_clflush_size` is 64 bytes on every current CPU).
  public static final int LINES_PER_PAGE = 64;

  private CacheFlush() {}

  /// Flushes every line of some pages (`clflush_cache_range`, the loop of `cpa_flush`). Only the
  /// caller works, other CPUs' copies go all the same.
  ///
  /// @param state what an earlier flush left of these lines
  public static void clflushPages(long pages, LineState state, Meter meter) {
    meter.flushLines(state, pages * LINES_PER_PAGE);
  }

  /// Every CPU writes all its caches back and empties them; the caller interrupts the others and
  /// waits (`wbinvd_on_all_cpus`).
  public static void wbinvdOnAllCpus(int online, Meter meter) {
    meter.add(Event.IPI, online - 1L);
    wbinvdInHandler(online, meter);
  }

  /// The same write-back inside a handler that every CPU runs anyway, so that no interrupt is added
  /// (`__cpa_flush_all`).
  public static void wbinvdInHandler(int online, Meter meter) {
    meter.add(Event.WBINVD, online);
  }

  /// Every CPU writes all its caches back and keeps what was in them (`wbnoinvd_on_all_cpus`, from
  /// 6.17 on; CPUs without the instruction empty them, as [#wbinvdOnAllCpus] does).
  public static void wbnoinvdOnAllCpus(int online, Meter meter) {
    meter.add(Event.IPI, online - 1L);
    meter.add(Event.WBNOINVD, online);
  }
}
