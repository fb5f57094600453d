package org.mapcost.model.cost;

/// What a cache flush meets: its price depends on it, its count does not.
public enum LineState {
  /// As the workload left the line: dirty, clean or absent.
  AS_FOUND,
  /// Flushed a moment ago by an earlier pass over the same page, hence absent.
  FLUSHED_BEFORE
}
