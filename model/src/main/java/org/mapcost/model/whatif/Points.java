package org.mapcost.model.whatif;

import org.mapcost.model.InputException;

/// Points of a sweep that are estimated together: sizes and added nodes. Not safe for use by
/// several threads.
public final class Points {
  /// So many fit in.
  public static final int MOST = 128;

  final int[] pages = new int[MOST];
  final int[] firmware = new int[MOST];
  final int[] devices = new int[MOST];
  private int count;

  /// How many there are.
  public int count() {
    return count;
  }

  /// Forgets all.
  public void clear() {
    count = 0;
  }

  /// One more.
  ///
  /// @param size the buffer's size in pages
  /// @param ranges firmware ranges added to the tree, 0 or more
  /// @param functions PCI functions added, 0 or more
  public void add(long size, int ranges, int functions) {
    if (size < 1 || size > Integer.MAX_VALUE || ranges < 0 || functions < 0) {
      throw new InputException(
          "no point: %d pages, %d ranges, %d functions.".formatted(size, ranges, functions));
    }
    pages[count] = (int) size;
    firmware[count] = ranges;
    devices[count] = functions;
    count++;
  }
}
