package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mapcost.model.cost.Price;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PoolOutcome;
import org.mapcost.model.simulation.PoolSweep;
import org.mapcost.model.units.Pages;
import org.mapcost.model.workload.Workload;

/// What every page pool, in every size, does for a workload: as a table and in words, or as JSON.
final class PoolWorkloadReport {
  private final Workload workload;
  private final Platform platform;
  private final PoolSweep sweep;

  PoolWorkloadReport(Workload workload, Platform platform, PoolSweep sweep) {
    this.workload = workload;
    this.platform = platform;
    this.sweep = sweep;
  }

  /// One object a pool and limit, then one with the knees.
  void json(PrintWriter out) {
    for (PoolSweep.Point point : sweep.points()) {
      out.println(Json.line(json(point)));
    }
    List<Object> knees = new ArrayList<>();
    for (PoolKind kind : PoolKind.values()) {
      sweep
          .knee(kind)
          .ifPresent(knee ->
              knees.add(
                  Json.object(
                      "pool", kind.key(),
                      "limit_pages", List.of(knee.low(), knee.at().outcome().limit(), knee.high()),
                      "hit_ratio", Json.rounded(knee.at().outcome().hitRatio()),
                      "caller_ns", Json.interval(knee.at().each().caller()),
                      "saves_share_of_largest", PoolSweep.ENOUGH)));
    }
    out.println(
        Json.line(
            Json.object(
                "schema", "mapcost/pool-workload/1",
                "workload", workload.name(),
                "machine", platform.machine().name(),
                "kernel", platform.kernel().label(),
                "own_pool", platform.kernel().ttmPool().key(),
                "seed", workload.seed(),
                "requests", sweep.requests().size(),
                "most_pages_in_buffers", sweep.peak(),
                "knees", knees)));
  }

  private static Map<String, Object> json(PoolSweep.Point point) {
    PoolOutcome of = point.outcome();
    Map<String, Object> object =
        Json.object(
            "pool", of.kind().key(),
            "limit_pages", of.limit(),
            "nodes", of.nodes(),
            "default_limit", point.byDefault(),
            "allocations", of.allocations(),
            "pages", of.pages(),
            "hit_ratio", Json.rounded(of.hitRatio()),
            "whole_hits", of.whole(),
            "conversions", of.conversions(),
            "pages_converted", of.changed(),
            "pages_changed_back", of.changedBack(),
            "shrinks", of.shrinks(),
            "mean_held_pages", Json.rounded(of.meanHeld()),
            "most_held_pages", of.mostHeld(),
            "held_at_end_pages", of.heldAtEnd(),
            "counts", of.ledger().totals());
    Bill.into(object, point.each());
    return object;
  }

  private Table table() {
    Table table =
        new Table(
            "pool",
            "limit",
            "pages found",
            "whole buffers",
            "conversions",
            "pages converted",
            "changed back",
            "shrinks",
            "held, mean",
            "held, most",
            "caller a buffer",
            "stolen a buffer");
    for (PoolSweep.Point point : sweep.points()) {
      PoolOutcome of = point.outcome();
      table.row(
          of.kind().key(),
          limit(point),
          percent(of.hitRatio()),
          percent(of.allocations() == 0 ? 0 : (double) of.whole() / of.allocations()),
          of.conversions(),
          of.changed(),
          of.changedBack(),
          of.shrinks(),
          size(Math.round(of.meanHeld())),
          size(of.mostHeld()),
          Bill.time(point.each().caller()),
          Bill.time(point.each().stolen()));
    }
    return table;
  }

  private static String limit(PoolSweep.Point point) {
    PoolOutcome of = point.outcome();
    String size = size(of.limit());
    return switch (of.kind()) {
      case NONE -> "-";
      case TTM_LEGACY -> size + " each list";
      case TTM_POOL, TTM_POOL_6_15, TTM_POOL_7 ->
          size + (of.nodes() > 1 ? " a node" : "") + (point.byDefault() ? " (default)" : "");
    };
  }

  private static String size(long pages) {
    return new Pages(pages).bytes().toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  void print(OutputFormat format, PrintWriter out) {
    table().print(format, out);
    if (format == OutputFormat.CSV) {
      return;
    }
    out.println();
    if (sweep.points().getFirst().outcome().allocations() == 0) {
      out.println(
          "Nobody asks the pool for a buffer in the observed time: all have theirs from the warm-up"
              + " on. Any pool will do.");
    } else {
      for (PoolKind kind : PoolKind.values()) {
        sentence(kind).ifPresent(out::println);
      }
    }
    PoolOutcome first = sweep.points().getFirst().outcome();
    out.printf(
        "%s on %s with %d CPUs, kernel %s (its own pool: %s), seed %d: %d buffers of %s together,"
            + " at most %s at once.%n",
        workload.name(),
        platform.machine().name(),
        platform.machine().cpus(),
        platform.kernel().label(),
        platform.kernel().ttmPool().key(),
        workload.seed(),
        first.allocations(),
        size(first.pages()),
        size(sweep.peak()));
    out.println(
        "All pools got the same requests; everything but the pool is the kernel's. Times are [low"
            + " best high]: allocation,");
    out.println(
        "giving back and the shrinker's work, shared out over the buffers. 'Changed back' are pages"
            + " given to the system.");
    String unsourced =
        Bill.unsourced(
            sweep.points().stream().map(PoolSweep.Point::each).reduce(Price.FREE, Price::plus));
    if (!unsourced.isEmpty()) {
      out.println(unsourced);
    }
  }

  /// Where the pool is large enough, in words.
  private Optional<String> sentence(PoolKind kind) {
    if (sweep.limited(kind).isEmpty()) {
      return Optional.empty();
    }
    Optional<PoolSweep.Knee> knee = sweep.knee(kind);
    if (knee.isEmpty()) {
      return Optional.of(
          "Knee of %s: none; no limit saves anything beside no pool.".formatted(kind.key()));
    }
    PoolSweep.Knee of = knee.get();
    PoolOutcome at = of.at().outcome();
    String also =
        of.low() == of.high()
            ? "at low, best and high prices alike"
            : "%s to %s over the prices".formatted(size(of.low()), size(of.high()));
    PoolOutcome largest = of.largest().outcome();
    String beyond =
        at.limit() == largest.limit()
            ? "no smaller one is enough"
            : "the largest tried, %s, finds %s"
                .formatted(size(largest.limit()), percent(largest.hitRatio()));
    return Optional.of(
        "Knee of %s: %s%s (%s). It finds %s of the pages ready, and the caller pays %s for a buffer; %s."
            .formatted(
                kind.key(),
                size(at.limit()),
                at.nodes() > 1 ? " a node" : "",
                also,
                percent(at.hitRatio()),
                Bill.time(of.at().each().caller()),
                beyond));
  }
}
