package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;

/// Guards that every CPU writes back once, and that the quote is the price of what was counted.

class WbinvdBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(WbinvdBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void everyCpuWritesBack(Map<String, String> parameters) {
    WbinvdBenchmark benchmark = EveryParameter.set(new WbinvdBenchmark(), parameters);
    benchmark.setUp();
    EveryParameter.assertSteady(benchmark.cost, 1, benchmark::count);
    assertThat(benchmark.cost.meter().total(Event.WBINVD)).isEqualTo(benchmark.cpus);
    assertThat(benchmark.cost.ofPeriod().stolen().best() > 0).isEqualTo(benchmark.cpus > 1);
    assertThat(benchmark.quote().caller()).isEqualTo(benchmark.cost.ofPeriod().caller());
  }
}
