package org.mapcost.benchmarks.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;

/// Guards that every default request is changed and changed back, and that only a fresh map splits.

class TransitionBenchmarkTest {
  static Stream<Map<String, String>> parameters() {
    return EveryParameter.of(TransitionBenchmark.Request.class);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void changesEveryRequestAndBack(Map<String, String> parameters) {
    TransitionBenchmark benchmark = new TransitionBenchmark();
    TransitionBenchmark.Request request = request(parameters);
    TransitionBenchmark.Steady steady = new TransitionBenchmark.Steady();
    steady.setUp(request);
    EveryParameter.assertSteady(
        request.cost, 1, () -> assertThat(benchmark.steady(steady)).isZero());
    assertThat(request.cost.meter().total(Event.CPA_PAGE)).isEqualTo(3L * request.pages);
    assertThat(request.cost.meter().total(Event.DIRECT_MAP_SPLIT)).isZero();
    double steadyNs = request.cost.ofPeriod().caller().best();

    TransitionBenchmark.Request anew = request(parameters);
    TransitionBenchmark.Fresh fresh = new TransitionBenchmark.Fresh();
    fresh.setUp(anew);
    EveryParameter.assertSteady(
        anew.cost,
        1,
        () -> {
          fresh.newMap();
          assertThat(benchmark.fresh(fresh)).isZero();
        });
    boolean scattered = anew.layout.equals("array-scattered");
    long largePages = scattered ? anew.pages : anew.pages == 512 ? 2 : 1;
    assertThat(anew.cost.meter().total(Event.DIRECT_MAP_SPLIT)).isEqualTo(largePages);
    assertThat(anew.cost.ofPeriod().caller().best()).isGreaterThan(steadyNs);
  }

  private static TransitionBenchmark.Request request(Map<String, String> parameters) {
    TransitionBenchmark.Request request =
        EveryParameter.set(new TransitionBenchmark.Request(), parameters);
    request.read();
    return request;
  }
}
