package org.mapcost.benchmarks.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
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
  private static final double TICKS_PER_SECOND = 100;

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
    before = stolenTicks();
  }

  /// The share since [#begin].
  List<ScalarResult> end(long now, int cpus) {
    OptionalLong after = stolenTicks();
    double ticks = (now - began) / 1e9 * TICKS_PER_SECOND * cpus;
    if (before.isEmpty() || after.isEmpty() || ticks <= 0) {
      return List.of();
    }
    double percent = 100 * Math.max(0, after.getAsLong() - before.getAsLong()) / ticks;
    return List.of(new ScalarResult("steal", percent, "%", AggregationPolicy.AVG));
  }

  private OptionalLong stolenTicks() {
    try (var lines = Files.lines(stat, StandardCharsets.ISO_8859_1)) {
      String[] ticks = lines.findFirst().orElse("").split("\\s+", -1);
      boolean shown = ticks.length > 8 && ticks[0].equals("cpu") && ticks[8].matches("\\d{1,18}");
      return shown ? OptionalLong.of(Long.parseLong(ticks[8])) : OptionalLong.empty();
    } catch (IOException | java.io.UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }
}
