package org.mapcost.model.workload.trace;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mapcost.model.units.Pages;

/// How many things there were of each size, in constant memory: sizes are kept as they are while
/// they are few, and else rounded up to powers of two.
final class Sizes {
  /// So many sizes are told apart exactly.
  private static final int EXACT = 48;

  private TreeMap<Long, Long> counts = new TreeMap<>();
  private boolean rounded;
  private long count;
  private double pages;

  void add(long size) {
    count++;
    pages += size;
    counts.merge(rounded ? powerOfTwo(size) : size, 1L, Long::sum);
    if (!rounded && counts.size() > EXACT) {
      rounded = true;
      TreeMap<Long, Long> coarse = new TreeMap<>();
      counts.forEach((each, times) -> coarse.merge(powerOfTwo(each), times, Long::sum));
      counts = coarse;
    }
  }

  private static long powerOfTwo(long size) {
    return size <= 1 ? 1 : Long.highestOneBit(size - 1) << 1;
  }

  long count() {
    return count;
  }

  /// The pages of all.
  double pages() {
    return pages;
  }

  /// As a workload file writes it: `64KiB`, or `{empirical: {64KiB: 3, 1MiB: 1}}`.
  String yaml() {
    if (counts.size() == 1) {
      return size(counts.firstKey());
    }
    return counts.entrySet().stream()
        .map(each -> size(each.getKey()) + ": " + each.getValue())
        .collect(Collectors.joining(", ", "{empirical: {", "}}"));
  }

  private static String size(long pages) {
    return new Pages(pages).bytes().toString();
  }

  /// Six digits, without an exponent.
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    return rounded.toPlainString();
  }
}
