package org.mapcost.model.kernel;

import org.mapcost.model.Keys;

/// What a fault handler puts into the page table.
public enum FaultInsert {
  /// There is no such driver yet.
  ABSENT,
  /// A page with a reference to it: no look-up, an ordinary entry.
  PAGE,
  /// A page frame number (`vmf_insert_pfn`): one look-up a page, a special entry.
  PFN;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static FaultInsert ofKey(String key) {
    return Keys.parse(FaultInsert.class, "fault handler", key);
  }
}
