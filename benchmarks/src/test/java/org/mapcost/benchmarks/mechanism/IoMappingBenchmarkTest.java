package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;

/// Guards that the range can be reserved again and again, and that each page is looked up.

class IoMappingBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(IoMappingBenchmark.Bar.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void reservesOnceOrAsksForEveryPage(Map<String, String> parameters) {
    IoMappingBenchmark benchmark = new IoMappingBenchmark();
    IoMappingBenchmark.Bar free = bar(parameters);
    IoMappingBenchmark.Unreserved unreserved = new IoMappingBenchmark.Unreserved();
    unreserved.setUp(free);
    EveryParameter.assertSteady(
        free.cost, 1, () -> assertThat(benchmark.reserve(unreserved)).isTrue());
    assertThat(free.cost.meter().total(Event.MEMTYPE_INSERT)).isEqualTo(1);

    IoMappingBenchmark.Bar held = bar(parameters);
    IoMappingBenchmark.Reserved reserved = new IoMappingBenchmark.Reserved();
    reserved.setUp(held);
    EveryParameter.assertSteady(
        held.cost, 1, () -> assertThat(benchmark.lookups(reserved)).isEqualTo(held.pages));
    assertThat(held.cost.meter().total(Event.PAT_LOOKUP)).isEqualTo(held.pages);
  }

  private static IoMappingBenchmark.Bar bar(Map<String, String> parameters) {
    IoMappingBenchmark.Bar bar = EveryParameter.set(new IoMappingBenchmark.Bar(), parameters);
    bar.read();
    return bar;
  }
}
