package org.mapcost.model.cost;

/// Who counts. A mechanism tells its meter what it did; it never learns what that costs.
@FunctionalInterface
public interface Meter {
  /// Counts nothing.
  Meter NONE = (event, count) -> {};

  /// Adds `count` (zero or more) occurrences of an event.
  void add(Event event, long count);

  /// Adds one occurrence.
  default void add(Event event) {
    add(event, 1);
  }

  /// Counts a TLB flush as one thing.
  default void round(FlushRound round) {
    round.count(this);
  }

  /// Counts cache lines flushed one by one.
  default void flushLines(LineState state, long lines) {
    add(Event.CLFLUSH_LINE, lines);
  }

  /// The caller takes a lock that other CPUs may hold.
  default void enter(Lock lock) {}

  /// The caller drops it.
  default void leave(Lock lock) {}
}
