package org.mapcost.model.cost;

import java.util.Locale;

/// A kernel lock that CPUs can queue for. Holding one has no price by itself; waiting and hand-over
/// have.
public enum Lock {
  /// `resource_lock`, the read side of the global rwlock of the resource tree.
  RESOURCE_LOCK,
  /// `memtype_lock`, the global spinlock of the memtype tree.
  MEMTYPE_LOCK,
  /// `cpa_lock`, the global spinlock around each step of an attribute change.
  CPA_LOCK,
  /// `pgd_lock`, held while a large page of the direct map is split.
  PGD_LOCK,
  /// The spinlock of one page-pool type.
  POOL_LOCK,
  /// The shrinker's lock, which serialises the search for a pool type.
  SHRINKER_LOCK,
  /// The spinlock of one page-table page.
  PTE_LOCK;

  private final String key = name().toLowerCase(Locale.ROOT);

  /// The key in JSON: `memtype_lock`, ...
  public String key() {
    return key;
  }
}
