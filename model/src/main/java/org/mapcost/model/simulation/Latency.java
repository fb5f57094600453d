package org.mapcost.model.simulation;

import org.HdrHistogram.Histogram;

/// How long operations of one kind took, from the wish to the end.
public final class Latency {
  /// Values are recorded in picoseconds, to three digits.
  public static final double PICOSECONDS = 1000;

  private static final long BATCH = 16;

  private final Histogram histogram = new Histogram(3);
  private final BatchMeans means = new BatchMeans(BATCH);
  private double sum;

  void add(double ns) {
    histogram.recordValue(Math.round(ns * PICOSECONDS));
    means.add(ns);
    sum += ns;
  }

  /// Those of several runs together; the interval of their mean is unknown.
  public static Latency of(Iterable<Latency> runs) {
    Latency all = new Latency();
    for (Latency each : runs) {
      all.histogram.add(each.histogram);
      all.sum += each.sum;
    }
    return all;
  }

  void reset() {
    histogram.reset();
    means.reset();
    sum = 0;
  }

  public long count() {
    return histogram.getTotalCount();
  }

  /// In nanoseconds; 0 where there is none.
  public double mean() {
    return count() == 0 ? 0 : sum / count();
  }

  /// A percentile in nanoseconds, 0 to 100.
  public double percentile(double percent) {
    return histogram.getValueAtPercentile(percent) / PICOSECONDS;
  }

  /// The longest, in nanoseconds.
  public double most() {
    return histogram.getMaxValue() / PICOSECONDS;
  }

  /// Half the width of the mean's 95 % interval over the mean; infinite where it is unknown.
  public double relativeHalfWidth() {
    double mean = means.mean();
    return mean > 0 ? means.halfWidth() / mean : Double.POSITIVE_INFINITY;
  }

  /// The values, in picoseconds.
  public Histogram histogram() {
    return histogram.copy();
  }
}
