package org.mapcost.model.cost;

import java.util.Locale;

/// A phase in the life of a mapping; a ledger keeps its counts apart.
public enum Phase {
  /// Once, when the driver loads.
  LOAD,
  /// The buffer gets its memory.
  ALLOCATE,
  /// `mmap`.
  MAP,
  /// The pages are touched; most drivers map them here, fault by fault.
  TOUCH,
  /// The process forks; empty where it does not.
  FORK,
  /// The child of a fork ends; empty where there was none.
  EXIT,
  /// `munmap`.
  UNMAP,
  /// The buffer gives its memory back.
  FREE;

  /// The key in JSON: `load`, `allocate`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
