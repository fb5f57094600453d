package org.mapcost.benchmarks.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/// The histograms that benchmarks keep of modelled latencies, for [CountsProfiler] to report with
/// their percentiles.
///
/// A benchmark opens one for each thread, in a `@Setup(Level.Trial)` method; those of one name are
/// added up. They are read and emptied between iterations only, when the threads that record stand
/// still.
public final class Latencies {
  /// Significant digits of every value.
  private static final int DIGITS = 3;

  private static final Map<String, List<Histogram>> OPEN = new LinkedHashMap<>();

  private Latencies() {}

  /// A new histogram of nanoseconds under a name such as `modelledNs`.
  public static Histogram open(String name) {
    synchronized (OPEN) {
      Histogram histogram = new Histogram(DIGITS);
      OPEN.computeIfAbsent(name, any -> new ArrayList<>()).add(histogram);
      return histogram;
    }
  }

  /// Hands over what was recorded under each name since the last time, and forgets it.
  static void drain(BiConsumer<String, Histogram> to) {
    synchronized (OPEN) {
      OPEN.forEach((name, parts) -> {
        Histogram all = new Histogram(DIGITS);
        parts.forEach(part -> {
          all.add(part);
          part.reset();
        });
        if (all.getTotalCount() > 0) {
          to.accept(name, all);
        }
      });
    }
  }

  static void closeAll() {
    synchronized (OPEN) {
      OPEN.clear();
    }
  }
}
