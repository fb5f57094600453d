package org.mapcost.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Kinds of noise that benchmarks on shared machines show, for trying the statistics on.
public enum Noise {
  /// Forks differ by 3 % and iterations by 2 %, as a factor.
  LOGNORMAL {
    @Override
    double fork(RandomGenerator random) {
      return Math.exp(FORKS * random.nextGaussian());
    }

    @Override
    double iteration(double fork, RandomGenerator random) {
      return fork * Math.exp(ITERATIONS * random.nextGaussian());
    }
  },
  /// The same, and three forks of ten are a quarter slower by the luck of their memory layout.
  BIMODAL {
    @Override
    double fork(RandomGenerator random) {
      return LOGNORMAL.fork(random) * (random.nextDouble() < 0.3 ? 1.25 : 1);
    }

    @Override
    double iteration(double fork, RandomGenerator random) {
      return LOGNORMAL.iteration(fork, random);
    }
  },
  /// The same as the first, and a hypervisor takes time in bursts: from one iteration in twelve,
  /// and in three forks of ten from every second one; an exponential share, 30 % on average.
  STEAL {
    @Override
    double fork(RandomGenerator random) {
      return LOGNORMAL.fork(random);
    }

    @Override
    double iteration(double fork, RandomGenerator random) {
      return LOGNORMAL.iteration(fork, random);
    }

    @Override
    List<Double> iterations(RandomGenerator random, int count, double truth) {
      double chance = random.nextDouble() < 0.3 ? 0.5 : 1 / 12.0;
      List<Double> values = new ArrayList<>();
      for (double value : super.iterations(random, count, truth)) {
        boolean stolen = random.nextDouble() < chance;
        values.add(stolen ? value * (1 + 0.3 * random.nextExponential()) : value);
      }
      return values;
    }
  };

  private static final double FORKS = 0.03;
  private static final double ITERATIONS = 0.02;

  abstract double fork(RandomGenerator random);

  abstract double iteration(double fork, RandomGenerator random);

  /// The iterations of one fork.
  List<Double> iterations(RandomGenerator random, int count, double truth) {
    double fork = truth * fork(random);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(iteration(fork, random));
    }
    return values;
  }

  /// The forks of one measurement.
  ///
  /// @param truth what it would measure without noise
  List<List<Double>> forks(RandomGenerator random, int forks, int iterations, double truth) {
    List<List<Double>> all = new ArrayList<>();
    for (int i = 0; i < forks; i++) {
      all.add(iterations(random, iterations, truth));
    }
    return all;
  }
}
