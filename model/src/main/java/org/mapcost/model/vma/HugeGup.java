package org.mapcost.model.vma;

import org.mapcost.model.Keys;

/// What get_user_pages-fast takes a huge entry of `vmf_insert_pfn_pmd` for.
public enum HugeGup {
  /// An ordinary huge page: nothing marks the entry, and the walk without a lock takes what it
  /// believes to be the struct page. The reason why TTM gave up huge entries.
  TAKEN,
  /// A raw entry, which it leaves alone.
  REFUSED;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static HugeGup ofKey(String key) {
    return Keys.parse(HugeGup.class, "answer for huge entries", key);
  }
}
