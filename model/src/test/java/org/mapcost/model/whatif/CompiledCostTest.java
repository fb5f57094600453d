package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
  @ValueSource(strings = {"5.10", "7.2"})
  void equalsTheEstimateOfTheLedger(String kernel) {
    SplittableRandom random = new SplittableRandom(kernel.hashCode());
    Setup setup = Setup.of(Machines.named("skylake-sp-2s"), Kernels.named(kernel), TREE, 4000);
    double[] fast = new double[3];
    int compared = 0;
    for (Strategy strategy : Strategies.all()) {
      Costs costs = new Costs(Set.of());
      CompiledCost compiled = CompiledCost.of(strategy, setup, costs).orElse(null);
      if (compiled == null) {
        continue;
      }
      for (int i = 0; i < 12; i++) {
        long pages = 513 + random.nextLong(i < 6 ? 4000 : 32_000);
        int firmware = i % 3 == 0 ? 0 : random.nextInt(5000);
        int devices = i % 2 == 0 ? 0 : random.nextInt(500);
        if (compiled.covers(pages)) {
          compiled.estimate(pages, firmware, devices, fast);
          Interval slow = compiled.slowly(pages, firmware, devices);
          String what = strategy.name() + " " + pages + " " + firmware + " " + devices;
          assertThat(fast[1]).as(what).isCloseTo(slow.best(), within(SAME * slow.best()));
          assertThat(fast[0]).as(what).isCloseTo(slow.low(), within(SAME * slow.low()));
          assertThat(fast[2]).as(what).isCloseTo(slow.high(), within(SAME * slow.high()));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(80);
  }

  @Test
  void logarithmsAreRightToTenDigits() {
    for (double x = -0.999; x < 12; x += 0.0007) {
      assertThat(Ends.ln(x))
          .isCloseTo(Math.log1p(x), within(1e-9 * Math.abs(Math.log1p(x)) + 1e-15));
    }
  }
}
