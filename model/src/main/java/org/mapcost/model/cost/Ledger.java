package org.mapcost.model.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

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

  /// What ledgers come to together when each is taken so many times. With the weights `1 - n` and
  /// `n` that is the ledger on the straight line through two, `n` steps from the first.
  ///
  /// Where phases differ in nothing but the numbers of pages that their rounds name, those numbers
  /// are on the line too.
  ///
  /// Throws `IllegalArgumentException` where some count would fall below zero.
  ///
  /// @param plan what a round with a new number of pages really is; a flush of too many pages is
  ///   one of everything
  /// @param weights one for each ledger; they may be negative
  public static Ledger weighted(
      List<Ledger> ledgers, UnaryOperator<FlushRound> plan, long... weights) {
    if (ledgers.size() != weights.length) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + ledgers.size() + " ledgers");
    }
    Ledger sum = new Ledger();
    for (int i = 0; i < weights.length; i++) {
      Ledger each = ledgers.get(i);
      addTo(sum.counts, each.counts, weights[i]);
      addTo(sum.lines, each.lines, weights[i]);
      addTo(sum.locks, each.locks, weights[i]);
    }
    for (Phase each : Phase.values()) {
      sum.weightRounds(
          each, ledgers.stream().map(ledger -> ledger.rounds(each)).toList(), plan, weights);
    }
    sum.check();
    return sum;
  }

  private static void addTo(long[][] sum, long[][] added, long weight) {
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum[i].length; j++) {
        sum[i][j] += added[i][j] * weight;
      }
    }
  }

  private void weightRounds(
      Phase of, List<Map<FlushRound, Long>> each, UnaryOperator<FlushRound> plan, long... weights) {
    Map<FlushRound, Long> all = Objects.requireNonNull(rounds.get(of));
    if (each.stream().allMatch(other -> other.keySet().equals(each.getFirst().keySet()))
        || !differInPagesOnly(each)) {
      for (int i = 0; i < weights.length; i++) {
        long weight = weights[i];
        each.get(i).forEach((round, times) -> all.merge(round, times * weight, Long::sum));
      }
      all.values().removeIf(times -> times == 0);
      return;
    }
    List<Iterator<FlushRound>> next = new ArrayList<>();
    each.forEach(of1 -> next.add(of1.keySet().iterator()));
    each.getFirst()
        .forEach((_, times) -> {
          long pages = 0;
          FlushRound last = null;
          for (int i = 0; i < weights.length; i++) {
            last = next.get(i).next();
            pages += last.pages() * weights[i];
          }
          FlushRound counted = Objects.requireNonNull(last).ofPages(pages);
          FlushRound planned = plan.apply(counted);
          if (!planned.equals(counted)) {
            recount(of, counted, -times);
            recount(of, planned, times);
          }
          all.merge(planned, times, Long::sum);
        });
  }

  private void recount(Phase of, FlushRound round, long times) {
    Meter into = (event, count) -> counts[of.ordinal()][event.ordinal()] += count * times;
    round.count(into);
  }

  private static boolean differInPagesOnly(List<Map<FlushRound, Long>> each) {
    List<FlushRound> first = withoutPages(each.getFirst());
    return each.stream()
        .allMatch(other ->
            withoutPages(other).equals(first)
                && List.copyOf(other.values()).equals(List.copyOf(each.getFirst().values())));
  }

  private static List<FlushRound> withoutPages(Map<FlushRound, Long> rounds) {
    return rounds.keySet().stream()
        .map(round -> round.ranged() ? round.ofPages(1) : round)
        .toList();
  }

  private void check() {
    for (long[][] table : List.of(counts, lines, locks)) {
      for (long[] row : table) {
        for (long count : row) {
          checkCount(count);
        }
      }
    }
    rounds.values().forEach(all -> all.values().forEach(Ledger::checkCount));
  }

  private static void checkCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count is zero or more, not " + count);
    }
  }

  /// Whether another ledger holds the same counts, rounds, lines and locks in every phase.
  public boolean sameCounts(Ledger other) {
    return Arrays.deepEquals(counts, other.counts)
        && Arrays.deepEquals(lines, other.lines)
        && Arrays.deepEquals(locks, other.locks)
        && rounds.equals(other.rounds);
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
