package org.mapcost.model.pool;

import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/// How the kernel asks a shrinker to let go (`mm/vmscan.c`, read in 5.10 and 6.x).
final class Vmscan {
  /// What a scan answers when it should not be asked again (`SHRINK_STOP`).
  static final long STOP = -1;

  private Vmscan() {}

  /// Asks for so many pages, a batch at a time, while something is kept.
  ///
  /// @param scan frees up to so many pages, or more; answers how many it looked through, or [#STOP]
  static void reclaim(LongSupplier kept, int batch, long pages, LongUnaryOperator scan) {
    long left = pages;
    while (left > 0 && kept.getAsLong() > 0) {
      long scanned = scan.applyAsLong(Math.min(batch, left));
      if (scanned <= 0) {
        break;
      }
      left -= scanned;
    }
  }

  /// `drop_caches`, again and again until nothing is kept.
  ///
  /// One round (`do_shrink_slab` at priority 0, for a shrinker with `seeks` 1) asks for twice what
  /// there is, a batch at a time, whether or not something is left.
  ///
  /// @param kept the pages kept
  /// @param batch the pages asked for at a time
  /// @param scan frees up to so many pages, or more; answers how many it looked through, or [#STOP]
  static void dropCaches(LongSupplier kept, int batch, LongUnaryOperator scan) {
    for (long freeable = kept.getAsLong(); freeable > 0; freeable = kept.getAsLong()) {
      long total = 2 * freeable;
      while (total >= batch || total >= freeable) {
        long scanned = scan.applyAsLong(Math.min(batch, total));
        if (scanned == STOP) {
          break;
        }
        total -= scanned;
      }
    }
  }
}
