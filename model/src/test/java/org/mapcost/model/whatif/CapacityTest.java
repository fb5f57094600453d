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
  /// More is better or worse; the search agrees with a scan, and looks at far fewer numbers.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void agreesWithAScanOfEveryNumber(boolean more) {
    SplittableRandom random = new SplittableRandom(more ? 5 : 6);
    for (int i = 0; i < 300; i++) {
      long most = 1 + random.nextLong(400);
      double border = random.nextLong(500);
      Capacity.Trial trial =
          (number, end) -> {
            double steepness = 1 + end.ordinal();
            double excess = steepness * (number - border);
            return more ? 100 - excess : 100 + excess;
          };
      Capacity found = Capacity.search(1, most, more, 100, trial);
      assertThat(found.best()).isEqualTo(scan(most, more, trial, PriceEnd.BEST));
      assertThat(found.low()).isEqualTo(scan(most, more, trial, PriceEnd.LOW));
      assertThat(found.high()).isEqualTo(scan(most, more, trial, PriceEnd.HIGH));
      assertThat(found.curve().size()).isLessThanOrEqualTo(60);
    }
  }

  private static OptionalLong scan(long most, boolean more, Capacity.Trial trial, PriceEnd end) {
    OptionalLong found = OptionalLong.empty();
    for (long number = 1; number <= most; number++) {
      if (trial.latency(number, end) < 100) {
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

  /// Simulated pools of every eighth size: none below the planned one holds the objective.
  @Test
  void aPlannedPoolIsTheSmallestThatHolds() {
    Workload workload = Workloads.named("desktop-compositor").withDuration(60e6);
    Platform platform =
        new Platform(
            Machines.named("client-igpu"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            Strategies.named("ttm-fault"),
            Conditions.USUAL,
            OptionalDouble.empty());
    Objective objective = Objective.parse("p90<600us", OperationKind.ALLOCATE);
    SimulatedPlan plan =
        new SimulatedPlan(platform, workload, SimulatedPlan.Resource.POOL, objective, 1, 2);
    Capacity found = plan.search(1, 1 << 16);
    long planned = found.best().orElseThrow();
    assertThat(plan.latency(planned, PriceEnd.BEST)).isLessThan(objective.limit());
    for (long number = planned - 1; number > 0; number -= Math.max(1, planned / 6)) {
      assertThat(plan.latency(number, PriceEnd.BEST)).isGreaterThanOrEqualTo(objective.limit());
    }
    assertThat(plan.mechanisms(planned)).isNotEmpty();
  }

  @Test
  void bordersAtTheEndsOfTheSearch() {
    assertThat(Capacity.search(1, 9, true, 10, (_, _) -> 20).best()).isEmpty();
    Capacity always = Capacity.search(1, 9, true, 10, (_, _) -> 5);
    assertThat(always.best()).hasValue(1);
    assertThat(always.unbounded()).isTrue();
    assertThat(Capacity.search(1, 9, false, 10, (_, _) -> 5).unbounded()).isTrue();
    assertThat(Capacity.search(1, 1, false, 10, (_, _) -> 20).best()).isEmpty();
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
    assertThat(objective.percentile()).hasValue(percentile);
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
