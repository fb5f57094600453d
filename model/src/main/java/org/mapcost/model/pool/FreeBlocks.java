package org.mapcost.model.pool;

import java.util.Arrays;

/// The free blocks of one order, by their numbers.
///
/// Room is made for the highest number that was ever free, not for the memory's end: much of a
/// large memory is never broken up. Not safe for use by several threads.
final class FreeBlocks {
  private static final int WORD_SHIFT = 6;
  private static final int FIRST_WORDS = 4;

  private long[] words = new long[FIRST_WORDS];
  private int count;

  /// No free block has a smaller number.
  private int lowest;

  boolean isEmpty() {
    return count == 0;
  }

  boolean contains(int block) {
    int word = block >> WORD_SHIFT;
    return word < words.length && (words[word] >>> block & 1) != 0;
  }

  /// The lowest, of one at least.
  int first() {
    lowest = next(lowest);
    return lowest;
  }

  /// The lowest from a number on; `Integer.MAX_VALUE` where there is none.
  int next(int from) {
    int word = from >> WORD_SHIFT;
    if (count == 0 || word >= words.length) {
      return Integer.MAX_VALUE;
    }
    long rest = words[word] & -1L << from;
    while (rest == 0) {
      if (++word == words.length) {
        return Integer.MAX_VALUE;
      }
      rest = words[word];
    }
    return (word << WORD_SHIFT) + Long.numberOfTrailingZeros(rest);
  }

  /// Adds one that is not free.
  void add(int block) {
    int word = block >> WORD_SHIFT;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
    }
    words[word] |= 1L << block;
    lowest = count == 0 ? block : Math.min(lowest, block);
    count++;
  }

  /// Takes one away that is free.
  void remove(int block) {
    words[block >> WORD_SHIFT] &= ~(1L << block);
    count--;
  }
}
