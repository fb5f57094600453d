package org.mapcost.model.pat;

/// The memory type registers, the older and coarser way to say how physical memory is cached. Only
/// a write-back request asks them (`pat_x_mtrr_type`).
@FunctionalInterface
public interface Mtrr {
  /// Firmware declared everything write-back, or switched the registers off.
  Mtrr WRITE_BACK = (start, end) -> CacheMode.WB;

  /// The type of `[start, end)` (`mtrr_type_lookup`). Where the registers disagree within the
  /// range, the kernel takes what this returns.
  CacheMode type(long start, long end);
}
