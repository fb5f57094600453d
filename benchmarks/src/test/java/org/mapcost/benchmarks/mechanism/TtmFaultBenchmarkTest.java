package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.vma.VmFault;

/// Guards that every fault maps 16 pages, each looked up, as often as one likes.

class TtmFaultBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(TtmFaultBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void everyFaultMapsSixteenPages(Map<String, String> parameters) {
    TtmFaultBenchmark benchmark = EveryParameter.set(new TtmFaultBenchmark(), parameters);
    benchmark.setUp();
    int faults = TtmFaultBenchmark.BUFFER_PAGES / 16;
    EveryParameter.assertSteady(
        benchmark.cost, faults, () -> assertThat(benchmark.fault()).isEqualTo(VmFault.NOPAGE));
    assertThat(benchmark.cost.meter().total(Event.FAULT)).isEqualTo(faults);
    assertThat(benchmark.cost.meter().total(Event.PTE_WRITE)).isEqualTo(16L * faults);
    assertThat(benchmark.cost.meter().total(Event.PAT_LOOKUP)).isEqualTo(16L * faults);
  }
}
