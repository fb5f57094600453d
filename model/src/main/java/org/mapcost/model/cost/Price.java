package org.mapcost.model.cost;

/// What something costs: two bills that are never added, and what they rest on.
///
/// @param callerTime nanoseconds the calling CPU spends or waits
/// @param stolenTime nanoseconds of work that other CPUs lose, summed over them
/// @param provenance where the figures come from
public record Price(Uncertain callerTime, Uncertain stolenTime, Provenance provenance) {
  public static final Price FREE = new Price(Uncertain.ZERO, Uncertain.ZERO, Provenance.NOTHING);

  /// The input of every bill that is given by its ends alone: those err together.
  private static final String ENDS = "ends";

  public Price {
    if (callerTime.interval().low() < 0 || stolenTime.interval().low() < 0) {
      throw new IllegalArgumentException(
          "a price is zero or more: " + callerTime + ", " + stolenTime);
    }
  }

  /// A price that is known by its ends, not by its inputs. Ends of such prices add up.
  public Price(Interval caller, Interval stolen, Provenance provenance) {
    this(Uncertain.input(ENDS, caller), Uncertain.input(ENDS, stolen), provenance);
  }

  /// A price that only the caller pays.
  public static Price ofCaller(Uncertain caller, Provenance provenance) {
    return new Price(caller, Uncertain.ZERO, provenance);
  }

  /// The caller's bill in nanoseconds; its ends are put together as [Uncertain] describes.
  public Interval caller() {
    return callerTime.interval();
  }

  /// The others' bill in nanoseconds.
  public Interval stolen() {
    return stolenTime.interval();
  }

  public Price plus(Price other) {
    return new Price(
        callerTime.plus(other.callerTime),
        stolenTime.plus(other.stolenTime),
        provenance.and(other.provenance));
  }

  /// The same `count` times, zero or more.
  public Price times(long count) {
    return count == 0
        ? FREE
        : new Price(callerTime.times((double) count), stolenTime.times((double) count), provenance);
  }
}
