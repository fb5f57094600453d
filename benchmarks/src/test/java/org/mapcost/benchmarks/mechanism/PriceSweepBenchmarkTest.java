package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;

/// Guards that every price function is swept, and that a point prices something.
class PriceSweepBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(PriceSweepBenchmark.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void everyPointHasAPrice(Map<String, String> parameters) {
    PriceSweepBenchmark benchmark = EveryParameter.set(new PriceSweepBenchmark(), parameters);
    benchmark.setUp();
    assertThat(benchmark.quote().caller().low()).isPositive();
    assertThat(benchmark.quote()).isEqualTo(benchmark.quote());
  }

  @Test
  void everyPriceFunctionIsSwept() {
    Set<String> swept =
        parameters()
            .map(each -> Objects.requireNonNull(each.get("point")).split(":", 2)[0])
            .collect(Collectors.toSet());
    assertThat(swept)
        .containsExactlyInAnyOrderElementsOf(
            PriceFunctions.all().stream().map(PriceFunction::name).toList());
  }

  @Test
  void aPointIsAFunctionOrAFunctionWithAKey() {
    PriceSweepBenchmark benchmark =
        EveryParameter.set(
            new PriceSweepBenchmark(),
            Map.of("point", "wbinvd:dirty", "machine", "epyc-milan", "kernel", "6.1"));
    assertThatThrownBy(benchmark::setUp)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("point: 'wbinvd:dirty' is no FUNCTION or FUNCTION:KEY:VALUE");
  }
}
