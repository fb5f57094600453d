package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;

/// Guards that a hit changes no caching, and that no period but one of hits alone lacks a change.

class PagePoolBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(PagePoolBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void onlyMissesChangeCaching(Map<String, String> parameters) {
    PagePoolBenchmark benchmark = EveryParameter.set(new PagePoolBenchmark(), parameters);
    benchmark.setUp();
    EveryParameter.assertSteady(
        benchmark.cost,
        PagePoolBenchmark.PERIOD,
        () -> assertThat(benchmark.allocAndFree()).isZero(),
        // How many types the shrinker looks at depends on where it stopped the last time.
        Event.POOL_SHRINK);
    long changes = benchmark.cost.meter().total(Event.CPA_CALL);
    assertThat(benchmark.cost.meter().total(Event.DIRECT_MAP_SPLIT)).isZero();
    assertThat(changes == 0).isEqualTo(benchmark.hitRatio == 1);
    assertThat(changes)
        .isGreaterThanOrEqualTo(
            Math.round(3 * (1 - benchmark.hitRatio) * PagePoolBenchmark.PERIOD));
  }
}
