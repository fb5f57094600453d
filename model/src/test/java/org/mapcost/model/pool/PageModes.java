package org.mapcost.model.pool;

import java.util.BitSet;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// Changes caching in name only, and refuses what the kernel refuses: pages get a new mode only
/// from write-back.
final class PageModes implements CachingChange {
  private static final int EINVAL = -22;

  private final BitSet writeCombined = new BitSet();
  private final BitSet uncached = new BitSet();

  Attribute of(long pfn) {
    if (writeCombined.get((int) pfn)) {
      return Attribute.WC;
    }
    return uncached.get((int) pfn) ? Attribute.UC : Attribute.WB;
  }

  /// The pages that are not write-back, as they are now.
  BitSet changed() {
    BitSet changed = (BitSet) writeCombined.clone();
    changed.or(uncached);
    return changed;
  }

  @Override
  public int setPagesArray(Attribute to, long[] pfns, int from, int count, Meter meter) {
    for (int i = from; i < from + count; i++) {
      int pfn = (int) pfns[i];
      if (to == Attribute.WB) {
        setPagesWb(pfn, 1, meter);
      } else if (of(pfn) != Attribute.WB) {
        return EINVAL;
      } else {
        (to == Attribute.WC ? writeCombined : uncached).set(pfn);
      }
    }
    return 0;
  }

  @Override
  public int setPagesWb(long first, long pages, Meter meter) {
    writeCombined.clear((int) first, (int) (first + pages));
    uncached.clear((int) first, (int) (first + pages));
    return 0;
  }
}
