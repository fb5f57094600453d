package org.mapcost.model.vma;

/// What a user page-table entry holds.
public enum PteKind {
  /// Nothing: a touch faults.
  NONE,
  /// A page frame number without a struct page behind it (`pte_special`): get_user_pages-fast never
  /// takes it.
  SPECIAL,
  /// An ordinary page, counted and mapped in reverse.
  NORMAL,
  /// Part of a 2 MiB entry.
  HUGE,
  /// The process's own copy of a page of a private mapping: ordinary anonymous memory.
  COPY,
  /// Part of a 1 GiB entry.
  GIGANTIC
}
