package org.mapcost.model.cost;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A priced ledger: what each mechanism costs in each phase.
///
/// A mechanism is named by its event (`pat_lookup`), by the round of flushes it belongs to
/// (`tlb_round_full`: local work, interrupts and waiting together) or by its lock (`memtype_lock`).
///
/// @param phases mechanisms with their price, per phase; mechanisms that cost nothing are absent
public record Estimate(Map<Phase, Map<String, Price>> phases) {
  public Estimate {
    Map<Phase, Map<String, Price>> copy = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      copy.put(
          phase,
          Collections.unmodifiableMap(
              new LinkedHashMap<>(phases.getOrDefault(phase, Map.<String, Price>of()))));
    }
    phases = Collections.unmodifiableMap(copy);
  }

  /// The price of one phase.
  public Price phase(Phase phase) {
    return sum(phases.getOrDefault(phase, Map.<String, Price>of()));
  }

  /// The price of all phases together.
  public Price total() {
    return sum(byMechanism());
  }

  /// The price of all phases but one.
  public Price without(Phase phase) {
    Price sum = Price.FREE;
    for (Phase each : Phase.values()) {
      if (each != phase) {
        sum = sum.plus(phase(each));
      }
    }
    return sum;
  }

  /// Mechanisms with their price over all phases.
  public Map<String, Price> byMechanism() {
    Map<String, Price> all = new LinkedHashMap<>();
    phases
        .values()
        .forEach(of -> of.forEach((mechanism, price) -> all.merge(mechanism, price, Price::plus)));
    return all;
  }

  private static Price sum(Map<String, Price> prices) {
    return prices.values().stream().reduce(Price.FREE, Price::plus);
  }
}
