package org.mapcost.model.pool;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// Notes the size of every attribute call of a pool, in order, and passes it on.
public final class AttributeCalls implements CachingChange {
  private final CachingChange change;
  private final List<Integer> arrays = new ArrayList<>();
  private final List<Integer> arraysBack = new ArrayList<>();
  private final List<Long> chunksBack = new ArrayList<>();

  public AttributeCalls(CachingChange change) {
    this.change = change;
  }

  /// The pages of each `set_pages_array_wc` and `_uc`.
  public List<Integer> arrays() {
    return List.copyOf(arrays);
  }

  /// The pages of each `set_pages_array_wb`.
  public List<Integer> arraysBack() {
    return List.copyOf(arraysBack);
  }

  /// The pages of each `set_pages_wb`.
  public List<Long> chunksBack() {
    return List.copyOf(chunksBack);
  }

  /// Forgets what was noted.
  public void clear() {
    arrays.clear();
    arraysBack.clear();
    chunksBack.clear();
  }

  @Override
  public int setPagesArray(Attribute to, long[] pfns, int from, int count, Meter meter) {
    (to == Attribute.WB ? arraysBack : arrays).add(count);
    return change.setPagesArray(to, pfns, from, count, meter);
  }

  @Override
  public int setPagesWb(long first, long pages, Meter meter) {
    chunksBack.add(pages);
    return change.setPagesWb(first, pages, meter);
  }
}
