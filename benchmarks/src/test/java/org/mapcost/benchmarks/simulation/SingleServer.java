package org.mapcost.benchmarks.simulation;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.mapcost.model.simulation.BatchMeans;

/// One queue, M/M/1: customers of some Poisson sources, one server, first come first served.
///
/// Every event loop runs it with the same generator, the same draws in the same order and the same
/// statistics, so that nothing but the loop differs: all give the same mean wait to the last digit.
abstract class SingleServer {
  /// Mean nanoseconds of a service.
  static final double SERVICE = 100;

  static final double UTILISATION = 0.8;

  private static final long SEED = 2021;
  private static final long BATCH = 1000;

  final int sources;
  final BatchMeans waits = new BatchMeans(BATCH);
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final double meanGap;
  private long served;

  SingleServer(int sources) {
    this.sources = sources;
    this.meanGap = sources * SERVICE / UTILISATION;
  }

  /// The queue under an event loop: `engine`, `event-list`, `ssj-splay-tree`, `ssj-henriksen`,
  /// `ssj-binary-tree`.
  static SingleServer of(String loop, int sources) {
    return switch (loop) {
      case "engine" -> new UnderEngine(sources);
      case "event-list" -> new UnderEventList(sources);
      case "ssj-splay-tree", "ssj-henriksen", "ssj-binary-tree" -> new UnderSsj(loop, sources);
      default -> throw new IllegalArgumentException(loop);
    };
  }

  double gap() {
    return meanGap * random.nextExponential();
  }

  double service() {
    return SERVICE * random.nextExponential();
  }

  /// A customer has been served who waited so long.
  void served(double wait) {
    served++;
    waits.add(wait);
  }

  /// Customers served so far.
  long served() {
    return served;
  }

  /// Goes on until so many more customers are served.
  abstract void serve(long customers);
}
