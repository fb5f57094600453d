package org.mapcost.results.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;

/// Ledgers side by side, event by event, with what the first of them costs.
final class Itemised {
  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
  private final Map<String, Price> prices = new HashMap<>();
  private final boolean priced;

  /// @param estimate the price of the first ledger
  Itemised(Optional<Estimate> estimate) {
    priced = estimate.isPresent();
    estimate.ifPresent(of -> prices.putAll(of.byMechanism()));
  }

  /// Adds a column of counts.
  Itemised column(String name, Ledger ledger) {
    ledgers.put(name, ledger);
    return this;
  }

  /// One row for each event that occurred and, with prices, for each lock that was taken.
  Table table() {
    List<String> columns = new ArrayList<>(List.of("event"));
    columns.addAll(ledgers.keySet());
    if (priced) {
      columns.addAll(List.of("caller", "stolen from others"));
    }
    Table table = new Table(columns.toArray(String[]::new));
    for (Event event : Event.values()) {
      row(table, event.key(), ledger -> ledger.total(event));
    }
    if (priced) {
      for (Lock lock : Lock.values()) {
        row(table, lock.key(), ledger -> taken(ledger, lock));
      }
    }
    return table;
  }

  private static long taken(Ledger ledger, Lock lock) {
    return Arrays.stream(Phase.values()).mapToLong(phase -> ledger.taken(phase, lock)).sum();
  }

  private void row(Table table, String name, ToLongFunction<Ledger> count) {
    long[] counts = ledgers.values().stream().mapToLong(count).toArray();
    if (LongStream.of(counts).allMatch(each -> each == 0)) {
      return;
    }
    List<Object> cells = new ArrayList<>(List.of(name));
    LongStream.of(counts).forEach(cells::add);
    if (priced) {
      Price price = prices.get(name);
      if (price == null) {
        String why = counts[0] > 0 && isPartOfRound(name) ? "in the round" : "0";
        cells.addAll(List.of(why, why));
      } else {
        cells.addAll(List.of(Bill.time(price.caller()), Bill.time(price.stolen())));
      }
    }
    table.row(cells.toArray());
  }

  /// Interrupts and invalidations are priced with the flush that they belong to.
  private static boolean isPartOfRound(String name) {
    return name.equals(Event.IPI.key()) || name.startsWith("tlb_invalidate");
  }
}
