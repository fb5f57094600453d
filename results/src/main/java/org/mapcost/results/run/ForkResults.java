package org.mapcost.results.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mapcost.results.stats.Precision;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.WorkloadParams;

/// Gathers forks that JMH ran one at a time, and shows them as JMH itself would have: one result a
/// point and mode, with all its forks.
final class ForkResults {
  /// By the point's place in the plan; there, by mode. (A sorted set of JMH's own would not do: it
  /// compares parameters by their place in the list of one run, which is always the first.)
  private final Map<Integer, Map<BenchmarkParams, List<BenchmarkResult>>> forks = new TreeMap<>();

  void add(int point, Collection<RunResult> fork) {
    Map<BenchmarkParams, List<BenchmarkResult>> modes =
        forks.computeIfAbsent(point, _ -> new LinkedHashMap<>());
    for (RunResult mode : fork) {
      modes
          .computeIfAbsent(mode.getParams(), _ -> new ArrayList<>())
          .addAll(mode.getBenchmarkResults());
    }
  }

  /// How many forks of a point there are.
  int forks(int point) {
    return forks.getOrDefault(point, Map.of()).values().stream()
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  /// Whether every mode of a point is measured with a precision.
  boolean reaches(int point, Precision precision) {
    Map<BenchmarkParams, List<BenchmarkResult>> modes = forks.getOrDefault(point, Map.of());
    return !modes.isEmpty()
        && modes.values().stream().allMatch(mode -> precision.isReached(scores(mode)));
  }

  private static List<List<Double>> scores(List<BenchmarkResult> forks) {
    return forks.stream()
        .map(fork ->
            fork.getIterationResults().stream()
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList())
        .toList();
  }

  /// The results in the plan's order.
  List<RunResult> merged() {
    List<RunResult> merged = new ArrayList<>();
    for (Map<BenchmarkParams, List<BenchmarkResult>> modes : forks.values()) {
      modes.forEach((params, all) ->
          merged.add(new RunResult(withForks(params, all.size()), List.copyOf(all))));
    }
    return merged;
  }

  /// Writes JMH's own JSON.
  static void writeJson(OutputStream out, List<RunResult> results) {
    PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, printer).writeOut(results);
    printer.flush();
  }

  private static BenchmarkParams withForks(BenchmarkParams one, int forks) {
    return new BenchmarkParams(
        one.getBenchmark(),
        one.generatedBenchmark(),
        one.shouldSynchIterations(),
        one.getThreads(),
        one.getThreadGroups(),
        one.getThreadGroupLabels(),
        forks,
        one.getWarmupForks(),
        one.getWarmup(),
        one.getMeasurement(),
        one.getMode(),
        parameters(one),
        one.getTimeUnit(),
        one.getOpsPerInvocation(),
        one.getJvm(),
        one.getJvmArgs(),
        one.getJdkVersion(),
        one.getVmName(),
        one.getVmVersion(),
        one.getJmhVersion(),
        one.getTimeout());
  }

  private static WorkloadParams parameters(BenchmarkParams one) {
    WorkloadParams parameters = new WorkloadParams();
    one.getParamsKeys().forEach(key -> parameters.put(key, one.getParam(key), 0));
    return parameters;
  }
}
