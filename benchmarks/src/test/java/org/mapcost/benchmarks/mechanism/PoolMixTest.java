package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pool.PoolKind;

/// Guards that a hit changes no caching, that every price is that of the next allocation of its
/// size too, and that the benchmark's histogram holds one latency for each buffer.
class PoolMixTest {
  private static final MachinePrices PRICES =
      MachinePrices.of(Machines.named("skylake-sp-2s"), "6.1");

  private static PoolMix mix(PoolKind kind) {
    return new PoolMix(
        kind, Kernels.named("6.1"), BundledTree.LAPTOP_COMETLAKE_IGPU.tree(), 4, PRICES);
  }

  @ParameterizedTest
  @EnumSource
  void aPriceIsThatOfTheNextAllocationToo(PoolKind kind) {
    PoolMix mix = mix(kind);
    SplittableRandom random = new SplittableRandom(7);
    Ledger ledger = new Ledger();
    for (int i = 0; i < 200; i++) {
      int pages = PoolMix.pages(random);
      boolean hit = random.nextBoolean();
      var price = mix.price(pages, hit);
      ledger.clear();
      mix.run(pages, hit, ledger);
      assertThat(PRICES.price(ledger, Conditions.USUAL).total()).isEqualTo(price);
      assertThat(ledger.total(Event.CPA_CALL) == 0)
          .as("%d pages, hit %s", pages, hit)
          .isEqualTo(hit && kind != PoolKind.NONE);
    }
  }

  @Test
  void aHitIsCheaperThanAMissOfItsSize() {
    PoolMix mix = mix(PoolKind.TTM_POOL);
    for (int pages = 1; pages <= PoolMix.LARGEST; pages *= 2) {
      assertThat(mix.price(pages, true).caller().high())
          .isLessThan(mix.price(pages, false).caller().low());
    }
  }

  @Test
  void sizesSpanOnePageToTheLargest() {
    SplittableRandom random = new SplittableRandom(1);
    int[] ofOrder = new int[11];
    for (int i = 0; i < 20_000; i++) {
      int pages = PoolMix.pages(random);
      assertThat(pages).isBetween(1, PoolMix.LARGEST);
      ofOrder[31 - Integer.numberOfLeadingZeros(pages)]++;
    }
    for (int order = 0; order < 10; order++) {
      assertThat(ofOrder[order]).isBetween(1_800, 2_200);
    }
  }

  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(PoolMixBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void theBenchmarkRecordsEveryBuffer(Map<String, String> parameters) {
    PoolMixBenchmark benchmark = EveryParameter.set(new PoolMixBenchmark(), parameters);
    benchmark.setUp();
    for (int i = 0; i < 500; i++) {
      benchmark.allocAndFree();
    }
    assertThat(benchmark.latencies().getTotalCount()).isEqualTo(500);
    assertThat(benchmark.latencies().getValueAtPercentile(99.9))
        .isGreaterThan(100 * benchmark.latencies().getValueAtPercentile(1));
  }

  @Test
  void aShareAboveOneIsRefused() {
    PoolMixBenchmark benchmark = new PoolMixBenchmark();
    benchmark.hitRatio = 1.5;
    assertThatThrownBy(benchmark::setUp)
        .isInstanceOf(InputException.class)
        .hasMessage("hitRatio 1.5 is no share; give 0 to 1.");
  }
}
