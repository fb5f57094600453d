package org.mapcost.model.cost;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Prices for one machine and one kernel, and how a ledger is priced with them.
///
/// Prices are exclusive: each covers only what the event's children do not, so a ledger is priced
/// by adding up. Flushes are priced as rounds, by [#round]; the invalidations and interrupts that a
/// round consists of are counted in the ledger but have no price of their own there. A simulator
/// asks the same functions.
public interface PriceList {
  /// Events that have no price by themselves: a round of flushes is priced as one thing, and an
  /// interrupt only ever asks for such a round or for a write-back.
  Set<Event> PARTS_OF_ROUNDS = Set.of(Event.TLB_ROUND_RANGED, Event.TLB_ROUND_FULL, Event.IPI);

  /// One occurrence of an event outside any flush round, without its children. Throws
  /// `IllegalArgumentException` for [#PARTS_OF_ROUNDS].
  Price event(Event event, Conditions conditions);

  /// One flush on one or many CPUs. Consequences such as the refill of the TLB are not in it.
  Price round(FlushRound round);

  /// One line flushed from the caches.
  Price line(LineState state, Conditions.LineMix mix);

  /// One lock taken and dropped that nobody else wants.
  Price lock(Lock lock);

  /// What it takes until a lock that others wait for has passed from one CPU to the next, in
  /// nanoseconds of the caller's bill; the time the lock is held is not in it. While a spinlock is
  /// never free, `1 / (time held + hand-over)` CPUs a second get it, whatever their number.
  ///
  /// Readers of [Lock#RESOURCE_LOCK] hold it together: they pass no lock, but each takes the line
  /// of its counter from the last one twice, to come and to go. This is then the time in which that
  /// line serves one reader.
  ///
  /// @param contenders CPUs that want it at the same time, the holder among them, spread evenly
  ///   over the machine; with one or none the price is zero, since [#lock] covers a free lock
  Price lockHandOver(Lock lock, int contenders);

  /// One node compared in a walk.
  ///
  /// @param nodesOfWalk how many nodes one walk compares
  /// @param heat where it finds them
  Price node(double nodesOfWalk, Conditions.Heat heat, Conditions conditions);

  /// Up to how many nodes of a walk a node costs the same as in a walk of so many: what fits into a
  /// cache costs one price, whatever its size.
  default double nodesOfSamePrice(double nodesOfWalk, Conditions conditions) {
    return nodesOfWalk;
  }

  /// The walks of one phase.
  ///
  /// @param visits nodes compared in all of them
  /// @param walks how many there were
  /// @param firstWalks how many of them found the tree as `conditions` say; the others came right
  ///   behind one
  default Price walks(long visits, long walks, long firstWalks, Conditions conditions) {
    if (walks <= 0 || firstWalks < 0 || firstWalks > walks) {
      throw new IllegalArgumentException(
          firstWalks + " first walks among " + walks + " walks of " + visits + " nodes");
    }
    double nodes = (double) visits / walks;
    long first = Math.min(visits, Math.round(nodes * firstWalks));
    return node(nodes, conditions.firstWalk(), conditions)
        .times(first)
        .plus(node(nodes, Conditions.Heat.HOT, conditions).times(visits - first));
  }

  /// Every CPU of `calls` calls writes its caches back; `interrupts` of them because the caller
  /// interrupted them for this alone.
  ///
  /// @param event [Event#WBINVD] or [Event#WBNOINVD]
  Price writeBack(Event event, long executed, long interrupts, Conditions conditions);

  /// Takes the items of a bill.
  @FunctionalInterface
  interface Items {
    /// One item.
    ///
    /// @param mechanism an event's or a lock's key, as in [Estimate]
    /// @param unit the price of one
    /// @param count how many of them, zero or more
    void item(String mechanism, Price unit, long count);
  }

  /// The items of one phase of a ledger.
  default void items(Ledger ledger, Phase phase, Conditions conditions, Items into) {
    new LedgerPricing(this, ledger, phase, conditions).into(into);
  }

  /// What a ledger costs.
  default Estimate price(Ledger ledger, Conditions conditions) {
    Map<Phase, Map<String, Price>> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      Map<String, Price> prices = new LinkedHashMap<>();
      items(
          ledger,
          phase,
          conditions,
          (mechanism, unit, count) -> prices.merge(mechanism, unit.times(count), Price::plus));
      prices.values().removeIf(price -> price.equals(Price.FREE));
      phases.put(phase, prices);
    }
    return new Estimate(phases);
  }
}
