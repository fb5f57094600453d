package org.mapcost.model.pat;

import org.jspecify.annotations.Nullable;

/// The memory type registers, the older and coarser way to say how physical memory is cached. Only
/// a write-back request asks them (`pat_x_mtrr_type`).
@FunctionalInterface
public interface Mtrr {
  /// Firmware declared everything write-back.
  Mtrr WRITE_BACK = (start, end) -> CacheMode.WB;

  /// Firmware switched the registers off (`MTRR_TYPE_INVALID`); see [MtrrInvalid].
  Mtrr OFF = (start, end) -> null;

  /// The type of `[start, end)` (`mtrr_type_lookup`), null where the registers are switched off.
  /// Where they disagree within the range, the kernel takes what this returns.
  @Nullable CacheMode type(long start, long end);
}
