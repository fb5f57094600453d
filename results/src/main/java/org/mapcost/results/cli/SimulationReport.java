package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.simulation.Latency;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.simulation.Usage;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.units.Pages;
import org.mapcost.model.workload.Workload;

/// What a simulation showed, put together from its runs: for each end of the prices all seeds.
final class SimulationReport {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};
  private static final int BEST = 1;

  private final String name;
  private final OptionalLong seed;
  private final Platform platform;
  private final List<List<SimulationResult>> byEnd;

  /// @param name of the workload or trace
  /// @param seed from which everything random followed; absent where nothing was
  /// @param byEnd low, best and high, each with the runs of all seeds
  SimulationReport(
      String name, OptionalLong seed, Platform platform, List<List<SimulationResult>> byEnd) {
    this.name = name;
    this.seed = seed;
    this.platform = platform;
    this.byEnd = byEnd;
  }

  /// A workload's.
  SimulationReport(Workload workload, Platform platform, List<List<SimulationResult>> byEnd) {
    this(workload.name(), OptionalLong.of(workload.seed()), platform, byEnd);
  }

  String name() {
    return name;
  }

  /// The runs at the best prices.
  List<SimulationResult> best() {
    return byEnd.get(BEST);
  }

  /// The latencies of all seeds by name, at one end of the prices: `fault`, `allocate, first use`.
  private static Map<String, Latency> latencies(List<SimulationResult> runs) {
    Map<String, Latency> all = new LinkedHashMap<>();
    for (OperationKind kind : OperationKind.values()) {
      merge(all, kind.key() + ", first use", kind, runs, true);
      merge(all, kind.key(), kind, runs, false);
    }
    return all;
  }

  private static void merge(
      Map<String, Latency> all,
      String name,
      OperationKind kind,
      List<SimulationResult> runs,
      boolean first) {
    List<Latency> each =
        runs.stream()
            .map(run -> Optional.ofNullable((first ? run.first() : run.steady()).get(kind)))
            .flatMap(Optional::stream)
            .toList();
    if (!each.isEmpty()) {
      all.put(name, Latency.of(each));
    }
  }

  Map<String, Latency> latencies() {
    return latencies(best());
  }

  /// The latencies of all seeds by name, at the low, best and high end of the prices; a name that
  /// one end lacks is left out.
  Map<String, List<Latency>> latenciesByEnd() {
    List<Map<String, Latency>> ends = byEnd.stream().map(SimulationReport::latencies).toList();
    Map<String, List<Latency>> all = new LinkedHashMap<>();
    for (String name : ends.get(BEST).keySet()) {
      List<Latency> each =
          ends.stream()
              .map(end -> Optional.ofNullable(end.get(name)))
              .flatMap(Optional::stream)
              .toList();
      if (each.size() == ends.size()) {
        all.put(name, each);
      }
    }
    return all;
  }

  /// `ttm-fault on skylake-sp-2s, kernel 6.1, seed 1`.
  String conditions() {
    return "%s on %s, kernel %s%s"
        .formatted(
            platform.strategy().name(),
            platform.machine().name(),
            platform.kernel().name(),
            seed.isPresent() ? ", seed " + seed.getAsLong() : "");
  }

  private Interval ofLatency(String name, ToDoubleFunction<Latency> figure) {
    return interval(
        byEnd.stream()
            .map(runs -> Optional.ofNullable(latencies(runs).get(name)))
            .mapToDouble(latency -> latency.map(figure::applyAsDouble).orElse(0.0))
            .toArray());
  }

  private Interval ofRuns(ToDoubleFunction<SimulationResult> figure) {
    return interval(
        byEnd.stream()
            .mapToDouble(runs -> runs.stream().mapToDouble(figure).average().orElse(0))
            .toArray());
  }

  /// The figure at the best prices, and the lowest and highest of all three.
  private static Interval interval(double[] atEnds) {
    return new Interval(
        Arrays.stream(atEnds).min().orElse(0), atEnds[BEST], Arrays.stream(atEnds).max().orElse(0));
  }

  private Interval share(ToDoubleFunction<Usage.OfCpu> kind) {
    return ofRuns(
        run -> run.usage().sum(kind) / (run.usage().length() * run.usage().cpus().size()));
  }

  private Provenance provenance() {
    return MachinePrices.of(platform.machine(), platform.kernel().name())
        .price(best().getFirst().counts(), platform.conditions())
        .total()
        .provenance();
  }

  private Map<String, Interval> shares() {
    Map<String, Interval> shares = new LinkedHashMap<>();
    shares.put("work", share(Usage.OfCpu::work));
    shares.put("spinning for locks", share(Usage.OfCpu::spin));
    shares.put("waiting for other CPUs", share(Usage.OfCpu::waiting));
    shares.put("stolen", share(Usage.OfCpu::stolen));
    shares.put("idle", share(Usage.OfCpu::idle));
    return shares;
  }

  Map<String, Object> json() {
    Map<String, Object> operations = new LinkedHashMap<>();
    latencies().forEach((name, latency) -> operations.put(name, operation(name, latency)));
    Map<String, Object> cpus = new LinkedHashMap<>();
    shares().forEach((name, share) -> cpus.put(name.replace(' ', '_'), Json.interval(share)));
    Map<String, Object> locks = new LinkedHashMap<>();
    for (Lock lock : Lock.values()) {
      if (best().getFirst().usage().locks().containsKey(lock)) {
        locks.put(lock.key(), lock(lock));
      }
    }
    Provenance provenance = provenance();
    return Json.object(
        "schema", "mapcost/simulate/1",
        "workload", name,
        "machine", platform.machine().name(),
        "kernel", platform.kernel().label(),
        "strategy", platform.strategy().name(),
        "seed", seed.isPresent() ? seed.getAsLong() : List.of(),
        "replications", best().size(),
        "stopped_by", stops(),
        "observed_ns", Json.interval(ofRuns(run -> run.usage().length())),
        "operations", operations,
        "cpus", cpus,
        "spin_share_of_busy", Json.interval(ofRuns(run -> run.usage().spinShare())),
        "locks", locks,
        "interrupts_per_second", Json.interval(ofRuns(SimulationReport::interruptsPerSecond)),
        "calls_per_second", Json.interval(ofRuns(run -> perSecond(run, run.usage().calls()))),
        "bandwidth_used", Json.interval(ofRuns(run -> run.usage().bandwidth())),
        "run_queue_wait_ns", Json.interval(ofRuns(run -> run.usage().meanRunQueueWait())),
        "caller_ns", Json.interval(ofRuns(SimulationReport::callers)),
        "stolen_ns", Json.interval(ofRuns(run -> run.usage().sum(Usage.OfCpu::lost))),
        "sources", provenance.sources(),
        "rests_on_none", provenance.restsOnNone(),
        "unsourced", provenance.unsourced(),
        "counts", best().getFirst().counts().totals(),
        "pool_pages", levels());
  }

  private Map<String, Object> operation(String name, Latency latency) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("count", latency.count());
    if (!isOnce(name)) {
      object.put("per_second", Json.interval(ofRuns(run -> run.perSecond(kind(name)))));
    }
    object.put("mean_ns", Json.interval(ofLatency(name, Latency::mean)));
    for (double percent : PERCENTILES) {
      object.put(
          "p" + number(percent) + "_ns",
          Json.interval(ofLatency(name, each -> each.percentile(percent))));
    }
    object.put("max_ns", Json.interval(ofLatency(name, Latency::most)));
    return object;
  }

  /// What happens once for a driver or a page, and has no rate.
  private static boolean isOnce(String name) {
    return name.endsWith("first use") || name.equals(OperationKind.LOAD.key());
  }

  private static OperationKind kind(String name) {
    return OperationKind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private Map<String, Object> lock(Lock lock) {
    return Json.object(
        "taken_per_second", Json.interval(ofLock(lock, (run, of) -> perSecond(run, of.taken()))),
        "contended", Json.interval(ofLock(lock, (run, of) -> contended(of))),
        "mean_wait_ns", Json.interval(ofLock(lock, (run, of) -> of.meanWait())),
        "held", Json.interval(ofLock(lock, (run, of) -> of.held() / run.usage().length())),
        "longest_queue", Json.interval(ofLock(lock, (run, of) -> of.longestQueue())));
  }

  private static double contended(Usage.OfLock of) {
    return of.taken() == 0 ? 0 : Math.min(1, (double) of.contended() / of.taken());
  }

  private interface LockFigure {
    double of(SimulationResult run, Usage.OfLock lock);
  }

  private Interval ofLock(Lock lock, LockFigure figure) {
    return ofRuns(run -> {
      Usage.OfLock of = run.usage().locks().get(lock);
      return of == null ? 0 : figure.of(run, of);
    });
  }

  private static double callers(SimulationResult run) {
    return run.steady().values().stream().mapToDouble(each -> each.mean() * each.count()).sum();
  }

  private static double interruptsPerSecond(SimulationResult run) {
    return perSecond(run, run.usage().cpus().stream().mapToLong(Usage.OfCpu::interrupts).sum());
  }

  private static double perSecond(SimulationResult run, long count) {
    return run.usage().length() == 0 ? 0 : count * 1e9 / run.usage().length();
  }

  private String stops() {
    return byEnd.stream()
        .flatMap(List::stream)
        .map(run -> run.stop().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private List<List<Object>> levels() {
    List<List<Object>> levels = new ArrayList<>();
    best()
        .getFirst()
        .levels()
        .forEach(level -> levels.add(List.of(Json.rounded(level.at()), level.pages())));
    return levels;
  }

  Table operations() {
    Table table =
        new Table("operation", "count", "a second", "mean", "p50", "p90", "p99", "p99.9", "max");
    latencies()
        .forEach((name, latency) -> {
          List<Object> row = new ArrayList<>(List.of(name, latency.count()));
          row.add(isOnce(name) ? "-" : count(ofRuns(run -> run.perSecond(kind(name)))));
          row.add(Bill.time(ofLatency(name, Latency::mean)));
          for (double percent : PERCENTILES) {
            row.add(new Nanoseconds(latency.percentile(percent)));
          }
          row.add(new Nanoseconds(latency.most()));
          table.row(row.toArray());
        });
    return table;
  }

  Table locks() {
    Table table =
        new Table("lock", "taken a second", "contended", "mean wait", "held", "longest queue");
    for (Lock lock : Lock.values()) {
      if (best().getFirst().usage().locks().containsKey(lock)) {
        table.row(
            lock.key(),
            count(ofLock(lock, (run, of) -> perSecond(run, of.taken()))),
            percent(ofLock(lock, (run, of) -> contended(of))),
            Bill.time(ofLock(lock, (run, of) -> of.meanWait())),
            percent(ofLock(lock, (run, of) -> of.held() / run.usage().length())),
            count(ofLock(lock, (run, of) -> of.longestQueue())));
      }
    }
    return table;
  }

  Table cpus() {
    Table table = new Table("CPU time", "share of all CPUs");
    shares().forEach((name, share) -> table.row(name, percent(share)));
    return table;
  }

  /// The level of the pool over time, of the first seed.
  Table pool() {
    Table table = new Table("ns", "pages");
    best().getFirst().levels().forEach(level -> table.row(Json.rounded(level.at()), level.pages()));
    return table;
  }

  void print(OutputFormat format, PrintWriter out) {
    operations().print(format, out);
    if (format == OutputFormat.CSV) {
      return;
    }
    out.println();
    cpus().print(format, out);
    out.println();
    if (!locks().isEmpty()) {
      locks().print(format, out);
      if (best().getFirst().usage().locks().containsKey(Lock.RESOURCE_LOCK)) {
        out.println("Readers hold resource_lock together: its share adds up over them.");
      }
      out.println();
    }
    Interval spin = ofRuns(run -> run.usage().spinShare());
    out.printf(
        Locale.ROOT,
        "Of the time in which clients had CPUs %s went into spinning. Calls of other CPUs: %s a"
            + " second,%ninterrupts: %s a second. Memory bandwidth used: %s.%n",
        percent(spin),
        count(ofRuns(run -> perSecond(run, run.usage().calls()))),
        count(ofRuns(SimulationReport::interruptsPerSecond)),
        percent(ofRuns(run -> run.usage().bandwidth())));
    TreeMap<Double, Long> levels = new TreeMap<>();
    best().getFirst().levels().forEach(level -> levels.put(level.at(), level.pages()));
    if (!levels.isEmpty()) {
      out.printf(
          "The pool held %s at the end, %s at most.%n",
          new Pages(levels.lastEntry().getValue()),
          new Pages(levels.values().stream().mapToLong(Long::longValue).max().orElse(0)));
    }
    out.printf(
        "%s under %s on %s with %d CPUs, kernel %s; %s%d run%s of %s, stopped by %s.%n",
        name,
        platform.strategy().name(),
        platform.machine().name(),
        platform.machine().cpus(),
        platform.kernel().label(),
        seed.isPresent() ? "seed " + seed.getAsLong() + ", " : "",
        best().size(),
        best().size() == 1 ? "" : "s",
        new Nanoseconds(best().getFirst().usage().length()),
        stops());
    Provenance provenance = provenance();
    if (provenance.restsOnNone()) {
      out.println(
          "Rests on values without a published source, given wide: "
              + String.join(", ", provenance.unsourced())
              + ".");
    }
  }

  private static String number(double percent) {
    return percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent);
  }

  private static String count(Interval interval) {
    return String.format(
        Locale.ROOT, "[%.4g %.4g %.4g]", interval.low(), interval.best(), interval.high());
  }

  private static String percent(Interval share) {
    return String.format(
        Locale.ROOT,
        "[%.1f %.1f %.1f] %%",
        100 * share.low(),
        100 * share.best(),
        100 * share.high());
  }
}
