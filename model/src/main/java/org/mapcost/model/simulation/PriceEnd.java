package org.mapcost.model.simulation;

import java.util.Locale;
import org.mapcost.model.cost.Interval;

/// Which end of every price's interval a simulation works with. With all prices at one end at once
/// the result is further out than the interval of a priced ledger, whose errors are independent.
public enum PriceEnd {
  LOW,
  BEST,
  HIGH;

  public double of(Interval interval) {
    return switch (this) {
      case LOW -> interval.low();
      case BEST -> interval.best();
      case HIGH -> interval.high();
    };
  }

  /// `low`, `best`, `high`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
