package org.mapcost.benchmarks.profile;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapcost.benchmarks.linux.PerfEvent;
import org.mapcost.benchmarks.linux.SystemCallException;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Reports for each operation what perf events count in the worker threads: instructions, cycles,
/// dTLB misses where the CPU has counters, and task clock, page faults, context switches and
/// migrations, which the kernel counts itself. No program `perf` is needed, and nothing outside the
/// measured iterations is counted.
///
/// An event that counts user space alone, as `kernel.perf_event_paranoid` 2 asks of others than
/// root, has the suffix `:u`, as in `perf list`. Events that cannot be opened have no result, and
/// one line says why, by errno.
///
/// Loadable by any JMH suite on JDK 25: `-prof org.mapcost.benchmarks.profile.PerfEventProfiler`.
/// It adds `--enable-native-access=ALL-UNNAMED` to the forks.
public final class PerfEventProfiler implements InternalProfiler, ExternalProfiler {
  private static final Path TASKS = Path.of("/proc/self/task");

  /// The JVM shortens a long thread name to its first seven and last six letters; JMH's workers end
  /// in `-jmh-worker-N`.
  private static final String WORKER = ".*r-\\d+";

  private final List<PerfEvent> events = new ArrayList<>();
  private final Map<PerfEvent, Double> before = new LinkedHashMap<>();
  private boolean open;

  @Override
  public String getDescription() {
    return "Instructions, cycles, TLB misses and faults of the worker threads by perf_event_open";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (!open) {
      open = true;
      String complaint = openAll();
      if (!complaint.isEmpty()) {
        System.out.println("# " + complaint);
      }
    }
    begin();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return perOperation(result.getMetadata().getAllOps());
  }

  /// Opens every event for the threads that this one starts from now on, JMH's workers among them,
  /// and for workers that are there already. Returns what could not be opened, in one line.
  String openAll() {
    Map<String, List<String>> refused = new LinkedHashMap<>();
    List<Integer> workers = workers();
    for (PerfEvent.Kind kind : PerfEvent.Kind.values()) {
      try {
        events.add(PerfEvent.open(kind, 0, true));
        for (int worker : workers) {
          events.add(PerfEvent.open(kind, worker, false));
        }
      } catch (SystemCallException e) {
        refused.computeIfAbsent(e.errnoName(), any -> new ArrayList<>()).add(kind.label());
      } catch (UnsupportedOperationException | LinkageError e) {
        return "PerfEventProfiler: no native access: " + e.getMessage();
      }
    }
    return refused.isEmpty() ? "" : complaint(refused);
  }

  static String complaint(Map<String, List<String>> refused) {
    List<String> parts = new ArrayList<>();
    refused.forEach((errno, kinds) -> {
      String why =
          switch (errno) {
            case "EACCES", "EPERM" -> "not permitted, see kernel.perf_event_paranoid";
            case "ENOENT", "EOPNOTSUPP", "ENODEV" -> "this CPU, or its hypervisor, counts none";
            default -> errno;
          };
      parts.add(String.join(", ", kinds) + " (" + why + ")");
    });
    return "PerfEventProfiler: not counted: " + String.join("; ", parts) + ".";
  }

  private static List<Integer> workers() {
    List<Integer> workers = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        String name = Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
        if (name.matches(WORKER)) {
          workers.add(Integer.parseInt(task.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      // A thread that ended meanwhile, or no such folder: the workers to come are counted.
      return workers;
    }
    return workers;
  }

  void begin() {
    before.clear();
    events.forEach(event -> before.put(event, event.read()));
  }

  /// What was counted since [#begin], divided by so many operations.
  List<ScalarResult> perOperation(long operations) {
    if (operations <= 0) {
      return List.of();
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    before.forEach((event, then) -> {
      String suffix = event.countsKernel() ? "" : ":u";
      sums.merge(event.kind().label() + suffix, event.read() - then, Double::sum);
    });
    List<ScalarResult> results = new ArrayList<>();
    sums.forEach((name, sum) -> {
      String unit = name.startsWith(PerfEvent.Kind.TASK_CLOCK.label()) ? "ns/op" : "#/op";
      results.add(new ScalarResult(name, sum / operations, unit, AggregationPolicy.AVG));
    });
    return results;
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return List.of("--enable-native-access=ALL-UNNAMED");
  }

  @Override
  public void beforeTrial(BenchmarkParams benchmark) {}

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long pid, File stdOut, File stdErr) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }
}
