package org.mapcost.benchmarks.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.HistogramIterationValue;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.util.SampleBuffer;

/// Reports what one operation did: each total of [Counts], divided by the operations of the
/// iteration, as a secondary result in every mode; and each histogram of [Latencies], as samples
/// with percentiles.
///
/// `@AuxCounters` cannot say this: in average-time mode JMH turns a counter of operations into the
/// time per count, and adds up a counter of events over all iterations and forks.
///
/// Needed on the command line of any other launcher than this suite's: `-prof
/// org.mapcost.benchmarks.profile.CountsProfiler`.
public final class CountsProfiler implements InternalProfiler {
  private Map<String, Counts.Total> before = Map.of();

  /// JMH makes one for each benchmark it runs; the totals of the benchmark before are closed.
  public CountsProfiler() {
    Counts.closeAll();
    Latencies.closeAll();
  }

  @Override
  public String getDescription() {
    return "What an operation did, counted by the benchmark itself";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    begin();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<Result<?>> results = new ArrayList<>(perOperation(result.getMetadata().getAllOps()));
    results.addAll(latencies());
    Exercised.reported().ifPresent(results::add);
    return results;
  }

  void begin() {
    before = Counts.totals();
    Latencies.drain((name, whatWarmUpRecorded) -> {});
  }

  /// What was recorded since [#begin]; nothing under names without a value.
  List<SampleTimeResult> latencies() {
    List<SampleTimeResult> results = new ArrayList<>();
    Latencies.drain((name, histogram) -> {
      SampleBuffer samples = new SampleBuffer();
      for (HistogramIterationValue each : histogram.recordedValues()) {
        for (long i = 0; i < each.getCountAtValueIteratedTo(); i++) {
          samples.add(each.getValueIteratedTo());
        }
      }
      results.add(new SampleTimeResult(ResultRole.SECONDARY, name, samples, TimeUnit.NANOSECONDS));
    });
    return results;
  }

  /// What was counted since [#begin], divided by `operations`; nothing when there were none.
  List<ScalarResult> perOperation(long operations) {
    List<ScalarResult> results = new ArrayList<>();
    if (operations > 0) {
      Counts.totals()
          .forEach((name, now) -> {
            Counts.Total then = before.getOrDefault(name, new Counts.Total(now.unit(), 0));
            double quotient = (double) (now.value() - then.value()) / operations;
            results.add(new ScalarResult(name, quotient, now.unit(), AggregationPolicy.AVG));
          });
    }
    return results;
  }
}
