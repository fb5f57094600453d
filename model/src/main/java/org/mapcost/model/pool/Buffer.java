package org.mapcost.model.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mapcost.model.pageattr.Attribute;

/// The pages of one buffer (`struct ttm_tt`): every page, and the chunks they came in. Can be used
/// again once it was freed; it then allocates nothing for as many pages as before.
public final class Buffer {
  private long[] pfns = new long[16];

  /// The order of the chunk that starts at a page (`page->private`).
  private byte[] orders = new byte[16];

  private int pages;
  private Attribute caching = Attribute.WB;

  /// The number of pages; 0 for a buffer without memory.
  public int pages() {
    return pages;
  }

  /// How the pages are cached; write-back for a buffer without memory.
  public Attribute caching() {
    return caching;
  }

  /// The page frame of a page, 0 to [#pages] - 1.
  public long pfn(int page) {
    if (page < 0 || page >= pages) {
      throw new IndexOutOfBoundsException("page " + page + " of " + pages);
    }
    return pfns[page];
  }

  /// The order of each chunk, in the order of the pages.
  public List<Integer> chunkOrders() {
    List<Integer> chunks = new ArrayList<>();
    for (int page = 0; page < pages; page += 1 << orders[page]) {
      chunks.add((int) orders[page]);
    }
    return chunks;
  }

  void begin(Attribute wanted, long size) {
    if (pages != 0) {
      throw new IllegalArgumentException("this buffer has memory already");
    }
    if (size <= 0 || size > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("a buffer has 1 to 2^31 - 17 pages, not " + size);
    }
    caching = wanted;
    if (size > pfns.length) {
      pfns = Arrays.copyOf(pfns, (int) size);
      orders = Arrays.copyOf(orders, (int) size);
    }
  }

  void append(long first, int order) {
    orders[pages] = (byte) order;
    for (int i = 0; i < 1 << order; i++) {
      pfns[pages++] = first + i;
    }
  }

  void empty() {
    pages = 0;
    caching = Attribute.WB;
  }

  int orderAt(int page) {
    return orders[page];
  }

  long[] array() {
    return pfns;
  }
}
