package org.mapcost.model.strategy;

import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;

/// Counts everything twice: for the whole buffer and for one of its mappings.
record Both(Meter one, Meter other) implements Meter {
  @Override
  public void add(Event event, long count) {
    one.add(event, count);
    other.add(event, count);
  }

  @Override
  public void round(FlushRound round) {
    one.round(round);
    other.round(round);
  }

  @Override
  public void flushLines(LineState state, long lines) {
    one.flushLines(state, lines);
    other.flushLines(state, lines);
  }

  @Override
  public void enter(Lock lock) {
    one.enter(lock);
    other.enter(lock);
  }

  @Override
  public void leave(Lock lock) {
    one.leave(lock);
    other.leave(lock);
  }
}
