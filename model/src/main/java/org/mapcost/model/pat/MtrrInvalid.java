package org.mapcost.model.pat;

import org.mapcost.model.Keys;

/// What a write-back request becomes where the memory type registers are switched off
/// (`MTRR_TYPE_INVALID` in `pat_x_mtrr_type`).
public enum MtrrInvalid {
  /// Read in 5.10: like any type but write-back.
  UC_MINUS,
  /// Read in 6.15: write-back.
  WB;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static MtrrInvalid ofKey(String key) {
    return Keys.parse(MtrrInvalid.class, "answer without memory type registers", key);
  }
}
