package org.mapcost.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.simulation.Textbook.Closed;
import org.mapcost.model.simulation.Textbook.Open;

/// Guards the engine against what is known exactly: waiting times of M/M/1, M/D/1, M/M/c, and the
/// throughput of a closed loop by mean value analysis. Service takes 100 ns on average; the warm-up
/// is 2 000 customers and more.
class QueueingTheoryTest {
  private static final double SERVICE = 100;

  /// Up to a utilisation of 0.8 a queue of 64 CPUs for one lock is never full.
  private static final int MANY = 64;

  @ParameterizedTest(name = "M/M/1, utilisation {0}")
  @CsvSource({"0.1", "0.3", "0.5", "0.7", "0.8"})
  void oneLockAndExponentialService(double utilisation) {
    RandomGenerator random = Queues.random(11);
    Open queue =
        open(MANY, true, utilisation / SERVICE, Queues.exponential(SERVICE, random), random);
    assertThat(queue.waits.mean())
        .isCloseTo(
            Textbook.waitOfExponentialService(utilisation, SERVICE),
            within(queue.waits.halfWidth()));
    assertLockIsUsed(queue.engine, utilisation);
  }

  @ParameterizedTest(name = "M/D/1, utilisation {0}")
  @CsvSource({"0.1", "0.3", "0.5", "0.7", "0.8"})
  void oneLockAndConstantService(double utilisation) {
    Open queue = open(MANY, true, utilisation / SERVICE, () -> SERVICE, Queues.random(12));
    assertThat(queue.waits.mean())
        .isCloseTo(
            Textbook.waitOfConstantService(utilisation, SERVICE), within(queue.waits.halfWidth()));
    assertLockIsUsed(queue.engine, utilisation);
  }

  @ParameterizedTest(name = "M/M/{0}, utilisation {1}")
  @CsvSource({"1,0.8", "2,0.5", "2,0.8", "4,0.7", "8,0.8", "32,0.8"})
  void cpusThatShareARunQueue(int cpus, double utilisation) {
    RandomGenerator random = Queues.random(13);
    Open queue =
        open(
            cpus, false, cpus * utilisation / SERVICE, Queues.exponential(SERVICE, random), random);
    double expected = Textbook.waitOfServers(cpus, utilisation, SERVICE);
    assertThat(queue.waits.mean()).isCloseTo(expected, within(queue.waits.halfWidth()));
    Usage usage = queue.engine.usage(queue.engine.now());
    assertThat(usage.sum(Usage.OfCpu::work) / usage.length() / cpus)
        .isCloseTo(utilisation, within(0.01));
    // The run queue's own books say the same as the customers.
    assertThat(usage.meanRunQueueWait())
        .isCloseTo(queue.waits.mean(), within(0.02 * queue.waits.mean() + 0.01));
  }

  @ParameterizedTest(name = "{0} customers that think {1} ns")
  @CsvSource({"1,100", "2,300", "8,400", "16,2000", "48,3000"})
  void closedLoopAgreesWithMeanValueAnalysis(int customers, double think) {
    RandomGenerator random = Queues.random(14);
    Closed loop =
        new Closed(
            customers, Queues.exponential(think, random), Queues.exponential(SERVICE, random));
    double expected = Textbook.throughputOfClosedLoop(customers, think, SERVICE);
    assertThat(loop.throughput(1e6, 1e8)).isCloseTo(expected, within(0.01 * expected));
    loop.engine.usage(loop.engine.now());
  }

  @Test
  void confidenceIntervalsHoldTheTruthAsOftenAsTheySay() {
    RandomGenerator cases = Queues.random(2026);
    int holds = 0;
    int all = 1000;
    for (int i = 0; i < all; i++) {
      double utilisation = 0.1 + 0.7 * cases.nextDouble();
      RandomGenerator random = Queues.random(cases.nextLong());
      boolean constant = (i & 1) == 1;
      DoubleSupplier service = constant ? () -> SERVICE : Queues.exponential(SERVICE, random);
      double truth = utilisation * SERVICE / (1 - utilisation) / (constant ? 2 : 1);
      // So many customers depend on each other; a batch is much longer.
      long correlated = (long) (4 / Math.pow(1 - utilisation, 2));
      Open queue =
          new Open(
              MANY,
              true,
              20 * correlated,
              15 * correlated,
              Queues.exponential(SERVICE / utilisation, random),
              service);
      queue.serve(40 * 15 * correlated);
      queue.engine.usage(queue.engine.now());
      if (Math.abs(queue.waits.mean() - truth) <= queue.waits.halfWidth()) {
        holds++;
      }
    }
    assertThat(holds / (double) all).as("share of cases").isBetween(0.93, 0.97);
  }

  private static Open open(
      int cpus, boolean lock, double rate, DoubleSupplier service, RandomGenerator random) {
    return new Open(cpus, lock, 2_000, 1_000, Queues.exponential(1 / rate, random), service)
        .serve(400_000);
  }

  private static void assertLockIsUsed(Engine engine, double utilisation) {
    Usage usage = engine.usage(engine.now());
    Usage.OfLock lock = Objects.requireNonNull(usage.locks().get(Lock.MEMTYPE_LOCK));
    assertThat(lock.held() / usage.length()).isCloseTo(utilisation, within(0.01));
  }

  /// The table that users see: every queue holds, but for the one wait in twenty that must not.
  @Test
  void theTableOfTheoryHolds() {
    List<TheoryCheck.Row> rows = TheoryCheck.run(1);
    assertThat(rows).hasSize(20);
    assertThat(rows).filteredOn(row -> !row.holds()).hasSizeLessThanOrEqualTo(2);
    assertThat(rows)
        .allSatisfy(row ->
            assertThat(row.simulated())
                .as(row.toString())
                .isCloseTo(row.theory(), within(0.05 * row.theory())));
  }
}
