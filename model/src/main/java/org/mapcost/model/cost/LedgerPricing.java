package org.mapcost.model.cost;

import java.util.EnumMap;
import java.util.Map;

/// Prices one phase of a ledger: rounds first, then every event that no round explains.
final class LedgerPricing {
  private final PriceList prices;
  private final Ledger ledger;
  private final Phase phase;
  private final Conditions conditions;
  private final Map<Event, Long> insideRounds = new EnumMap<>(Event.class);

  LedgerPricing(PriceList prices, Ledger ledger, Phase phase, Conditions conditions) {
    this.prices = prices;
    this.ledger = ledger;
    this.phase = phase;
    this.conditions = conditions;
  }

  void into(Map<String, Price> bill) {
    rounds(bill);
    for (Event event : Event.values()) {
      bill.merge(event.key(), price(event, outsideRounds(event)), Price::plus);
    }
    for (Lock lock : Lock.values()) {
      long taken = ledger.taken(phase, lock);
      if (taken > 0) {
        bill.put(lock.key(), prices.lock(lock).times(taken));
      }
    }
  }

  private void rounds(Map<String, Price> bill) {
    ledger
        .rounds(phase)
        .forEach((round, times) -> {
          Meter parts = (event, count) -> insideRounds.merge(event, count * times, Long::sum);
          round.count(parts);
          Event group = round.ranged() ? Event.TLB_ROUND_RANGED : Event.TLB_ROUND_FULL;
          bill.merge(group.key(), prices.round(round).times(times), Price::plus);
        });
  }

  private long outsideRounds(Event event) {
    return ledger.count(phase, event) - insideRounds.getOrDefault(event, 0L);
  }

  private Price price(Event event, long count) {
    if (count == 0) {
      return Price.FREE;
    }
    return switch (event) {
      case RESOURCE_NODE_VISIT -> walks(count);
      case CLFLUSH_LINE -> lines(count);
      case WBINVD, WBNOINVD -> prices.writeBack(event, count, interrupts(event), conditions);
      // Interrupts outside a flush round ask for a write-back, which has them in its price.
      case IPI -> Price.FREE;
      default -> prices.event(event, conditions).times(count);
    };
  }

  private Price walks(long visits) {
    long walks = Math.max(1, ledger.count(phase, Event.RESOURCE_WALK));
    long firstWalks = Math.min(walks, Math.max(1, ledger.count(phase, Event.FAULT)));
    return prices.walks(visits, walks, firstWalks, conditions);
  }

  private Price lines(long count) {
    long flushedBefore = ledger.lines(phase, LineState.FLUSHED_BEFORE);
    return prices
        .line(LineState.AS_FOUND, conditions.lines())
        .times(count - flushedBefore)
        .plus(prices.line(LineState.FLUSHED_BEFORE, conditions.lines()).times(flushedBefore));
  }

  /// The interrupts outside any round, shared out among the write-backs that need them.
  private long interrupts(Event event) {
    long ipis = outsideRounds(Event.IPI);
    long wbinvds = ledger.count(phase, Event.WBINVD);
    long wbnoinvds = ledger.count(phase, Event.WBNOINVD);
    long executed = event == Event.WBINVD ? wbinvds : wbnoinvds;
    return ipis * executed / Math.max(1, wbinvds + wbnoinvds);
  }
}
