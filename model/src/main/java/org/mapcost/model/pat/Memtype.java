package org.mapcost.model.pat;

/// One reservation in the memtype tree: the type of the bytes `[start, end)`.
public record Memtype(long start, long end, CacheMode type) {
  public Memtype {
    if (start < 0 || start >= end) {
      throw new IllegalArgumentException(
          "a reservation is not empty: 0x%x-0x%x".formatted(start, end));
    }
  }

  boolean overlaps(Memtype other) {
    return start < other.end && other.start < end;
  }

  /// As debugfs prints it; the second address is the first behind the range.
  @Override
  public String toString() {
    return "PAT: [mem 0x%016x-0x%016x] %s".formatted(start, end, type.description());
  }
}
