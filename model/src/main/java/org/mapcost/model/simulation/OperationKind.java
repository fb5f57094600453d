package org.mapcost.model.simulation;

import java.util.Locale;

/// What a client waits for.
public enum OperationKind {
  /// The driver loads.
  LOAD,
  /// A buffer gets its memory.
  ALLOCATE,
  /// `mmap`.
  MAP,
  /// One page fault.
  FAULT,
  /// `munmap`.
  UNMAP,
  /// The buffer gives its memory back.
  FREE,
  /// The kernel takes pages from the pool because memory is short.
  SHRINK,
  /// A TLB flush of its own, as traces record them.
  FLUSH;

  /// `load`, `allocate`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
