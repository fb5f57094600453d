package org.mapcost.benchmarks.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.mapcost.benchmarks.witness.Steal;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/// Reports as secondary result `steal` which share of all CPUs' time a hypervisor took during an
/// iteration, in percent: the eighth number of the first line of `/proc/stat`, in ticks of a
/// hundredth of a second. A host that does not say has no such result.
///
/// Loadable by any JMH suite: `-prof org.mapcost.benchmarks.profile.StealProfiler`.
public final class StealProfiler implements InternalProfiler {
  private static final Path STAT = Path.of("/proc/stat");

  private final Path stat;
  private OptionalLong before = OptionalLong.empty();
  private long began;

  public StealProfiler() {
    this(STAT);
  }

  StealProfiler(Path stat) {
    this.stat = stat;
  }

  @Override
  public String getDescription() {
    return "The share of all CPUs' time that a hypervisor took";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    begin(System.nanoTime());
  }

  @Override
  public List<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return end(System.nanoTime(), Runtime.getRuntime().availableProcessors());
  }

  void begin(long now) {
    began = now;
    before = Steal.ticks(stat);
  }

  /// The share since [#begin].
  List<ScalarResult> end(long now, int cpus) {
    OptionalLong after = Steal.ticks(stat);
    if (before.isEmpty() || after.isEmpty() || now <= began) {
      return List.of();
    }
    double percent =
        Steal.percent(after.getAsLong() - before.getAsLong(), (double) now - began, cpus);
    return List.of(new ScalarResult("steal", percent, "%", AggregationPolicy.AVG));
  }
}
