package org.mapcost.model.vma;

/// The physical range that a VMA mapped as a whole with `remap_pfn_range`, and how many VMAs share
/// the reservation of it.
///
/// Up to 6.15 a VMA knows its range by itself (`VM_PAT`, the first entry or `vm_pgoff`), and a part
/// of it has a part of the range. From 6.16 on all copies and parts share one counted context
/// (`pfnmap_track_ctx`) that keeps the whole range.
final class TrackedRange {
  private final long start;
  private final long end;
  private final boolean counted;
  private int references = 1;

  /// @param start physical, in bytes
  /// @param end exclusive
  /// @param counted whether parts and copies share it
  TrackedRange(long start, long end, boolean counted) {
    this.start = start;
    this.end = end;
    this.counted = counted;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /// What a part of the VMA keeps: the same context, or its part of the range.
  TrackedRange partOf(long firstPage, long pages) {
    if (counted) {
      return this;
    }
    long from = start + firstPage * Insertion.PAGE_SIZE;
    return new TrackedRange(from, from + pages * Insertion.PAGE_SIZE, false);
  }

  /// One more VMA keeps it (`kref_get`).
  void get() {
    references++;
  }

  /// One VMA less; true for the last (`kref_put`).
  boolean put() {
    references--;
    return references == 0;
  }
}
