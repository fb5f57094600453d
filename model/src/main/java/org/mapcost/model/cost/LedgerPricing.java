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

  void into(PriceList.Items bill) {
    rounds(bill);
    for (Event event : Event.values()) {
      long count = outsideRounds(event);
      if (count > 0) {
        event(event, count, bill);
      }
    }
    for (Lock lock : Lock.values()) {
      long taken = ledger.taken(phase, lock);
      if (taken > 0) {
        bill.item(lock.key(), prices.lock(lock), taken);
      }
    }
  }

  private void rounds(PriceList.Items bill) {
    ledger
        .rounds(phase)
        .forEach((round, times) -> {
          Meter parts = (event, count) -> insideRounds.merge(event, count * times, Long::sum);
          round.count(parts);
          Event group = round.ranged() ? Event.TLB_ROUND_RANGED : Event.TLB_ROUND_FULL;
          bill.item(group.key(), prices.round(round), times);
        });
  }

  private long outsideRounds(Event event) {
    return ledger.count(phase, event) - insideRounds.getOrDefault(event, 0L);
  }

  private void event(Event event, long count, PriceList.Items bill) {
    switch (event) {
      case RESOURCE_NODE_VISIT -> walks(count, bill);
      case CLFLUSH_LINE -> lines(count, bill);
      case WBINVD, WBNOINVD ->
          bill.item(event.key(), prices.writeBack(event, count, interrupts(event), conditions), 1);
      // Interrupts outside a flush round ask for a write-back, which has them in its price.
      case IPI -> {}
      default -> bill.item(event.key(), prices.event(event, conditions), count);
    }
  }

  private void walks(long visits, PriceList.Items bill) {
    long walks = Math.max(1, ledger.count(phase, Event.RESOURCE_WALK));
    long firstWalks = Math.min(walks, Math.max(1, ledger.count(phase, Event.FAULT)));
    double nodes = (double) visits / walks;
    long first = Math.min(visits, Math.round(nodes * firstWalks));
    String key = Event.RESOURCE_NODE_VISIT.key();
    bill.item(key, prices.node(nodes, conditions.firstWalk(), conditions), first);
    bill.item(key, prices.node(nodes, Conditions.Heat.HOT, conditions), visits - first);
  }

  private void lines(long count, PriceList.Items bill) {
    long flushedBefore = ledger.lines(phase, LineState.FLUSHED_BEFORE);
    String key = Event.CLFLUSH_LINE.key();
    bill.item(key, prices.line(LineState.AS_FOUND, conditions.lines()), count - flushedBefore);
    bill.item(key, prices.line(LineState.FLUSHED_BEFORE, conditions.lines()), flushedBefore);
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
