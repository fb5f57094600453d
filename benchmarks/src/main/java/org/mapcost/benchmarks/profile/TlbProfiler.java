package org.mapcost.benchmarks.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Interrupts.Row;
import org.mapcost.benchmarks.witness.Steal;
import org.mapcost.benchmarks.witness.ThreadCounters;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/// Reports for each operation how often CPUs were interrupted to flush their TLBs (`tlb`) and for
/// other calls of a function (`calls`), how many page faults the process took (`minorFaults`,
/// `majorFaults`) and how often its threads waited (`switches`) or were preempted (`preemptions`);
/// and the share of all CPUs' time that a hypervisor took (`steal`, percent).
///
/// Interrupts are those of the whole host: other programs' are among them. They come from
/// `/proc/interrupts`, the rest from `/proc/self`: no privilege, no native access. What a host does
/// not show has no result, and one line says what is missing.
///
/// Loadable by any JMH suite on JDK 25: `-prof org.mapcost.benchmarks.profile.TlbProfiler`.
public final class TlbProfiler implements InternalProfiler {
  private final SortedSet<String> missing = new TreeSet<>();
  private boolean said;
  private Snapshot before = Snapshot.NONE;

  /// All counters at one moment.
  ///
  /// @param nanoseconds of `System.nanoTime`
  record Snapshot(
      long nanoseconds, Interrupts interrupts, ThreadCounters threads, OptionalLong stolen) {
    static final Snapshot NONE =
        new Snapshot(
            0,
            Interrupts.UNKNOWN,
            new ThreadCounters(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty()),
            OptionalLong.empty());

    static Snapshot now() {
      return new Snapshot(
          System.nanoTime(), Interrupts.now(), ThreadCounters.ofProcess(), Steal.ticks());
    }
  }

  @Override
  public String getDescription() {
    return "TLB flushes and other calls between CPUs, faults, context switches and steal";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = Snapshot.now();
  }

  @Override
  public List<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<ScalarResult> results =
        between(
            before,
            Snapshot.now(),
            result.getMetadata().getAllOps(),
            Runtime.getRuntime().availableProcessors());
    if (!said && !missing.isEmpty()) {
      System.out.println("# " + complaint());
      said = true;
    }
    return results;
  }

  /// What the host does not show, in one line.
  String complaint() {
    return "TlbProfiler: this host does not show " + String.join(", ", missing) + ".";
  }

  /// What happened between two moments, for each of so many operations.
  List<ScalarResult> between(Snapshot then, Snapshot now, long operations, int cpus) {
    List<ScalarResult> results = new ArrayList<>();
    if (operations <= 0) {
      return results;
    }
    ThreadCounters old = then.threads;
    ThreadCounters fresh = now.threads;
    add(results, "tlb", now.interrupts.since(then.interrupts, Row.TLB), operations);
    add(results, "calls", now.interrupts.since(then.interrupts, Row.CAL), operations);
    add(results, "minorFaults", grown(old.minorFaults(), fresh.minorFaults()), operations);
    add(results, "majorFaults", grown(old.majorFaults(), fresh.majorFaults()), operations);
    add(results, "switches", grown(old.voluntary(), fresh.voluntary()), operations);
    add(results, "preemptions", grown(old.involuntary(), fresh.involuntary()), operations);
    OptionalLong ticks = grown(then.stolen, now.stolen);
    if (ticks.isPresent() && now.nanoseconds > then.nanoseconds) {
      double percent =
          Steal.percent(ticks.getAsLong(), (double) now.nanoseconds - then.nanoseconds, cpus);
      results.add(new ScalarResult("steal", percent, "%", AggregationPolicy.AVG));
    } else {
      missing.add("steal");
    }
    return results;
  }

  private static OptionalLong grown(OptionalLong before, OptionalLong after) {
    return ThreadCounters.grown(before, after);
  }

  private void add(List<ScalarResult> to, String name, OptionalLong count, long operations) {
    if (count.isPresent()) {
      double each = (double) Math.max(0, count.getAsLong()) / operations;
      to.add(new ScalarResult(name, each, "#/op", AggregationPolicy.AVG));
    } else {
      missing.add(name);
    }
  }
}
