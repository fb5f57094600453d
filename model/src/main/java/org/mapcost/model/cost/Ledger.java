package org.mapcost.model.cost;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The exact counts of one scenario, per phase. Counting allocates nothing.
///
/// Not safe for use by several threads.
public final class Ledger implements Meter {
  private static final int EVENTS = Event.values().length;

  private final long[][] counts = new long[Phase.values().length][EVENTS];
  private final long[][] lines = new long[Phase.values().length][LineState.values().length];
  private final long[][] locks = new long[Phase.values().length][Lock.values().length];
  private final Map<Phase, Map<FlushRound, Long>> rounds = new EnumMap<>(Phase.class);
  private Phase phase = Phase.TOUCH;

  public Ledger() {
    for (Phase each : Phase.values()) {
      rounds.put(each, new LinkedHashMap<>());
    }
  }

  /// From here on counts go to `phase`. A new ledger starts in [Phase#TOUCH].
  public void enter(Phase phase) {
    this.phase = phase;
  }

  @Override
  public void add(Event event, long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count only grows: " + count + " " + event.key());
    }
    counts[phase.ordinal()][event.ordinal()] += count;
  }

  @Override
  public void round(FlushRound round) {
    round.count(this);
    Objects.requireNonNull(rounds.get(phase)).merge(round, 1L, Long::sum);
  }

  @Override
  public void flushLines(LineState state, long flushed) {
    add(Event.CLFLUSH_LINE, flushed);
    lines[phase.ordinal()][state.ordinal()] += flushed;
  }

  @Override
  public void enter(Lock lock) {
    locks[phase.ordinal()][lock.ordinal()]++;
  }

  /// The flushes of a phase, each with how often it occurred.
  public Map<FlushRound, Long> rounds(Phase of) {
    return Collections.unmodifiableMap(Objects.requireNonNull(rounds.get(of)));
  }

  /// How many lines in a state a phase flushed.
  public long lines(Phase of, LineState state) {
    return lines[of.ordinal()][state.ordinal()];
  }

  /// How often a phase took a lock.
  public long taken(Phase of, Lock lock) {
    return locks[of.ordinal()][lock.ordinal()];
  }

  /// How often an event occurred in a phase.
  public long count(Phase phase, Event event) {
    return counts[phase.ordinal()][event.ordinal()];
  }

  /// How often an event occurred in all phases.
  public long total(Event event) {
    long total = 0;
    for (long[] of : counts) {
      total += of[event.ordinal()];
    }
    return total;
  }

  /// The events of a phase that occurred, by JSON key, in the order of [Event].
  public Map<String, Long> counts(Phase phase) {
    Map<String, Long> nonZero = new LinkedHashMap<>();
    for (Event event : Event.values()) {
      if (count(phase, event) != 0) {
        nonZero.put(event.key(), count(phase, event));
      }
    }
    return nonZero;
  }

  /// The events of all phases together that occurred.
  public Map<String, Long> totals() {
    Map<String, Long> nonZero = new LinkedHashMap<>();
    for (Event event : Event.values()) {
      if (total(event) != 0) {
        nonZero.put(event.key(), total(event));
      }
    }
    return nonZero;
  }

  /// [#counts] of every phase, in the order of life.
  public Map<Phase, Map<String, Long>> phases() {
    Map<Phase, Map<String, Long>> phases = new EnumMap<>(Phase.class);
    for (Phase each : Phase.values()) {
      phases.put(each, counts(each));
    }
    return phases;
  }

  /// Forgets every count; the phase stays.
  public void clear() {
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(counts[i], 0);
      Arrays.fill(lines[i], 0);
      Arrays.fill(locks[i], 0);
    }
    rounds.values().forEach(Map::clear);
  }
}
