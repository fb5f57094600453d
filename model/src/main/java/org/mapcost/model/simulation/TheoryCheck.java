package org.mapcost.model.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// The simulation beside what is known exactly: queues for one lock, for CPUs with one run queue,
/// and a closed loop.
///
/// Service takes 100 ns on average. 2 000 customers are served before the first one counts, then
/// 400 000. While it runs, the engine holds its books against the utilisation law and Little's law.
public final class TheoryCheck {
  private static final double SERVICE = 100;
  private static final int MANY_CPUS = 64;
  private static final long WARM_UP = 2_000;
  private static final long CUSTOMERS = 400_000;
  private static final double[] UTILISATIONS = {0.1, 0.3, 0.5, 0.7, 0.8};

  /// So far a throughput may be off, which has no interval of its own.
  private static final double CLOSED_TOLERANCE = 0.01;

  private TheoryCheck() {}

  /// One queue.
  ///
  /// @param queue `M/M/1`, ...
  /// @param load its utilisation, or its customers and how long they think
  /// @param figure what is compared: the mean wait in nanoseconds, or customers a microsecond
  /// @param theory the exact value
  /// @param simulated the simulation's
  /// @param halfWidth half of its 95 % interval; of a throughput, what is tolerated
  public record Row(
      String queue, String load, String figure, double theory, double simulated, double halfWidth) {
    /// Whether theory lies inside the interval.
    public boolean holds() {
      return Math.abs(simulated - theory) <= halfWidth;
    }
  }

  /// Runs all queues. One in twenty waits is expected outside its 95 % interval.
  ///
  /// @param seed from which everything random follows
  public static List<Row> run(long seed) {
    List<Row> rows = new ArrayList<>();
    SplittableGenerator random =
        RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    for (double utilisation : UTILISATIONS) {
      rows.add(
          row(
              "M/M/1, one lock",
              utilisation,
              Textbook.waitOfExponentialService(utilisation, SERVICE),
              open(MANY_CPUS, true, utilisation, true, random.split())));
    }
    for (double utilisation : UTILISATIONS) {
      rows.add(
          row(
              "M/D/1, one lock",
              utilisation,
              Textbook.waitOfConstantService(utilisation, SERVICE),
              open(MANY_CPUS, true, utilisation, false, random.split())));
    }
    for (int cpus : new int[] {1, 2, 4, 8, 32}) {
      rows.add(
          row(
              "M/M/" + cpus + ", CPUs",
              0.8,
              Textbook.waitOfServers(cpus, 0.8, SERVICE),
              open(cpus, false, cpus * 0.8, true, random.split())));
    }
    for (int customers : new int[] {1, 2, 8, 16, 48}) {
      rows.add(closed(customers, 40.0 * customers + 300, random.split()));
    }
    return rows;
  }

  private static Row row(String queue, double utilisation, double theory, BatchMeans waits) {
    return new Row(
        queue,
        "utilisation " + utilisation,
        "mean wait, ns",
        theory,
        waits.mean(),
        waits.halfWidth());
  }

  private static BatchMeans open(
      int cpus, boolean lock, double offered, boolean exponential, RandomGenerator random) {
    Textbook.Open queue =
        new Textbook.Open(
                cpus,
                lock,
                WARM_UP,
                1_000,
                exponential(SERVICE / offered, random),
                exponential ? exponential(SERVICE, random) : () -> SERVICE)
            .serve(CUSTOMERS);
    queue.engine.usage(queue.engine.now());
    return queue.waits;
  }

  private static Row closed(int customers, double think, RandomGenerator random) {
    Textbook.Closed loop =
        new Textbook.Closed(customers, exponential(think, random), exponential(SERVICE, random));
    double theory = 1e3 * Textbook.throughputOfClosedLoop(customers, think, SERVICE);
    double simulated = 1e3 * loop.throughput(1e6, 1e8);
    loop.engine.usage(loop.engine.now());
    return new Row(
        "closed loop, one lock",
        "%d customers that think %.0f ns".formatted(customers, think),
        "served a us",
        theory,
        simulated,
        CLOSED_TOLERANCE * theory);
  }

  private static DoubleSupplier exponential(double mean, RandomGenerator random) {
    return () -> mean * random.nextExponential();
  }
}
