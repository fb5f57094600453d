package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;

/// Guards the search for a capacity: it finds what a scan of every number finds.
class CapacityTest {
  /// A latency of each number and end of the prices, whatever chance does.
  private interface Latency {
    double of(long number, PriceEnd end);
  }

  /// Runs whose latencies lie so far, in parts, below and above all of them together.
  private static Capacity.Trial trial(Latency latency, double luck) {
    return probes ->
        probes.stream()
            .map(probe -> {
              double all = latency.of(probe.number(), probe.end());
              return new Interval(all - luck, all, all + luck);
            })
            .toList();
  }

  /// More is better or worse; the search agrees with a scan, and looks at far fewer numbers.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void agreesWithAScanOfEveryNumber(boolean more) {
    SplittableRandom random = new SplittableRandom(more ? 5 : 6);
    for (int i = 0; i < 300; i++) {
      long most = 1 + random.nextLong(400);
      double border = random.nextLong(500);
      double luck = random.nextLong(60);
      Latency latency =
          (number, end) -> {
            double steepness = 1 + end.ordinal();
            double excess = steepness * (number - border);
            return more ? 100 - excess : 100 + excess;
          };
      Capacity found = Capacity.search(1, most, more, 100, trial(latency, luck));
      assertThat(found.best()).isEqualTo(scan(most, more, latency, PriceEnd.BEST, 0));
      assertThat(found.low()).isEqualTo(scan(most, more, latency, PriceEnd.LOW, 0));
      assertThat(found.high()).isEqualTo(scan(most, more, latency, PriceEnd.HIGH, 0));
      assertThat(found.lucky()).isEqualTo(scan(most, more, latency, PriceEnd.BEST, -luck));
      assertThat(found.unlucky()).isEqualTo(scan(most, more, latency, PriceEnd.BEST, luck));
      assertThat(found.curve().size()).isLessThanOrEqualTo(80);
    }
  }

  private static OptionalLong scan(
      long most, boolean more, Latency latency, PriceEnd end, double luck) {
    OptionalLong found = OptionalLong.empty();
    for (long number = 1; number <= most; number++) {
      if (latency.of(number, end) + luck < 100) {
        if (more) {
          return OptionalLong.of(number);
        }
        found = OptionalLong.of(number);
      } else if (!more) {
        return found;
      }
    }
    return found;
  }

  private static SimulatedPlan plan(
      SimulatedPlan.Resource resource, String objective, int replications, int threads) {
    Workload workload = Workloads.named("desktop-compositor").withDuration(60e6);
    Platform platform =
        new Platform(
            Machines.named("client-igpu"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            Strategies.named("ttm-fault"),
            Conditions.USUAL,
            OptionalDouble.empty());
    return new SimulatedPlan(
        platform,
        workload,
        resource,
        Objective.parse(objective, OperationKind.ALLOCATE),
        replications,
        threads);
  }

  /// Simulated pools of every eighth size: none below the planned one holds the objective.
  @Test
  void aPlannedPoolIsTheSmallestThatHolds() {
    SimulatedPlan plan = plan(SimulatedPlan.Resource.POOL, "p90<600us", 2, 2);
    Capacity found = plan.search(1, 1 << 16);
    long planned = found.best().orElseThrow();
    double limit = plan.objective().limit();
    assertThat(at(plan, planned).best()).isLessThan(limit);
    for (long number = planned - 1; number > 0; number -= Math.max(1, planned / 6)) {
      assertThat(at(plan, number).best()).isGreaterThanOrEqualTo(limit);
    }
    long lucky = found.lucky().orElseThrow();
    assertThat(at(plan, lucky).low()).isLessThan(limit);
    assertThat(lucky == 1 || at(plan, lucky - 1).low() >= limit).isTrue();
    assertThat(lucky).isLessThanOrEqualTo(planned);
    assertThat(planned).isLessThanOrEqualTo(found.unlucky().orElseThrow());
    assertThat(plan.look(planned).mechanisms()).isNotEmpty();
    assertThat(plan.look(planned).calls()).isPositive();
  }

  /// Clients one by one: the plan is the last number before the first that breaks the objective,
  /// and the same on any number of threads.
  @Test
  void plannedClientsAgreeWithAScan() {
    SimulatedPlan plan = plan(SimulatedPlan.Resource.CLIENTS, "fault.mean<3800ns", 2, 3);
    Capacity found = plan.search(1, 12);
    long scanned = 0;
    while (scanned < 12 && at(plan, scanned + 1).best() < plan.objective().limit()) {
      scanned++;
    }
    assertThat(found.best().orElse(0)).isEqualTo(scanned);
    assertThat(plan(SimulatedPlan.Resource.CLIENTS, "fault.mean<3800ns", 2, 1).search(1, 12))
        .isEqualTo(found);
  }

  private static Interval at(SimulatedPlan plan, long number) {
    return plan.latencies(List.of(new Capacity.Probe(number, PriceEnd.BEST))).getFirst();
  }

  @Test
  void bordersAtTheEndsOfTheSearch() {
    Capacity.Trial bad = trial((_, _) -> 20, 0);
    Capacity.Trial good = trial((_, _) -> 5, 0);
    assertThat(Capacity.search(1, 9, true, 10, bad).best()).isEmpty();
    Capacity always = Capacity.search(1, 9, true, 10, good);
    assertThat(always.best()).hasValue(1);
    assertThat(always.unbounded()).isTrue();
    assertThat(Capacity.search(1, 9, false, 10, good).unbounded()).isTrue();
    assertThat(Capacity.search(1, 9, false, 10, good).best()).hasValue(9);
    assertThat(Capacity.search(1, 1, false, 10, bad).best()).isEmpty();
    assertThat(Capacity.search(1, 1, false, 10, good).best()).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "p99<50us, ALLOCATE, 99, 50000",
    "fault.p99.9<20us, FAULT, 99.9, 20000",
    "max<1ms, ALLOCATE, 100, 1000000"
  })
  void readsObjectives(String text, OperationKind operation, double percentile, double limit) {
    Objective objective = Objective.parse(text, OperationKind.ALLOCATE);
    assertThat(objective.operation()).isEqualTo(operation);
    assertThat(objective.figure().percentile()).hasValue(percentile);
    assertThat(objective.limit()).isEqualTo(limit);
  }

  @Test
  void refusesWhatIsNoObjective() {
    assertThatThrownBy(() -> Objective.parse("p99>5us", OperationKind.FAULT))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "'p99>5us' is no objective: write p99<50us, fault.p99.9<20us, mean<5us or max<1ms.");
    assertThatThrownBy(() -> Objective.parse("fold.p99<5us", OperationKind.FAULT))
        .hasMessageStartingWith("unknown operation 'fold'; did you mean 'load'?");
    for (String wrong : List.of("p0<5us", "p101<5us")) {
      assertThatThrownBy(() -> Objective.parse(wrong, OperationKind.FAULT))
          .hasMessageStartingWith("a percentile is above 0, at most 100, not ");
    }
  }
}
