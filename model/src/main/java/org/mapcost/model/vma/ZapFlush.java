package org.mapcost.model.vma;

import org.mapcost.model.Keys;

/// When `munmap` flushes the TLB for entries of `VM_PFNMAP` and `VM_MIXEDMAP` mappings, which no
/// page accounting protects against an early end. Other mappings are flushed once, at the end.
public enum ZapFlush {
  /// Once for everything, page tables included, as for ordinary mappings. Mainline up to 5.19.
  MERGED,
  /// After each VMA (`tlb_end_vma`). Recorded in 6.1.
  EACH_VMA,
  /// Once, before page tables are freed (up to 5.15 by a stable update, from 6.16 on
  /// `tlb_free_vmas`). Recorded in 5.10.223 and 6.16.
  BEFORE_TABLES;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static ZapFlush ofKey(String key) {
    return Keys.parse(ZapFlush.class, "flush of munmap", key);
  }
}
