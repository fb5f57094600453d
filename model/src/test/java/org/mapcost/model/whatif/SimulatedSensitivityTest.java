package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.whatif.Sensitivity.Unknown;
import org.mapcost.model.whatif.SimulatedSetup.Axis;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;

/// Guards sensitivities of simulated figures: ends are those of single simulations, what is used
/// matters and what is not does not, and the answer is the same every time.
class SimulatedSensitivityTest {
  private static final Workload READERS =
      Workloads.parse(
          "readers.yaml",
          """
          workload: readers
          duration: 200us
          clients:
            readers:
              count: 2
              arrival: {closed: {think: {exponential: {mean: 20us}}}}
              size: {uniform: {low: 16KiB, high: 48KiB}}
              memory: vram
              compute: 1us
          """);

  private static SimulatedSensitivity.Question question(Optional<String> against, String... vary) {
    Platform platform =
        new Platform(
            Machines.named("client-igpu"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            Strategies.named("vm-insert-pfn"),
            Conditions.USUAL,
            OptionalDouble.empty());
    return new SimulatedSensitivity.Question(
        SimulatedSetup.of(platform, READERS),
        platform.strategy(),
        against.map(Strategies::named),
        SimulatedMeasure.parse("mean", OperationKind.FAULT),
        List.of(vary).stream().map(each -> Axis.parse(each, READERS)).toList(),
        2);
  }

  private static Map<String, Unknown> byName(Sensitivity found) {
    return found.unknowns().stream().collect(Collectors.toMap(Unknown::name, Function.identity()));
  }

  @Test
  void whatMovesTheFigureMatters() {
    SimulatedSensitivity.Question asked =
        question(Optional.empty(), "platform.reserved=0..2000", "clients.readers.think=20us..30us");
    AtomicLong figures = new AtomicLong();
    Sensitivity found = SimulatedSensitivity.of(asked, 16, figures::incrementAndGet);
    assertThat(figures.get()).isLessThanOrEqualTo(SimulatedSensitivity.figures(asked, 16));
    Map<String, Unknown> unknowns = byName(found);
    Unknown tree = Objects.requireNonNull(unknowns.get("platform.reserved"));
    Unknown think = Objects.requireNonNull(unknowns.get("clients.readers.think"));
    assertThat(tree.index().total()).isGreaterThan(0.5).isGreaterThan(think.index().total());
    assertThat(tree.atHigh()).isGreaterThan(2 * tree.atLow());
    assertThat(unknowns).containsKey(SimulatedSensitivity.CHANCE);
    assertThat(found.answer().low()).isLessThan(found.answer().best());
    assertThat(found.unknowns().stream().filter(each -> !each.key())).isNotEmpty();
    assertThat(SimulatedSensitivity.of(asked, 16, () -> {})).isEqualTo(found);
  }

  /// A ratio to itself is one, whatever the prices.
  @Test
  void aRatioOfEqualsIsOne() {
    Sensitivity found =
        SimulatedSensitivity.of(question(Optional.of("vm-insert-pfn")), 16, () -> {});
    assertThat(found.answer().low()).isEqualTo(1);
    assertThat(found.answer().high()).isEqualTo(1);
    assertThat(byName(found)).containsOnlyKeys(SimulatedSensitivity.CHANCE);
  }
}
