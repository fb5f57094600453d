package org.mapcost.model.strategy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.pat.CacheMode;

/// Every strategy on one scenario, priced and ranked.
///
/// Only comparable strategies are ranked against each other: the memory is the scenario's, and the
/// mapping must have the same effective caching mode, since a mapping that is used in another mode
/// is another thing. What is ranked is the caller's time for a first buffer from its allocation to
/// its end; the driver's load is a bill of its own.
///
/// @param entries the strategies that serve the scenario, by effective mode, the cheapest first
/// @param refused the strategies that do not, each with the reason
public record Comparison(List<Entry> entries, List<Refused> refused) {
  public Comparison {
    entries = List.copyOf(entries);
    refused = List.copyOf(refused);
  }

  /// A strategy that does not serve the scenario.
  public record Refused(Strategy strategy, String reason) {}

  /// A strategy that does.
  ///
  /// @param life its counts
  /// @param first the price of the driver's load and the first buffer
  /// @param steady the price of a later, equal buffer
  /// @param rank its place among those of the same effective mode, from 1
  /// @param tiedWith the names of those whose intervals of caller time overlap its own
  public record Entry(
      Strategy strategy,
      BufferLife life,
      Estimate first,
      Estimate steady,
      int rank,
      List<String> tiedWith) {
    public Entry {
      tiedWith = List.copyOf(tiedWith);
    }

    public CacheMode effectiveMode() {
      return life.effectiveMode();
    }

    /// What the caller waits for the first buffer, the driver's load left out, in nanoseconds.
    public Interval caller() {
      return buffer(first, true);
    }

    /// What other CPUs lose for it, in nanoseconds.
    public Interval stolen() {
      return buffer(first, false);
    }

    /// What the caller waits for a later buffer.
    public Interval steadyCaller() {
      return buffer(steady, true);
    }

    /// What other CPUs lose for a later buffer.
    public Interval steadyStolen() {
      return buffer(steady, false);
    }

    /// What the driver's load costs its caller, once.
    public Interval load() {
      return first.phase(Phase.LOAD).caller();
    }

    /// Inputs that several phases share err together, others apart.
    private static Interval buffer(Estimate estimate, boolean caller) {
      Price price = estimate.without(Phase.LOAD);
      return caller ? price.caller() : price.stolen();
    }

    /// After how many later buffers a dearer load is repaid against another strategy: 0 when the
    /// load is no dearer, empty when by the best guess a buffer saves nothing.
    ///
    /// Low takes the smallest extra load over the largest saving; high the reverse, and is infinite
    /// where the intervals leave open whether a buffer saves anything.
    public Optional<Interval> repaidAgainst(Entry other) {
      double saving = other.steadyCaller().best() - steadyCaller().best();
      double more = load().best() - other.load().best();
      if (more <= 0) {
        return saving >= 0 ? Optional.of(Interval.ZERO) : Optional.empty();
      }
      if (saving <= 0) {
        return Optional.empty();
      }
      double leastMore = Math.max(0, load().low() - other.load().high());
      double mostMore = load().high() - other.load().low();
      double leastSaving = other.steadyCaller().low() - steadyCaller().high();
      double mostSaving = other.steadyCaller().high() - steadyCaller().low();
      return Optional.of(
          new Interval(
              leastMore / mostSaving,
              more / saving,
              leastSaving > 0 ? mostMore / leastSaving : Double.POSITIVE_INFINITY));
    }
  }

  /// Lives through the scenario with each strategy there is, prices and ranks it.
  public static Comparison of(Scenario scenario, PriceList prices, Conditions conditions) {
    return of(scenario, prices, conditions, Strategies.all());
  }

  /// Lives through the scenario with each of some strategies, prices and ranks it.
  public static Comparison of(
      Scenario scenario, PriceList prices, Conditions conditions, List<Strategy> strategies) {
    List<Entry> unranked = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Strategy strategy : strategies) {
      Optional<String> reason = strategy.refuses(scenario);
      if (reason.isPresent()) {
        refused.add(new Refused(strategy, reason.get()));
        continue;
      }
      BufferLife life = BufferLife.of(strategy, scenario);
      unranked.add(
          new Entry(
              strategy,
              life,
              prices.price(life.first(), conditions),
              prices.price(life.steady(), conditions),
              1,
              List.of()));
    }
    return new Comparison(ranked(unranked, scenario.mode()), refused);
  }

  /// An entry with its [Entry#caller], which every other one is held against.
  private record Timed(Entry entry, Interval caller) {
    boolean isPeerOf(Timed other) {
      return entry.effectiveMode() == other.entry.effectiveMode();
    }
  }

  /// The mode that was asked for first, then the others; within a mode by the caller's time.
  private static List<Entry> ranked(List<Entry> unranked, CacheMode asked) {
    List<Timed> sorted =
        unranked.stream()
            .map(entry -> new Timed(entry, entry.caller()))
            .sorted(
                Comparator.comparingInt((Timed each) -> each.entry.effectiveMode() == asked ? 0 : 1)
                    .thenComparing(each -> each.entry.effectiveMode())
                    .thenComparingDouble(each -> each.caller.best())
                    .thenComparing(each -> each.entry.strategy().name()))
            .toList();
    List<Entry> ranked = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Timed one = sorted.get(i);
      Entry entry = one.entry;
      List<String> tied =
          sorted.stream()
              .filter(each ->
                  !each.equals(one) && each.isPeerOf(one) && each.caller.overlaps(one.caller))
              .map(each -> each.entry.strategy().name())
              .toList();
      long rank = 1 + sorted.subList(0, i).stream().filter(one::isPeerOf).count();
      ranked.add(
          new Entry(
              entry.strategy(), entry.life(), entry.first(), entry.steady(), (int) rank, tied));
    }
    return ranked;
  }
}
