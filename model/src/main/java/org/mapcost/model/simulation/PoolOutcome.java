package org.mapcost.model.simulation;

import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.pool.PoolKind;

/// What a page pool did with a series of requests. Buffers of write-back memory, which no pool
/// keeps, are left out of all but the ledger.
///
/// @param kind which pool
/// @param limit the most pages it keeps, on each node; of the pool up to 5.10 in each of its lists,
///   of none 0
/// @param nodes how many pools of that limit there are
/// @param allocations buffers that got their pages
/// @param whole those for which nothing had to be changed
/// @param pages the pages of all buffers
/// @param found those that had their caching mode already
/// @param changed pages that were changed to their mode, those that a pool fetched ahead included
/// @param conversions the calls that did so (`set_pages_array_wc`, `_uc`)
/// @param changedBack pages that were given back to the system as write-back
/// @param shrinks looks of the shrinker at a pool type
/// @param meanHeld pages kept, on average over time
/// @param mostHeld the most of them
/// @param heldAtEnd those kept when the requests ended
/// @param ledger everything counted: allocations, givings-back and the shrinker's work
public record PoolOutcome(
    PoolKind kind,
    long limit,
    int nodes,
    long allocations,
    long whole,
    long pages,
    long found,
    long changed,
    long conversions,
    long changedBack,
    long shrinks,
    double meanHeld,
    long mostHeld,
    long heldAtEnd,
    Ledger ledger) {
  /// The share of pages that had their caching mode already, 0 to 1.
  public double hitRatio() {
    return pages == 0 ? 0 : (double) found / pages;
  }

  /// What all requests cost together.
  public Price price(PriceList prices, Conditions conditions) {
    return prices.price(ledger, conditions).total();
  }
}
