package org.mapcost.model.vma;

import org.mapcost.model.Keys;

/// What `vmf_insert_mixed` does with a page that its VMA may not hold.
public enum MixedBadVma {
  /// Kills the task (`BUG_ON`). Read in 5.10.
  BUG,
  /// Returns `VM_FAULT_SIGBUS`. Read in 7.x.
  SIGBUS;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static MixedBadVma ofKey(String key) {
    return Keys.parse(MixedBadVma.class, "answer to a wrong VMA", key);
  }
}
