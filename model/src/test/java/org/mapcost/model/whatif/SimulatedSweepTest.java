package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.SimulatedCrossings.Crossing;
import org.mapcost.model.whatif.SimulatedOutcome.Value;
import org.mapcost.model.whatif.SimulatedSetup.Axis;
import org.mapcost.model.whatif.SimulatedSweep.Point;
import org.mapcost.model.workload.Clients;
import org.mapcost.model.workload.Distribution;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;

/// Guards sweeps of simulations: they are what single simulations show, whatever the threads; a
/// change of the best strategy is found where a scan finds it; and keys of a workload change what
/// they say.
class SimulatedSweepTest {
  private static final Strategy FAULT = Strategies.named("ttm-fault");
  private static final Strategy INSERT = Strategies.named("vm-insert-pfn");

  /// Clients that map buffers of VRAM and look up a type for each page.
  private static final Workload LOOKUPS =
      Workloads.parse(
          "lookups.yaml",
          """
          workload: lookups
          duration: 1ms
          clients:
            readers:
              count: 3
              arrival: {closed: {think: {exponential: {mean: 20us}}}}
              size: {uniform: {low: 16KiB, high: 48KiB}}
              memory: vram
            bursts:
              arrival: {bursts: {every: 300us, size: 3}}
              size: 16KiB
              memory: vram
          """);

