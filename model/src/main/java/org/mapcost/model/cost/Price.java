package org.mapcost.model.cost;

/// What something costs: two bills that are never added, and what they rest on.
///
/// @param caller nanoseconds the calling CPU spends or waits
/// @param stolen nanoseconds of work that other CPUs lose, summed over them
/// @param provenance where the figures come from
public record Price(Interval caller, Interval stolen, Provenance provenance) {
  public static final Price FREE = new Price(Interval.ZERO, Interval.ZERO, Provenance.NOTHING);

  public Price {
    if (caller.low() < 0 || stolen.low() < 0) {
      throw new IllegalArgumentException("a price is zero or more: " + caller + ", " + stolen);
    }
  }

  /// A price that only the caller pays.
  public static Price ofCaller(Interval caller, Provenance provenance) {
    return new Price(caller, Interval.ZERO, provenance);
  }

  public Price plus(Price other) {
    return new Price(
        caller.plus(other.caller), stolen.plus(other.stolen), provenance.and(other.provenance));
  }

  /// The same `count` times, zero or more.
  public Price times(long count) {
    return count == 0
        ? FREE
        : new Price(caller.times((double) count), stolen.times((double) count), provenance);
  }
}
