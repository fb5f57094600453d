package org.mapcost.model.vma;

import org.mapcost.model.Keys;

/// How a kernel keeps track of the memory types of raw mappings (`VM_PFNMAP`).
public enum PatHooks {
  /// Up to 6.15: `track_pfn_remap` reserves for a whole VMA and sets `VM_PAT`; fork reserves again,
  /// each unmap frees what it unmaps.
  TRACK_PFN,
  /// 6.16 and 6.17: `pfnmap_track` keeps one reservation in a counted context that all copies of
  /// the VMA share; the last one frees the whole range. A part of a private mapping is looked up
  /// first and refused afterwards.
  PFNMAP,
  /// 7.x: the same, but a part of a private mapping is refused before any look-up.
  PFNMAP_7;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static PatHooks ofKey(String key) {
    return Keys.parse(PatHooks.class, "tracking of memory types", key);
  }
}
