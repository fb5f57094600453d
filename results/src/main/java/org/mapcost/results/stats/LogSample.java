package org.mapcost.results.stats;

/// The logarithms of a set of forks, one value each: what disturbs a time does so by a factor, and
/// a factor is a sum of logarithms.
final class LogSample {
  private final double[] values;
  private final double mean;
  private final double varianceOfMean;

  private LogSample(double[] values, double mean, double varianceOfMean) {
    this.values = values;
    this.mean = mean;
    this.varianceOfMean = varianceOfMean;
  }

  /// @throws IllegalArgumentException if a value is not above zero
  static LogSample ofPositive(double[] forks) {
    double[] logs = new double[forks.length];
    for (int i = 0; i < forks.length; i++) {
      if (!(forks[i] > 0)) {
        throw new IllegalArgumentException("a ratio is of values above zero, not " + forks[i]);
      }
      logs[i] = Math.log(forks[i]);
    }
    return of(logs);
  }

  static LogSample of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new LogSample(values, mean, squares / (values.length - 1) / values.length);
  }

  /// One for each fork.
  double[] values() {
    return values;
  }

  double mean() {
    return mean;
  }

  /// The variance of the mean; not a number for fewer than two forks.
  double varianceOfMean() {
    return varianceOfMean;
  }

  int size() {
    return values.length;
  }
}
