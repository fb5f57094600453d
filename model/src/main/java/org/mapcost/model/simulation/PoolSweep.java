package org.mapcost.model.simulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Supply;
import org.mapcost.model.workload.Workload;

/// What a workload's buffers would cost with every page pool, and with pools of every size.
///
/// The workload is simulated once; what its clients asked of the pool then is put to every other
/// pool in the same order. So pools are compared on the same requests, and differ by nothing else.
///
/// @param requests what was asked, in the order of time
/// @param peak the most pages that buffers had at once
/// @param points by pool, then by limit
public record PoolSweep(List<PoolRequest> requests, long peak, List<Point> points) {
  /// A pool is large enough when it saves so much of what the largest one saves.
  public static final double ENOUGH = 0.95;

  /// So many limits are tried when nobody names any: each twice the one before.
  private static final int STEPS = 8;

  /// One pool of one size.
  ///
  /// @param outcome what it did
  /// @param each what a buffer costs on average: its allocation, its giving back, and its share of
  ///   the shrinker's work
  /// @param byDefault whether the limit is the kernel's own default
  public record Point(PoolOutcome outcome, Price each, boolean byDefault) {}

  /// The smallest limit that is large enough.
  ///
  /// @param at the point, by the best prices
  /// @param low the least limit, in pages, that is large enough at some end of the prices
  /// @param high the largest
  /// @param largest the largest limit that was tried
  public record Knee(Point at, long low, long high, Point largest) {}

  public PoolSweep {
    requests = List.copyOf(requests);
    points = List.copyOf(points);
  }

  /// Simulates the workload and tries every pool.
  ///
  /// @param limits in pages, ascending; of [PoolKind#TTM_POOL_7] each for every node. Empty: powers
  ///   of two up to what buffers had at once
  /// @throws InputException where no client's buffers come from a pool
  public static PoolSweep of(Platform platform, Workload workload, List<Long> limits) {
    if (platform.strategy().supply(platform.kernel()) != Supply.POOL) {
      throw new InputException(
          "%s takes its memory from no page pool; give another --strategy, such as ttm-fault."
              .formatted(platform.strategy().name()));
    }
    List<PoolRequest> requests = Simulation.poolRequests(platform, workload);
    if (requests.stream()
        .noneMatch(
            each -> each instanceof PoolRequest.Alloc alloc && alloc.caching() != Attribute.WB)) {
      throw new InputException(
          "workload '%s' asks no page pool for pages: no clients with 'memory: ram' and a mode other than wb."
              .formatted(workload.name()));
    }
    long peak = peak(requests);
    List<Long> tried = limits.isEmpty() ? powersOfTwo(peak) : limits;
    MachinePrices prices = MachinePrices.of(platform.machine(), platform.kernel().name());
    List<Point> points = new ArrayList<>();
    for (PoolKind kind : PoolKind.values()) {
      boolean limited = kind != PoolKind.NONE && kind != PoolKind.TTM_LEGACY;
      List<Long> ofKind = new ArrayList<>(limited ? tried : List.of());
      ofKind.add(0L);
      for (long limit : ofKind) {
        PoolOutcome outcome =
            new PoolReplay(platform, kind, limit).run(requests, workload.warmup());
        Price all = outcome.price(prices, platform.conditions());
        points.add(new Point(outcome, share(all, outcome.allocations()), limit == 0));
      }
    }
    return new PoolSweep(requests, peak, points);
  }

  private static Price share(Price all, long count) {
    double part = 1.0 / Math.max(1, count);
    return new Price(all.callerTime().times(part), all.stolenTime().times(part), all.provenance());
  }

  /// The most pages in buffers at once.
  private static long peak(List<PoolRequest> requests) {
    Map<Integer, Long> inUse = new HashMap<>();
    long now = 0;
    long most = 0;
    for (PoolRequest request : requests) {
      switch (request) {
        case PoolRequest.Alloc alloc -> {
          inUse.put(alloc.buffer(), alloc.pages());
          now += alloc.pages();
        }
        case PoolRequest.Free free -> now -= requireNonNull(inUse.remove(free.buffer()));
        case PoolRequest.Reclaim reclaim -> {
          // Takes nothing from buffers.
        }
      }
      most = Math.max(most, now);
    }
    return most;
  }

  private static List<Long> powersOfTwo(long peak) {
    List<Long> limits = new ArrayList<>();
    long largest = Math.max(1, Long.highestOneBit(Math.max(1, 2 * peak - 1)));
    for (long limit = Math.max(1, largest >> (STEPS - 1)); limit <= largest; limit *= 2) {
      limits.add(limit);
    }
    return limits;
  }

  /// The points of a pool whose limits were tried, ascending.
  public List<Point> limited(PoolKind kind) {
    return points.stream()
        .filter(point -> point.outcome.kind() == kind && !point.byDefault)
        .toList();
  }

  /// The point of a pool with its kernel's default.
  public Point byDefault(PoolKind kind) {
    return points.stream()
        .filter(point -> point.outcome.kind() == kind && point.byDefault)
        .findFirst()
        .orElseThrow();
  }

  /// Where a larger pool hardly saves more of the caller's time, beside no pool at all. Empty for a
  /// pool without limits, and where even the largest saves nothing.
  public Optional<Knee> knee(PoolKind kind) {
    List<Point> all = limited(kind);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Point none = byDefault(PoolKind.NONE);
    Point largest = all.getLast();
    Optional<Point> best = enough(all, none, Interval::best);
    return best.map(at -> {
      List<Long> limits = new ArrayList<>(List.of(at.outcome.limit()));
      enough(all, none, Interval::low).ifPresent(point -> limits.add(point.outcome.limit()));
      enough(all, none, Interval::high).ifPresent(point -> limits.add(point.outcome.limit()));
      return new Knee(
          at,
          limits.stream().mapToLong(Long::longValue).min().orElseThrow(),
          limits.stream().mapToLong(Long::longValue).max().orElseThrow(),
          largest);
    });
  }

  private static Optional<Point> enough(
      List<Point> all, Point none, ToDoubleFunction<Interval> end) {
    double most = end.applyAsDouble(none.each.caller());
    double saved =
        all.stream()
            .mapToDouble(each -> most - end.applyAsDouble(each.each.caller()))
            .max()
            .orElse(0);
    if (!(saved > 0)) {
      return Optional.empty();
    }
    return all.stream()
        .filter(each -> most - end.applyAsDouble(each.each.caller()) >= ENOUGH * saved)
        .findFirst();
  }
}
