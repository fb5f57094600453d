package org.mapcost.model.whatif;

import java.util.Arrays;
import java.util.Locale;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Uncertain;

/// Which bill of a [Outcome.Cost] a question is about. Caller time and stolen time are never added.
public enum Measure {
  /// What the caller waits for the first buffer, from its allocation to its end.
  FIRST("the first buffer"),
  /// What the caller waits for a later, equal buffer: direct-map splits are done, the pool is
  /// filled.
  LATER("a later buffer"),
  /// What the driver's load costs its caller, once.
  LOAD("the driver's load"),
  /// What other CPUs lose for the first buffer.
  STOLEN("the first buffer, stolen from other CPUs"),
  /// What other CPUs lose for a later buffer.
  STOLEN_LATER("a later buffer, stolen from other CPUs");

  private final String words;

  Measure(String words) {
    this.words = words;
  }

  /// `first`, `later`, ...
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What it is, in words.
  public String words() {
    return words;
  }

  /// The bill it is in.
  public Outcome.Bill bill(Outcome.Cost cost) {
    return switch (this) {
      case FIRST, STOLEN -> cost.first();
      case LATER, STOLEN_LATER -> cost.later();
      case LOAD -> cost.load();
    };
  }

  /// The time in nanoseconds.
  public Uncertain time(Outcome.Cost cost) {
    return switch (this) {
      case FIRST, LATER, LOAD -> bill(cost).callerTime();
      case STOLEN, STOLEN_LATER -> bill(cost).stolenTime();
    };
  }

  public static Measure ofKey(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown("measure", key, Arrays.stream(values()).map(Measure::key).toList()));
  }
}
