package org.mapcost.model.machine.price;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;

/// A price with its working.
///
/// @param price the price
/// @param formula how it is put together, in the names of `terms`
/// @param terms the parts in nanoseconds, and consequences that are in no bill (their names end in
///   "afterwards")
public record Quote(Price price, String formula, Map<String, Interval> terms) {
  public Quote {
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
  }
}
