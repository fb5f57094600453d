package org.mapcost.benchmarks.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// The running totals that benchmarks keep of their own work, for [CountsProfiler] to divide by the
/// operations done.
///
/// A benchmark opens each of its totals once per thread, in a `@Setup(Level.Trial)` method. Totals
/// of one name add up. They are read between iterations only, when the threads that count stand
/// still.
public final class Counts {
  private static final Map<String, Counter> OPEN = new LinkedHashMap<>();

  private Counts() {}

  private record Counter(String unit, List<LongSupplier> totals) {}

  /// A total of all threads: its unit per operation and its value so far.
  record Total(String unit, long value) {}

  /// Opens a total that only grows; `unit` is that of the quotient, such as `B/op`.
  public static void open(String name, String unit, LongSupplier total) {
    synchronized (OPEN) {
      OPEN.computeIfAbsent(name, any -> new Counter(unit, new ArrayList<>())).totals.add(total);
    }
  }

  static Map<String, Total> totals() {
    synchronized (OPEN) {
      Map<String, Total> totals = new LinkedHashMap<>();
      OPEN.forEach((name, counter) -> totals.put(name, total(counter)));
      return totals;
    }
  }

  private static Total total(Counter counter) {
    return new Total(
        counter.unit, counter.totals.stream().mapToLong(LongSupplier::getAsLong).sum());
  }

  static void closeAll() {
    synchronized (OPEN) {
      OPEN.clear();
    }
  }
}
