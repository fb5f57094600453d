package org.mapcost.benchmarks.mechanism;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.benchmarks.profile.Counts;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;

/// What one thread's operations did, and what a kernel would have paid for them.
///
/// Operations repeat after a period. Set-up runs one period and prices each operation by itself;
/// the measured loop only charges the ledger and counts operations. Exported per operation, as
/// secondary results: `callerNs` and `stolenNs`, each with its `Low` and `High` end, and every
/// event of [Event] that occurs in a period, by its key.
final class ModelledCost {
  private final Ledger ledger = new Ledger();
  private final Set<Event> events = EnumSet.noneOf(Event.class);
  private Price mean = Price.FREE;
  private double period = 1;
  private long operations;

  /// Where the operations charge what they do.
  Ledger meter() {
    return ledger;
  }

  /// To be called at the end of every operation.
  void done() {
    operations++;
  }

  /// Runs and prices one period of operations, which must have reached their steady state, and
  /// exports the results. The ledger is empty afterwards.
  void price(int operationsOfPeriod, Runnable operation, PriceList prices, Conditions conditions) {
    Price sum = Price.FREE;
    for (int i = 0; i < operationsOfPeriod; i++) {
      ledger.clear();
      operation.run();
      sum = sum.plus(prices.price(ledger, conditions).total());
      for (Event event : Event.values()) {
        if (ledger.total(event) > 0) {
          events.add(event);
        }
      }
    }
    mean = sum;
    period = operationsOfPeriod;
    clear();
    export();
  }

  /// Forgets what was counted, not the price.
  void clear() {
    ledger.clear();
    operations = 0;
  }

  private void export() {
    Counts.open("callerNs", "ns/op", () -> total(mean.caller().best()));
    Counts.open("callerNsLow", "ns/op", () -> total(mean.caller().low()));
    Counts.open("callerNsHigh", "ns/op", () -> total(mean.caller().high()));
    Counts.open("stolenNs", "ns/op", () -> total(mean.stolen().best()));
    Counts.open("stolenNsLow", "ns/op", () -> total(mean.stolen().low()));
    Counts.open("stolenNsHigh", "ns/op", () -> total(mean.stolen().high()));
    for (Event event : events) {
      Counts.open(event.key(), "#/op", () -> ledger.total(event));
    }
  }

  private long total(double ofPeriod) {
    return Math.round(ofPeriod / period * operations);
  }

  /// The price of a period of operations.
  Price ofPeriod() {
    return mean;
  }

  /// The events that occur in a period.
  Set<Event> events() {
    return events;
  }

  /// The operations since [#price].
  long operations() {
    return operations;
  }
}
