package org.mapcost.model.iomem;

import org.mapcost.model.Keys;

/// How a kernel finds out whether a region holds memory of a kind (`region_intersects`).
public enum RegionIntersects {
  /// Up to 6.11: nodes at top level only, all of them.
  TOP_LEVEL,
  /// From 6.12 on: below a node at top level that is of another kind, its descendants too.
  DESCENDS;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static RegionIntersects ofKey(String key) {
    return Keys.parse(RegionIntersects.class, "way to test a region", key);
  }
}
