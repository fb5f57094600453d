package org.mapcost.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.ScalarResult;

/// Guards that a secondary result is what one operation did in this iteration, whatever was counted
/// or recorded before, by however many threads.
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

  @Test
  void latenciesOfAnIterationAreSamplesWithPercentiles() {
    Histogram one = Latencies.open("modelledNs");
    Histogram other = Latencies.open("modelledNs");
    Latencies.open("never");
    one.recordValue(77);
    profiler.begin();
    for (int value = 1; value <= 50; value++) {
      one.recordValue(value);
      other.recordValue(50 + value);
    }
    assertThat(profiler.latencies())
        .singleElement()
        .satisfies(result -> {
          assertThat(result.getLabel()).isEqualTo("modelledNs");
          assertThat(result.getScoreUnit()).isEqualTo("ns/op");
          assertThat(result.getStatistics().getN()).isEqualTo(100);
          assertThat(result.getStatistics().getPercentile(50)).isBetween(50.0, 51.0);
          assertThat(result.getStatistics().getMax()).isEqualTo(100);
        });
    assertThat(profiler.latencies()).isEmpty();
  }

  @Test
  void theNextBenchmarkStartsWithoutLatencies() {
    Histogram old = Latencies.open("modelledNs");
    anotherBenchmark();
    profiler.begin();
    old.recordValue(1);
    assertThat(profiler.latencies()).isEmpty();
  }
}
