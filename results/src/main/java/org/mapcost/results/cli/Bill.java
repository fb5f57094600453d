package org.mapcost.results.cli;

import java.util.Map;
import java.util.Optional;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.units.Nanoseconds;

/// How a price is printed: the same keys in every JSON, the same form in every table.
final class Bill {
  private Bill() {}

  /// Adds `caller_ns`, `stolen_ns` and what they rest on; nothing where nothing was priced.
  static void into(Map<String, Object> json, Optional<Estimate> estimate) {
    estimate.map(Estimate::total).ifPresent(price -> into(json, price));
  }

  /// The same for one price.
  static void into(Map<String, Object> json, Price price) {
    json.put("caller_ns", Json.interval(price.caller()));
    json.put("stolen_ns", Json.interval(price.stolen()));
    json.put("sources", price.provenance().sources());
    json.put("rests_on_none", price.provenance().restsOnNone());
    json.put("unsourced", price.provenance().unsourced());
  }

  /// `[1.20 us 1.50 us 2.00 us]`, or `0` for what is exactly nothing.
  static String time(Interval ns) {
    return ns.equals(Interval.ZERO)
        ? "0"
        : "[%s %s %s]"
            .formatted(
                new Nanoseconds(ns.low()), new Nanoseconds(ns.best()), new Nanoseconds(ns.high()));
  }

  /// Both bills and, where there are any, the values behind them that nobody published.
  static String sentence(Price price) {
    String rests = unsourced(price);
    return "caller "
        + time(price.caller())
        + ", stolen from others "
        + time(price.stolen())
        + "."
        + (rests.isEmpty() ? "" : " " + rests);
  }

  /// Which values nobody published; empty where all have a source.
  static String unsourced(Price price) {
    return price.provenance().restsOnNone()
        ? "Rests on values without a published source, given wide: "
            + String.join(", ", price.provenance().unsourced())
            + "."
        : "";
  }
}
