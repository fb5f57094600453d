package org.mapcost.model.pool;

import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.PageAttributes;

/// The two calls by which a pool changes the caching of pages. They charge what they do.
public interface CachingChange {
  /// `set_pages_array_wc`, `_uc`, `_wb`: the pages `pfns[from]` and the `count - 1` behind it. 0 or
  /// a negative error number.
  int setPagesArray(Attribute to, long[] pfns, int from, int count, Meter meter);

  /// `set_pages_wb`: contiguous pages. 0 or a negative error number.
  int setPagesWb(long first, long pages, Meter meter);

  /// The real thing.
  static CachingChange of(PageAttributes attributes) {
    return new CachingChange() {
      @Override
      public int setPagesArray(Attribute to, long[] pfns, int from, int count, Meter meter) {
        return attributes.setPagesArray(to, pfns, from, count, meter);
      }

      @Override
      public int setPagesWb(long first, long pages, Meter meter) {
        return attributes.setMemory(Attribute.WB, first, pages, meter);
      }
    };
  }
}
