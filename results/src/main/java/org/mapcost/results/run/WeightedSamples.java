package org.mapcost.results.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Samples of one fork and how often each was seen.
final class WeightedSamples {
  /// The shares for which percentiles are kept; those that JMH prints.
  static final List<Double> SHARES = List.of(0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0);

  private final SortedMap<Double, Double> counts = new TreeMap<>();
  private double all;

  /// Adds a value seen `count` times; what is no number is left out.
  void add(double value, double count) {
    if (Double.isFinite(value) && count > 0) {
      counts.merge(value, count, Double::sum);
      all += count;
    }
  }

  /// The smallest value that at least this share of the samples does not exceed; NaN without
  /// samples.
  double percentile(double share) {
    double below = 0;
    for (Map.Entry<Double, Double> each : counts.entrySet()) {
      below += each.getValue();
      if (below >= share * all * (1 - 1e-12)) {
        return each.getKey();
      }
    }
    return Double.NaN;
  }

  /// Every value, times a unit, by the share of samples that do not exceed it.
  SortedMap<Double, Double> shares(double unit) {
    SortedMap<Double, Double> shares = new TreeMap<>();
    double below = 0;
    for (Map.Entry<Double, Double> each : counts.entrySet()) {
      below += each.getValue();
      shares.put(Math.min(1, below / all), each.getKey() * unit);
    }
    return shares;
  }

  /// Every percentile of every fork; empty without forks.
  static SortedMap<Double, List<Double>> percentiles(Collection<WeightedSamples> forks) {
    SortedMap<Double, List<Double>> percentiles = new TreeMap<>();
    if (!forks.isEmpty()) {
      for (double share : SHARES) {
        List<Double> values = new ArrayList<>();
        forks.forEach(fork -> values.add(fork.percentile(share)));
        percentiles.put(share, List.copyOf(values));
      }
    }
    return percentiles;
  }
}
