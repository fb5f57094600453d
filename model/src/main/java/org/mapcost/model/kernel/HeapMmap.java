package org.mapcost.model.kernel;

import org.mapcost.model.Keys;

/// How the system heap of dma-buf maps a buffer.
public enum HeapMmap {
  /// There is no such heap: before 5.6.
  ABSENT,
  /// `remap_pfn_range` for each page, though a chunk is contiguous.
  PER_PAGE,
  /// `remap_pfn_range` for each chunk.
  PER_CHUNK;

  /// The value in kernel files.
  public String key() {
    return Keys.of(this);
  }

  public static HeapMmap ofKey(String key) {
    return Keys.parse(HeapMmap.class, "mmap of the system heap", key);
  }
}
