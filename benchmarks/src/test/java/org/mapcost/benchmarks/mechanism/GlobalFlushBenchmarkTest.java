package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Form;

/// Guards that both methods flush in the form that was asked for, as far as the machine has it.

class GlobalFlushBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(GlobalFlushBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void flushesInTheFormAskedFor(Map<String, String> parameters) {
    GlobalFlushBenchmark benchmark = EveryParameter.set(new GlobalFlushBenchmark(), parameters);
    benchmark.setUp();
    boolean broadcast = benchmark.form.equals("invlpgb") && benchmark.machine.equals("epyc-milan");
    EveryParameter.assertSteady(benchmark.cost, 1, benchmark::plan);
    long interrupted = broadcast ? 0 : benchmark.cpus - 1L;
    assertThat(benchmark.cost.meter().total(Event.IPI)).isEqualTo(interrupted);
    assertThat(benchmark.cost.ofPeriod().stolen().best() > 0).isEqualTo(!broadcast);
    assertThat(benchmark.plan().form() == Form.INVLPGB).isEqualTo(broadcast);
    assertThat(benchmark.quote()).isEqualTo(benchmark.cost.ofPeriod());
  }
}
