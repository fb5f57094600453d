package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;

/// Guards the fast form of an estimate: it is the estimate.
class CompiledCostTest {
  private static final ResourceTree TREE = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();
  private static final double SAME = 1e-8;

  @ParameterizedTest
  @CsvSource({"5.10, skylake-sp-2s", "7.2, epyc-milan"})
  void equalsTheEstimateOfTheLedger(String kernel, String machine) {
    SplittableRandom random = new SplittableRandom(kernel.hashCode());
    Setup setup = Setup.of(Machines.named(machine), Kernels.named(kernel), TREE, 4000);
    Set<String> compared = new HashSet<>();
    for (Strategy strategy : Strategies.all()) {
      Costs costs = new Costs(Set.of());
      CompiledCost compiled = CompiledCost.of(strategy, setup, costs).orElse(null);
      if (compiled == null) {
        continue;
      }
      Points points = new Points();
      List<Setup> same = new ArrayList<>();
      for (int i = 0; i < 14; i++) {
        long pages = 513 + random.nextLong(i < 6 ? 4000 : 32_000);
        int firmware = i % 3 == 0 ? 0 : random.nextInt(5000);
        int devices = i % 2 == 0 ? 0 : random.nextInt(500);
        if (compiled.covers(pages)) {
          points.add(pages, firmware, devices);
          same.add(setup.withPages(pages).with(new Growth(OptionalInt.empty(), firmware, devices)));
        }
      }
      compare(strategy, costs, compiled, points, same);
      if (!same.isEmpty()) {
        compared.add(strategy.name());
      }
    }
    assertThat(compared)
        .contains("ttm-fault", "io-mapping", "vm-insert-pfn", "vm-insert-mixed", "free");
  }

  private static void compare(
      Strategy strategy, Costs costs, CompiledCost compiled, Points points, List<Setup> same) {
    double[][] fast = new double[4][3 * Points.MOST];
    compiled.first(points, fast[0], fast[1]);
    compiled.later(points, fast[2]);
    compiled.load(points, fast[3]);
    for (int i = 0; i < same.size(); i++) {
      Outcome.Cost slow = (Outcome.Cost) costs.of(strategy, same.get(i));
      assertThat(compiled.mode()).isEqualTo(slow.mode());
      Interval[] bills = {
        slow.first().caller(), slow.first().stolen(), slow.later().caller(), slow.load().caller()
      };
      for (int bill = 0; bill < bills.length; bill++) {
        String what =
            strategy.name() + " " + bill + " " + same.get(i).pages() + same.get(i).growth();
        double[] at = {fast[bill][3 * i], fast[bill][3 * i + 1], fast[bill][3 * i + 2]};
        if (!Double.isNaN(at[1])) {
          close(what + " low", at[0], bills[bill].low());
          close(what + " best", at[1], bills[bill].best());
          close(what + " high", at[2], bills[bill].high());
        }
      }
    }
  }

  private static void close(String what, double fast, double slow) {
    assertThat(fast).as(what).isCloseTo(slow, within(SAME * slow));
  }

  /// Right above the ceiling of ranged flushes only driving tells, which is said.
  @Test
  void whatIsNotKnownIsNotANumber() {
    Setup setup = Setup.of(Machines.named("skylake-sp-2s"), Kernels.named("6.1"), TREE, 4000);
    CompiledCost compiled =
        CompiledCost.of(Strategies.named("ttm-fault"), setup, new Costs(Set.of())).orElseThrow();
    Points points = new Points();
    for (long pages : new long[] {1000, 34 * 512 + 100}) {
      assertThat(compiled.covers(pages)).isTrue();
      points.add(pages, 0, 0);
    }
    double[] caller = new double[6];
    assertThat(compiled.first(points, caller, new double[6])).isFalse();
    assertThat(caller[1]).isPositive();
    assertThat(caller[4]).isNaN();
  }

  @Test
  void logarithmsAreRightToTenDigits() {
    for (double x = -0.85; x < 5; x += 0.0007) {
      assertThat(Ends.ln(x))
          .isCloseTo(Math.log1p(x), within(1e-10 * Math.abs(Math.log1p(x)) + 1e-15));
    }
  }

  /// Effects beyond the reach of the polynomial are put together all the same.
  @Test
  void largeEffectsAreExactToo() {
    Inputs.Row row = new Inputs.Row(3);
    row.best = 10;
    row.worstLow = 0.01;
    row.worstHigh = 1e6;
    double[] effects = {-9, -2, 0, 200, 5, 1};
    System.arraycopy(effects, 0, row.effects, 0, effects.length);
    Ends ends = new Ends(3, 2);
    ends.set(0, row, 0, row);
    double[] out = new double[3];
    ends.put(1, out, 0);
    double fall = Math.hypot(Math.log(0.1), Math.log(0.8));
    double rise = Math.hypot(Math.hypot(Math.log(21), Math.log(1.5)), Math.log(1.1));
    assertThat(out[0]).isCloseTo(10 * Math.exp(-fall), within(1e-9));
    assertThat(out[1]).isEqualTo(10);
    assertThat(out[2]).isCloseTo(10 * Math.exp(rise), within(1e-6));
  }
}
