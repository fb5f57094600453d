package org.mapcost.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Guards that every operation simulates the same, and that its faults and events are counted.
class SimulationBenchmarkTest {
  @Test
  void everyRunIsTheSame() {
    SimulationBenchmark benchmark = new SimulationBenchmark();
    benchmark.workload = "desktop-compositor";
    benchmark.setUp();
    benchmark.run();
    long faults = benchmark.faults();
    long events = benchmark.events();
    benchmark.run();
    assertThat(faults).isGreaterThan(1000);
    assertThat(events).isGreaterThan(2 * faults);
    assertThat(benchmark.faults()).isEqualTo(2 * faults);
    assertThat(benchmark.events()).isEqualTo(2 * events);
  }
}
