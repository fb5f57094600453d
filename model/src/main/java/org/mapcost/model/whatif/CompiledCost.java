package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Strategy;

/// A strategy's bills at any size and on any number of added nodes, as a few sums: for sweeps of
/// millions of points.
///
/// ```java
/// CompiledCost cost = CompiledCost.of(Strategies.named("ttm-fault"), setup, costs).orElseThrow();
/// Points points = new Points();
/// points.add(1000, 0, 0); // where cost.covers(1000)
/// double[] caller = new double[3 * Points.MOST];
/// double[] stolen = new double[3 * Points.MOST];
/// cost.first(points, caller, stolen);
/// ```
///
/// Sizes that are whole page-table pages, sizes below one, and those at the ceiling of ranged
/// flushes have no such form: [#covers]. Not safe for use by several threads.
public final class CompiledCost {
  private final CompiledBill first;
  private final CompiledBill stolen;
  private final CompiledBill later;
  private final CompiledBill load;

  private CompiledCost(
      CompiledBill first, CompiledBill stolen, CompiledBill later, CompiledBill load) {
    this.first = first;
    this.stolen = stolen;
    this.later = later;
    this.load = load;
  }

  /// The form of a strategy's bills at a setup, whose size and growth are not looked at; empty
  /// where the strategy does not serve, or its ledgers have no form, as with memory that comes in
  /// chunks.
  public static Optional<CompiledCost> of(Strategy strategy, Setup setup, Costs costs) {
    return of(strategy, costs.place(setup), costs, true);
  }

  /// The same at a place.
  ///
  /// @param grows whether points have added nodes
  static Optional<CompiledCost> of(
      Strategy strategy, Costs.Place place, Costs costs, boolean grows) {
    return of(strategy, place, costs, grows, CompiledBill::of);
  }

  /// The form at the size of a place alone. It covers no other size.
  static Optional<CompiledCost> ofSize(
      Strategy strategy, Costs.Place place, Costs costs, boolean grows) {
    return of(strategy, place, costs, grows, CompiledBill::ofSize);
  }

  private static Optional<CompiledCost> of(
      Strategy strategy, Costs.Place place, Costs costs, boolean grows, Form compiled) {
    if (strategy.refuses(place.scenario()).isPresent()) {
      return Optional.empty();
    }
    LifeForm form = costs.form(strategy, place);
    List<CompiledBill> bills = new ArrayList<>();
    for (BillKind kind : List.of(BillKind.FIRST, BillKind.STOLEN, BillKind.LATER, BillKind.LOAD)) {
      compiled.of(kind, place, form, grows, Points.MOST).ifPresent(bills::add);
    }
    return bills.size() == 4
        ? Optional.of(new CompiledCost(bills.get(0), bills.get(1), bills.get(2), bills.get(3)))
        : Optional.empty();
  }

  @FunctionalInterface
  private interface Form {
    Optional<CompiledBill> of(
        BillKind kind, Costs.Place place, LifeForm form, boolean grows, int block);
  }

  /// Whether a size has a closed form here.
  public boolean covers(long pages) {
    return first.covers(pages) && stolen.covers(pages) && later.covers(pages) && load.covers(pages);
  }

  /// The caching mode that the mapping really has.
  public CacheMode mode() {
    return first.mode();
  }

  /// Writes both bills of the first buffer, from its allocation to its end, the load left out: low,
  /// best and high of each point in nanoseconds, one behind the other.
  ///
  /// @param points whose sizes are covered
  /// @param callers what the calling CPU spends or waits; three places for each point
  /// @param others what other CPUs lose, summed over them; likewise
  /// @return whether all are known; where one is not, as at the ceiling of ranged flushes, it is
  ///   NaN
  public boolean first(Points points, double[] callers, double[] others) {
    boolean all = first.estimate(points, callers);
    return stolen.estimate(points, others) && all;
  }

  /// The same for what the caller spends or waits for an equal buffer after the first.
  public boolean later(Points points, double[] callers) {
    return later.estimate(points, callers);
  }

  /// The same for the driver's load.
  public boolean load(Points points, double[] callers) {
    return load.estimate(points, callers);
  }

  /// The rows that an estimate of the first buffer adds up, each the best time, what lowers it
  /// input by input, and what raises it: what the same sum costs as a bare loop is a measure for
  /// this class.
  public List<double[]> rows(long pages) {
    return first.rows(pages);
  }
}
