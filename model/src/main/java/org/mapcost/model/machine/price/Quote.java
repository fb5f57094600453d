package org.mapcost.model.machine.price;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.units.Nanoseconds;

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

  /// The same with a consequence that is in no bill.
  Quote with(String consequence, Price of) {
    Map<String, Interval> more = new LinkedHashMap<>(terms);
    more.put(consequence, of.caller());
    return new Quote(price, formula, more);
  }

  /// The formula with the best value of each term behind its name: `send (3.12 us) + ...`.
  public String formulaWithNumbers() {
    List<String> names =
        terms.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    if (names.isEmpty()) {
      return formula;
    }
    String any = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile("(?<![\\w-])(" + any + ")(?![\\w-])")
        .matcher(formula)
        .replaceAll(match -> {
          Interval ns = Objects.requireNonNull(terms.get(match.group(1)));
          return match.group(1) + " (" + new Nanoseconds(ns.best()) + ")";
        });
  }
}
