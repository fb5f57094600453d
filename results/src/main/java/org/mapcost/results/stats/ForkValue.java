package org.mapcost.results.stats;

import java.util.List;

/// The one value with which a fork counts.
public enum ForkValue {
  /// The median of its iterations: what an operation usually takes. A few disturbed iterations do
  /// not move it.
  MEDIAN {
    @Override
    public double[] of(List<List<Double>> forks) {
      return Statistics.forkMedians(forks);
    }
  },
  /// The mean of its iterations: what an operation takes over the long run, each outlier by its
  /// size.
  MEAN {
    @Override
    public double[] of(List<List<Double>> forks) {
      return Statistics.forkMeans(forks);
    }
  };

  /// One value for each fork that has numbers.
  public abstract double[] of(List<List<Double>> forks);
}
