package org.mapcost.results.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.BenchmarkResultMetaData;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.SampleBuffer;

/// Results as JMH makes them of one fork.
final class JmhResults {
  private JmhResults() {}

  /// One fork in mode `avgt`, with the scores of its iterations in nanoseconds.
  static RunResult averageTime(String benchmark, Map<String, String> params, double... scores) {
    BenchmarkParams point = params(benchmark, Mode.AverageTime, params);
    List<IterationResult> iterations =
        java.util.Arrays.stream(scores)
            .mapToObj(score -> iteration(point, averageTime(benchmark, score)))
            .toList();
    return fork(point, iterations);
  }

  /// One fork of one iteration in mode `sample`, with samples in a unit that is also the score's.
  static RunResult samples(String benchmark, TimeUnit unit, long... samples) {
    BenchmarkParams point = params(benchmark, Mode.SampleTime, Map.of());
    SampleBuffer buffer = new SampleBuffer();
    for (long sample : samples) {
      buffer.add(unit.toNanos(sample));
    }
    Result<?> result = new SampleTimeResult(ResultRole.PRIMARY, benchmark, buffer, unit);
    return fork(point, List.of(iteration(point, result)));
  }

  /// A fork in mode `avgt` of one iteration, which also modelled what an operation costs the
  /// caller, and the latencies of single operations under a name, all in nanoseconds.
  static RunResult modelled(String benchmark, double callerNs, String name, long... latencies) {
    BenchmarkParams point = params(benchmark, Mode.AverageTime, Map.of());
    IterationResult iteration = iteration(point, averageTime(benchmark, 5));
    iteration.addResult(new ScalarResult("callerNs", callerNs, "ns/op", AggregationPolicy.AVG));
    iteration.addResult(new ScalarResult("visited", 7, "#/op", AggregationPolicy.AVG));
    SampleBuffer buffer = new SampleBuffer();
    for (long latency : latencies) {
      buffer.add(latency);
    }
    iteration.addResult(
        new SampleTimeResult(ResultRole.SECONDARY, name, buffer, TimeUnit.NANOSECONDS));
    return fork(point, List.of(iteration));
  }

  static BenchmarkParams params(String benchmark, Mode mode, Map<String, String> params) {
    WorkloadParams workload = new WorkloadParams();
    new TreeMap<>(params).forEach((key, value) -> workload.put(key, value, 0));
    return new BenchmarkParams(
        benchmark,
        benchmark,
        true,
        1,
        new int[] {1},
        List.of(),
        1,
        0,
        new IterationParams(IterationType.WARMUP, 1, TimeValue.milliseconds(1), 1),
        new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.milliseconds(1), 1),
        mode,
        workload,
        TimeUnit.NANOSECONDS,
        1,
        "java",
        List.of("-Xmx1g"),
        "25",
        "VM",
        "25+1",
        "1.37",
        TimeValue.minutes(1));
  }

  private static Result<?> averageTime(String label, double score) {
    boolean known = Double.isFinite(score);
    return new AverageTimeResult(
        ResultRole.PRIMARY,
        label,
        known ? 1000 : 0,
        known ? Math.round(score * 1000) : 0,
        TimeUnit.NANOSECONDS);
  }

  private static IterationResult iteration(BenchmarkParams point, Result<?> result) {
    IterationResult iteration = new IterationResult(point, point.getMeasurement(), null);
    iteration.addResult(result);
    return iteration;
  }

  private static RunResult fork(BenchmarkParams point, List<IterationResult> iterations) {
    BenchmarkResultMetaData meta = new BenchmarkResultMetaData(1_000, 2_000, 3_000, 1, 1);
    return new RunResult(point, List.of(new BenchmarkResult(point, iterations, meta)));
  }
}
