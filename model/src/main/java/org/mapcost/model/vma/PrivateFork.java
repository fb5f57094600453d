package org.mapcost.model.vma;

import org.mapcost.model.Keys;

/// What fork does with the reservation of a private mapping whose pages were copied by writes.
public enum PrivateFork {
  /// Gives it up as if the copy had owned it: the walks of an unmap. Recorded in 5.10.
  UNTRACKS,
  /// Leaves it and marks the copy as not tracked, without a walk. Recorded in 6.1 and 6.12.
  CLEARS,
  /// Shares it, without a walk. From 6.16 on.
  SHARES;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static PrivateFork ofKey(String key) {
    return Keys.parse(PrivateFork.class, "fork of a private mapping", key);
  }
}
