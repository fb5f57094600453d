package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.pat.CacheMode;

/// Guards that look-up, search and library tree find a reservation for every address asked for.

class MemtypeLookupBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(MemtypeLookupBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void everyMethodFindsAReservation(Map<String, String> parameters) {
    MemtypeLookupBenchmark benchmark = EveryParameter.set(new MemtypeLookupBenchmark(), parameters);
    benchmark.setUp();
    EveryParameter.assertSteady(
        benchmark.cost,
        1024,
        () -> {
          assertThat(benchmark.lookup()).isEqualTo(CacheMode.WC);
        });
    for (int i = 0; i < 1024; i++) {
      assertThat(benchmark.search()).isEqualTo(CacheMode.WC);
      assertThat(Objects.requireNonNull(benchmark.floorEntry()).getValue().type())
          .isEqualTo(CacheMode.WC);
    }
  }
}
