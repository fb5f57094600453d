package org.mapcost.model.whatif;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;

/// A mechanism that is priced at nothing, so that what it costs shows as a difference.
public enum Counterfactual {
  /// No TLB flush costs anything, on no CPU; interrupts for it included.
  FREE_TLB(Event.TLB_INVALIDATE_PAGE, Event.TLB_INVALIDATE_FULL, Event.TLB_INVALIDATE_GLOBAL),
  /// Searching the resource tree costs nothing.
  FREE_WALK(Event.RESOURCE_WALK, Event.RESOURCE_NODE_VISIT),
  /// Writing caches back costs nothing: `clflush`, `wbinvd`, `wbnoinvd`.
  FREE_CACHE(Event.CLFLUSH_LINE, Event.WBINVD, Event.WBNOINVD),
  /// Taking and handing over locks costs nothing.
  FREE_LOCKS();

  private final Set<Event> free = EnumSet.noneOf(Event.class);

  Counterfactual(Event... free) {
    this.free.addAll(Set.of(free));
  }

  /// `free-tlb`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Prices with this mechanism at nothing and everything else as it was.
  public PriceList applied(PriceList prices) {
    return new Free(prices, this);
  }

  /// The prices but for one mechanism.
  private record Free(PriceList prices, Counterfactual what) implements PriceList {
    @Override
    public Price event(Event event, Conditions conditions) {
      return what.free.contains(event) ? Price.FREE : prices.event(event, conditions);
    }

    @Override
    public Price round(FlushRound round) {
      return what == FREE_TLB ? Price.FREE : prices.round(round);
    }

    @Override
    public Price line(LineState state, Conditions.LineMix mix) {
      return what == FREE_CACHE ? Price.FREE : prices.line(state, mix);
    }

    @Override
    public Price lock(Lock lock) {
      return what == FREE_LOCKS ? Price.FREE : prices.lock(lock);
    }

    @Override
    public Price lockHandOver(Lock lock, int contenders) {
      return what == FREE_LOCKS ? Price.FREE : prices.lockHandOver(lock, contenders);
    }

    @Override
    public Price node(double nodesOfWalk, Conditions.Heat heat, Conditions conditions) {
      return what == FREE_WALK ? Price.FREE : prices.node(nodesOfWalk, heat, conditions);
    }

    @Override
    public double nodesOfSamePrice(double nodesOfWalk, Conditions conditions) {
      return prices.nodesOfSamePrice(nodesOfWalk, conditions);
    }

    @Override
    public Price writeBack(Event event, long executed, long interrupts, Conditions conditions) {
      return what == FREE_CACHE
          ? Price.FREE
          : prices.writeBack(event, executed, interrupts, conditions);
    }
  }
}
