package org.mapcost.model.vma;

import org.mapcost.model.Keys;

/// In which order `remap_pfn_range` refuses a part of a private writable mapping: the answer is
/// EINVAL either way.
public enum PrivatePart {
  /// At once. Recorded in 5.10 and 7.2.
  REFUSED_FIRST,
  /// After the pages were looked up. Recorded in 6.1, 6.12 and 6.16.
  LOOKED_UP_FIRST;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static PrivatePart ofKey(String key) {
    return Keys.parse(PrivatePart.class, "order of refusal", key);
  }
}
