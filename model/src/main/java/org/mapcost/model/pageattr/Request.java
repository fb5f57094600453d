package org.mapcost.model.pageattr;

/// The pages of one call.
sealed interface Request {
  /// How many.
  long pages();

  /// The page frame of the page with a number, from 0.
  long pfn(long number);

  /// Whether they are single pages that may lie anywhere.
  boolean isArray();

  static Request ofArray(long[] pfns, int from, int count) {
    if (from < 0 || count < 0 || from > pfns.length - count) {
      throw new IllegalArgumentException(
          "%d pages from index %d of an array of %d".formatted(count, from, pfns.length));
    }
    return new PageArray(pfns, from, count);
  }

  static Request ofRange(long first, long pages) {
    if (first < 0 || pages < 1) {
      throw new IllegalArgumentException(
          "a range has pages: %d from page frame %d".formatted(pages, first));
    }
    return new PageRange(first, pages);
  }

  /// Single pages (`CPA_PAGES_ARRAY`).
  final class PageArray implements Request {
    private final long[] pfns;
    private final int from;
    private final int count;

    private PageArray(long[] pfns, int from, int count) {
      this.pfns = pfns;
      this.from = from;
      this.count = count;
    }

    @Override
    public long pages() {
      return count;
    }

    @Override
    public long pfn(long number) {
      return pfns[from + (int) number];
    }

    @Override
    public boolean isArray() {
      return true;
    }
  }

  /// Pages that follow each other.
  record PageRange(long first, long pages) implements Request {
    @Override
    public long pfn(long number) {
      return first + number;
    }

    @Override
    public boolean isArray() {
      return false;
    }
  }
}
