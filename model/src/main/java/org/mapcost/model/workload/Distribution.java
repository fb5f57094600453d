package org.mapcost.model.workload;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// From what a size or a time is drawn: pages, or nanoseconds. Every mean is finite.
public sealed interface Distribution {
  /// One value, zero or more.
  double draw(RandomGenerator random);

  /// Its mean, of what is cut off left out of account.
  double mean();

  /// The largest value it can give; infinite where there is none.
  double most();

  /// The same shape, every value times a factor above zero.
  Distribution times(double factor);

  /// The same shape with another mean; a value that is always the same where this is always zero.
  default Distribution withMean(double other) {
    return mean() > 0 && other > 0 ? times(other / mean()) : new Fixed(other);
  }

  /// Always the same.
  record Fixed(double value) implements Distribution {
    public Fixed {
      check(value >= 0 && value < Double.POSITIVE_INFINITY, "a value is zero or more");
    }

    @Override
    public double draw(RandomGenerator random) {
      return value;
    }

    @Override
    public Distribution times(double factor) {
      return new Fixed(value * factor);
    }

    @Override
    public double mean() {
      return value;
    }

    @Override
    public double most() {
      return value;
    }
  }

  /// Anything between two values alike.
  record Uniform(double low, double high) implements Distribution {
    public Uniform {
      check(low >= 0 && low <= high && high < Double.POSITIVE_INFINITY, "0 <= low <= high");
    }

    @Override
    public double draw(RandomGenerator random) {
      return low + (high - low) * random.nextDouble();
    }

    @Override
    public Distribution times(double factor) {
      return new Uniform(low * factor, high * factor);
    }

    @Override
    public double mean() {
      return (low + high) / 2;
    }

    @Override
    public double most() {
      return high;
    }
  }

  /// The time until something happens that may happen at any moment.
  record Exponential(double average) implements Distribution {
    public Exponential {
      check(average > 0 && average < Double.POSITIVE_INFINITY, "a mean is above zero and finite");
    }

    @Override
    public double draw(RandomGenerator random) {
      return average * random.nextExponential();
    }

    @Override
    public Distribution times(double factor) {
      return new Exponential(average * factor);
    }

    @Override
    public double mean() {
      return average;
    }

    @Override
    public double most() {
      return Double.POSITIVE_INFINITY;
    }
  }

  /// Sizes whose logarithm is normal.
  ///
  /// @param sigma the standard deviation of the natural logarithm
  /// @param most values above are drawn again; infinite for none
  record Lognormal(double median, double sigma, double most) implements Distribution {
    public Lognormal {
      check(median > 0 && median < Double.POSITIVE_INFINITY, "a median is above zero");
      check(sigma >= 0 && sigma <= 5, "a sigma is between 0 and 5");
      check(most >= median, "the most is at least the median");
    }

    @Override
    public double draw(RandomGenerator random) {
      double value;
      do {
        value = median * Math.exp(sigma * random.nextGaussian());
      } while (value > most);
      return value;
    }

    @Override
    public Distribution times(double factor) {
      return new Lognormal(median * factor, sigma, most * factor);
    }

    @Override
    public double mean() {
      return median * Math.exp(sigma * sigma / 2);
    }
  }

  /// A heavy tail: each value is exceeded by a power of itself.
  ///
  /// @param least the smallest value
  /// @param shape how fast the tail falls; up to 1 the mean is infinite unless there is a most
  /// @param most values above are drawn again; infinite for none
  record Pareto(double least, double shape, double most) implements Distribution {
    public Pareto {
      check(least > 0 && shape > 0 && most > least, "least and shape are above zero");
      check(
          shape > 1 || most < Double.POSITIVE_INFINITY,
          "a shape of 1 or below has an infinite mean: add a max, or give a shape above 1");
    }

    @Override
    public double draw(RandomGenerator random) {
      double value;
      do {
        value = least / Math.pow(1 - random.nextDouble(), 1 / shape);
      } while (value > most);
      return value;
    }

    @Override
    public Distribution times(double factor) {
      return new Pareto(least * factor, shape, most * factor);
    }

    @Override
    public double mean() {
      if (most == Double.POSITIVE_INFINITY) {
        return least * shape / (shape - 1);
      }
      if (shape == 1) {
        return least * Math.log(most / least) / (1 - least / most);
      }
      double within = 1 - Math.pow(least / most, shape);
      return shape
          * Math.pow(least, shape)
          * (Math.pow(most, 1 - shape) - Math.pow(least, 1 - shape))
          / (1 - shape)
          / within;
    }
  }

  /// The values of a record, each as often as its weight says.
  ///
  /// @param values zero or more
  /// @param weights above zero, one a value
  @SuppressWarnings("ArrayRecordComponent")
  record Empirical(double[] values, double[] weights) implements Distribution {
    public Empirical {
      values = values.clone();
      weights = weights.clone();
      check(values.length > 0 && values.length == weights.length, "there is at least one value");
      check(
          Arrays.stream(weights).allMatch(w -> w > 0 && w < Double.POSITIVE_INFINITY),
          "weights are above zero");
      check(Arrays.stream(values).allMatch(v -> v >= 0), "values are zero or more");
    }

    @Override
    public double draw(RandomGenerator random) {
      double left = random.nextDouble() * Arrays.stream(weights).sum();
      for (int i = 0; i < values.length - 1; i++) {
        left -= weights[i];
        if (left < 0) {
          return values[i];
        }
      }
      return values[values.length - 1];
    }

    @Override
    public Distribution times(double factor) {
      return new Empirical(Arrays.stream(values).map(each -> each * factor).toArray(), weights);
    }

    @Override
    public double mean() {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[i] * weights[i];
      }
      return sum / Arrays.stream(weights).sum();
    }

    @Override
    public double most() {
      return Arrays.stream(values).max().orElse(0);
    }
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
