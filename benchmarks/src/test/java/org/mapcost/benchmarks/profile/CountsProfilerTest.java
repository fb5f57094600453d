package org.mapcost.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.ScalarResult;

/// Guards that a secondary result is what one operation did in this iteration, whatever was counted
/// before, by however many threads.
class CountsProfilerTest {
  private CountsProfiler profiler = new CountsProfiler();

  @BeforeEach
  void anotherBenchmark() {
    profiler = new CountsProfiler();
  }

  @Test
  void dividesTheGrowthOfAnIterationByItsOperations() {
    AtomicLong nodes = new AtomicLong(1_000);
    Counts.open("visited", "#/op", nodes::get);
    profiler.begin();
    nodes.addAndGet(30);
    assertThat(profiler.perOperation(4))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.getLabel()).isEqualTo("visited");
          assertThat(result.getScoreUnit()).isEqualTo("#/op");
          assertThat(result.getScore()).isEqualTo(7.5);
        });
  }

  @Test
  void aTotalOpenedDuringTheFirstIterationCountsFromZero() {
    profiler.begin();
    Counts.open("walks", "#/op", () -> 12);
    assertThat(profiler.perOperation(6))
        .singleElement()
        .extracting(ScalarResult::getScore)
        .isEqualTo(2.0);
  }

  @Test
  void totalsOfSeveralThreadsAddUp() {
    profiler.begin();
    Counts.open("walks", "#/op", () -> 10);
    Counts.open("walks", "#/op", () -> 20);
    assertThat(profiler.perOperation(30))
        .singleElement()
        .extracting(ScalarResult::getScore)
        .isEqualTo(1.0);
  }

  @Test
  void withoutOperationsThereIsNoResult() {
    Counts.open("walks", "#/op", () -> 10);
    profiler.begin();
    assertThat(profiler.perOperation(0)).isEmpty();
  }

  @Test
  void theNextBenchmarkStartsWithoutTotals() {
    Counts.open("walks", "#/op", () -> 10);
    anotherBenchmark();
    profiler.begin();
    assertThat(profiler.perOperation(1)).isEmpty();
  }
}
