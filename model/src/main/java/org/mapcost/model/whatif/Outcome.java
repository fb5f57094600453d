package org.mapcost.model.whatif;

import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.pat.CacheMode;

/// What a strategy answers at one point: what a buffer costs, or why it does not serve.
public sealed interface Outcome {
  /// What a buffer costs.
  ///
  /// @param load the driver's load, once
  /// @param first the first buffer from its allocation to its end, the load left out
  /// @param later an equal buffer after it
  /// @param mode the caching mode that the mapping really has; only equal ones compare
  record Cost(Bill load, Bill first, Bill later, CacheMode mode) implements Outcome {}

  /// Two bills that are never added, in nanoseconds.
  ///
  /// @param callerTime what the calling CPU spends or waits
  /// @param stolenTime what other CPUs lose, summed over them
  record Bill(Uncertain callerTime, Uncertain stolenTime) {
    public Interval caller() {
      return callerTime.interval();
    }

    public Interval stolen() {
      return stolenTime.interval();
    }
  }

  /// The strategy does not serve this point.
  record Refused(String reason) implements Outcome {}
}
