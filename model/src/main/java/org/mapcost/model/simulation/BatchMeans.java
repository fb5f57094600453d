package org.mapcost.model.simulation;

import org.apache.commons.statistics.distribution.TDistribution;

/// The mean of values that follow each other in time and depend on each other, with an interval:
/// neighbours are joined to batches so long that their means are nearly independent.
///
/// There are never more than [#MOST] batches; when they are full, neighbours are joined and batches
/// become twice as long (Law and Kelton, Simulation Modeling and Analysis, 9.5.3). Nothing is
/// allocated for a value.
public final class BatchMeans {
  /// The most batches; there are at least half as many once the first are joined.
  public static final int MOST = 64;

  private static final int LEAST = 10;

  private final double[] sums = new double[MOST];
  private int full;
  private long length;
  private double sum;
  private long inBatch;

  /// @param firstLength values in a batch at the beginning
  public BatchMeans(long firstLength) {
    if (firstLength < 1) {
      throw new IllegalArgumentException("a batch has at least one value, not " + firstLength);
    }
    length = firstLength;
  }

  /// Forgets every value; the length of batches stays.
  public void reset() {
    full = 0;
    sum = 0;
    inBatch = 0;
  }

  public void add(double value) {
    sum += value;
    if (++inBatch == length) {
      sums[full++] = sum;
      sum = 0;
      inBatch = 0;
      if (full == MOST) {
        join();
      }
    }
  }

  private void join() {
    for (int i = 0; i < MOST / 2; i++) {
      sums[i] = sums[2 * i] + sums[2 * i + 1];
    }
    full = MOST / 2;
    length *= 2;
  }

  /// Batches that are full.
  public int batches() {
    return full;
  }

  /// The mean of the values in full batches; NaN where none is.
  public double mean() {
    double all = 0;
    for (int i = 0; i < full; i++) {
      all += sums[i];
    }
    return all / full / length;
  }

  /// Half the width of the interval that holds the true mean with 95 % confidence; infinite below
  /// ten batches.
  public double halfWidth() {
    if (full < LEAST) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = mean();
    double squares = 0;
    for (int i = 0; i < full; i++) {
      double off = sums[i] / length - mean;
      squares += off * off;
    }
    double error = Math.sqrt(squares / (full - 1) / full);
    return TDistribution.of(full - 1).inverseCumulativeProbability(0.975) * error;
  }
}
