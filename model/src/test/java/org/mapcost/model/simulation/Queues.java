package org.mapcost.model.simulation;

import java.util.BitSet;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What tests of the simulation draw from and run on.
final class Queues {
  private Queues() {}

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static DoubleSupplier exponential(double mean, RandomGenerator random) {
    return () -> mean * random.nextExponential();
  }

  static BitSet cpus(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }
}