  private static SimulatedSweep sweep(
      String vary, String measure, int replications, int threads, Strategy... strategies) {
    Platform platform =
        new Platform(
            Machines.named("client-igpu"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            FAULT,
            Conditions.USUAL,
            OptionalDouble.empty());
    return new SimulatedSweep(
        SimulatedSetup.of(platform, LOOKUPS),
        List.of(Axis.parse(vary, LOOKUPS)),
        List.of(strategies),
        SimulatedMeasure.parse(measure, OperationKind.FAULT),
        replications,
        threads);
  }

  private static double mean(SimulationResult result) {
    return Objects.requireNonNull(result.steady().get(OperationKind.FAULT)).mean();
  }

  private static List<Point> points(SimulatedSweep sweep) {
    return sweep.points(0, sweep.size(), () -> {});
  }

  @Test
  void pointsAreSingleSimulationsOnAnyNumberOfThreads() {
    SimulatedSweep sweep = sweep("clients=1..5:2", "mean", 3, 1, FAULT, INSERT);
    List<Point> points = points(sweep);
    for (int threads : new int[] {2, 7}) {
      assertThat(points(sweep("clients=1..5:2", "mean", 3, threads, FAULT, INSERT)))
          .isEqualTo(points);
    }
    Platform on = sweep.base().platform(INSERT);
    Clients first = LOOKUPS.clients().getFirst();
    Workload five = LOOKUPS.with(List.of(first.withCount(5), LOOKUPS.clients().getLast()));
    double mean = mean(Simulation.run(on, five, PriceEnd.BEST));
    Value value = points.getLast().value(INSERT).orElseThrow();
    assertThat(value.runs()).hasSize(3).first().isEqualTo(mean);
    assertThat(value.worlds()).hasSize(3).doesNotContainAnyElementsOf(value.runs());
    assertThat(value.pagesPerFault()).isEqualTo(1);
    assertThat(points.getFirst().value(FAULT).orElseThrow().pagesPerFault()).isGreaterThan(4);
    assertThat(value.chance().low()).isLessThan(value.chance().high());
    assertThat(value.interval().contains(value.best())).isTrue();
  }

  /// With nothing uncertain left, a world is the best prices.
  @Test
  void aWorldWithoutDeviationsIsTheBestPrices() {
    SimulatedSweep sweep = sweep("clients=1..5:2", "mean", 2, 1, FAULT);
    Platform on = sweep.base().platform(FAULT);
    double best = mean(Simulation.run(on, LOOKUPS, PriceEnd.BEST));
    double world = mean(SimulatedSweep.inWorld(on, LOOKUPS, Draw.of(Map.of())));
    assertThat(world).isEqualTo(best);
  }

  /// A fault that maps 16 pages costs more than one that maps one; of all faults of a buffer it is
  /// the other way round, unless few pages are touched.
  @Test
  void aChangeOfTheBestIsWhereAScanFindsIt() {
    SimulatedSweep sweep = sweep("kernel.ttm_prefault=1..16:5", "mean", 3, 2, INSERT, FAULT);
    List<Point> points = points(sweep);
    assertThat(SimulatedCrossings.of(sweep)).isTrue();
    List<Crossing> found = SimulatedCrossings.in(sweep, points, () -> {});
    int change = 1;
    while (change < 16 && best(sweep, change).equals(best(sweep, change + 1))) {
      change++;
    }
    assertThat(found).hasSize(change < 16 ? 1 : 0);
    if (!found.isEmpty()) {
      Crossing crossing = found.getFirst();
      assertThat(crossing.from()).isEqualTo(change);
      assertThat(crossing.to()).isEqualTo(change + 1);
      assertThat(crossing.low()).isLessThanOrEqualTo(crossing.from());
      assertThat(crossing.high()).isGreaterThanOrEqualTo(crossing.to());
    }
  }

  private static Strategy best(SimulatedSweep sweep, int value) {
    return sweep.ranked(sweep.at(String.valueOf(value))).getFirst();
  }

  @Test
  void whatIsBetterInEveryWorldIsSure() {
    Value low = new Value(10, List.of(9.0, 11.0), List.of(8.0, 12.0), 0, 0);
    Value high = new Value(20, List.of(19.0, 21.0), List.of(9.0, 30.0), 0, 0);
    Value near = new Value(11, List.of(10.0, 12.0), List.of(7.0, 13.0), 0, 0);
    assertThat(low.surelyBelow(high)).isTrue();
    assertThat(low.surelyBelow(near)).as("not in the first world").isFalse();
    assertThat(high.surelyBelow(low)).isFalse();
    assertThat(low.surelyBelow(low)).as("equals").isFalse();
    assertThat(high.over(low).low()).isEqualTo(9.0 / 8.0);
    assertThat(high.over(low).high()).isEqualTo(2.5);
    Value partly = new Value(10, List.of(10.0, Double.NaN), List.of(Double.NaN, 12.0), 0, 0);
    assertThat(partly.interval().low()).isEqualTo(10);
    assertThat(partly.surelyBelow(high)).as("unknown in one world").isFalse();
  }

  @Test
  void whoDoesNotServeIsRefusedWithTheReason() {
    SimulatedSweep sweep =
        sweep("clients=1,2", "mean", 2, 2, Strategies.named("udmabuf"), FAULT, INSERT);
    Point point = points(sweep).getFirst();
    assertThat(point.outcomes().get(Strategies.named("udmabuf")))
        .isInstanceOfSatisfying(
            SimulatedOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("maps no vram"));
    assertThat(sweep.ranked(point)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "clients, 7, 3",
    "clients.readers.count, 7, 3",
    "clients.readers.size, 64KiB, 32KiB",
    "clients.readers.think, 3ms, 20.0us",
    "clients.readers.lifetime, 3ms, none",
    "clients.readers.reuse, 4, 1",
    "clients.readers.touched, 0.25, 1.0",
    "clients.readers.compute, 2us, 0ns",
    "clients.bursts.every, 1ms, 300us",
    "clients.bursts.burst, 9, 3",
    "clients.bursts.mode, wb, wc",
    "pool.kind, none, the kernel's",
    "pool.limit, 4MiB, the kernel's",
    "other_cpus, busy, idle"
  })
  void aKeyOfAWorkloadChangesOneThing(String name, String value, String today) {
    WorkloadKeys keys = new WorkloadKeys(LOOKUPS);
    WorkloadKeys.Of key = keys.named(name);
    assertThat(key.today().apply(LOOKUPS)).isEqualTo(today);
    Workload changed = key.change().apply(LOOKUPS, value);
    assertThat(changed).isNotEqualTo(LOOKUPS);
    for (Key other : keys.keys()) {
      boolean same = other.name().equals(name) || isCount(name, other);
      if (!same) {
        assertThat(keys.named(other.name()).today().apply(changed))
            .as(other.name())
            .isEqualTo(keys.named(other.name()).today().apply(LOOKUPS));
      }
    }
    Map<String, String> set = new HashMap<>(Map.of(name, value, "machine.cpus", "4"));
    assertThat(WorkloadKeys.set(LOOKUPS, set)).isEqualTo(changed);
    assertThat(set).containsOnlyKeys("machine.cpus");
  }

  private static boolean isCount(String name, Key other) {
    List<String> counts = List.of("clients", "clients.readers.count");
    return counts.contains(name) && counts.contains(other.name());
  }

  /// Whatever the shape, every value is scaled alike.
  @Test
  void aShapeGoesToAnotherMean() {
    for (Distribution each :
        Arrays.asList(
            new Distribution.Fixed(3),
            new Distribution.Uniform(1, 5),
            new Distribution.Exponential(3),
            new Distribution.Lognormal(3, 0.5, 9),
            new Distribution.Pareto(1, 1.5, 9),
            new Distribution.Empirical(new double[] {1, 5}, new double[] {1, 3}))) {
      Distribution twice = each.withMean(2 * each.mean());
      assertThat(twice.mean())
          .isCloseTo(2 * each.mean(), org.assertj.core.data.Offset.offset(1e-9));
      assertThat(twice.most()).isEqualTo(2 * each.most());
      assertThat(twice.getClass()).isEqualTo(each.getClass());
    }
    assertThat(new Distribution.Fixed(0).withMean(5)).isEqualTo(new Distribution.Fixed(5));
  }

  @ParameterizedTest
  @CsvSource({
    "p99, fault.p99",
    "allocate.p99.9, allocate.p99.9",
    "mean, fault.mean",
    "map.max, map.max",
    "buffer, buffer",
    "throughput, free.throughput",
    "fault.throughput, fault.throughput",
    "stolen, stolen"
  })
  void readsMeasures(String text, String key) {
    assertThat(SimulatedMeasure.parse(text, OperationKind.FAULT).key()).isEqualTo(key);
  }

  @Test
  void refusesWhatMeansNothing() {
    assertThatThrownBy(() -> SimulatedMeasure.parse("first", OperationKind.FAULT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("'first' is no measure of a simulation: write p99, fault.p99.9,");
    assertThatThrownBy(() -> sweep("clients.reader.count=1..4", "mean", 2, 1, FAULT))
        .hasMessageStartingWith(
            "unknown key of this workload 'clients.reader.count'; did you mean"
                + " 'clients.readers.count'?");
    assertThatThrownBy(() -> sweep("buffer=4KiB,8KiB", "mean", 2, 1, FAULT))
        .hasMessage("buffer is a key of one buffer; of a workload vary clients.readers.size.");
    assertThatThrownBy(() -> sweep("clients=1..4", "mean", 1, 1, FAULT))
        .hasMessage("a sweep of simulations takes 2 to 1000 replications, not 1.");
    assertThatThrownBy(() -> points(sweep("clients.readers.touched=1,2", "mean", 2, 1, FAULT)))
        .hasMessage("clients.readers.touched is a share, 0 to 1, not 2.");
  }
}
