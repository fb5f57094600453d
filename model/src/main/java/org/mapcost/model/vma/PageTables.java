package org.mapcost.model.vma;

import java.util.BitSet;

/// The lowest level of an address space's page tables: which of its pages exist. Each covers 2 MiB
/// of addresses and serves all mappings that lie there, so two neighbours can share one.
///
/// Not safe for use by several threads.
final class PageTables {
  private final long firstBlock;
  private final BitSet exists = new BitSet();

  /// @param firstBlock the lowest block of 512 pages that will ever be asked for
  PageTables(long firstBlock) {
    this.firstBlock = firstBlock;
  }

  /// Makes room, so that [#create] of a block up to this one allocates nothing.
  void reserve(long lastBlock) {
    int index = index(lastBlock);
    if (!exists.get(index)) {
      exists.set(index);
      exists.clear(index);
    }
  }

  boolean exists(long block) {
    return exists.get(index(block));
  }

  /// Whether any exists in a run of blocks.
  boolean existsWithin(long first, long blocks) {
    int next = exists.nextSetBit(index(Math.max(first, firstBlock)));
    return next >= 0 && next + firstBlock < first + blocks;
  }

  void create(long block) {
    exists.set(index(block));
  }

  void free(long block) {
    exists.clear(index(block));
  }

  private int index(long block) {
    return Math.toIntExact(block - firstBlock);
  }
}
