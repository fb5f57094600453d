package org.mapcost.model.simulation;

import java.util.Arrays;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;

/// Writes what a strategy charges on a tape, in order and priced, and passes it on to a ledger.
///
/// Walks are priced together when the operation ends, as a ledger prices them, and shared out among
/// their segments by the nodes each visited. The lock of a page table is nobody else's here: its
/// cost is work.
public final class TapeMeter implements Meter {
  private final TapePrices prices;
  private final Ledger ledger;
  private Tape tape = new Tape();
  private int[] visitSegments = new int[16];
  private long[] visitCounts = new long[16];
  private int visitSize;
  private long visits;
  private long walks;
  private long faults;
  private long calledFor;
  private boolean split;

  /// @param ledger keeps the counts of all operations together
  TapeMeter(TapePrices prices, Ledger ledger) {
    this.prices = prices;
    this.ledger = ledger;
  }

  /// From here on everything belongs to a new operation.
  void begin(Tape onto) {
    tape = onto;
    visitSize = 0;
    visits = 0;
    walks = 0;
    faults = 0;
    calledFor = 0;
    split = false;
  }

  /// The operation is complete; whether it split a large page of the direct map.
  boolean end() {
    if (visits > 0) {
      long walked = Math.max(1, walks);
      double all = prices.walks(visits, walked, Math.min(walked, Math.max(1, faults)));
      for (int i = 0; i < visitSize; i++) {
        int at = visitSegments[i];
        tape.value(at, tape.value(at) + all * visitCounts[i] / visits);
      }
    }
    return split;
  }

  @Override
  public void add(Event event, long count) {
    ledger.add(event, count);
    if (count == 0) {
      return;
    }
    switch (event) {
      case RESOURCE_NODE_VISIT -> visited(count);
      case RESOURCE_WALK -> {
        walks += count;
        tape.work(prices.event(event) * count);
      }
      case FAULT -> {
        faults += count;
        tape.work(prices.event(event) * count);
      }
      case DIRECT_MAP_SPLIT -> {
        split = true;
        tape.work(prices.event(event) * count);
      }
      case PAGE_CLEAR, PAGE_COPY -> tape.transfer(prices.event(event) * count);
      case IPI -> calledFor += count;
      case WBINVD, WBNOINVD -> {
        if (count == 1) {
          tape.work(prices.event(event));
        } else {
          tape.call(prices.writeBack(event, count, calledFor));
        }
        calledFor = 0;
      }
      default -> tape.work(prices.event(event) * count);
    }
  }

  private void visited(long count) {
    if (visitSize == visitSegments.length) {
      visitSegments = Arrays.copyOf(visitSegments, 2 * visitSize);
      visitCounts = Arrays.copyOf(visitCounts, 2 * visitSize);
    }
    visitSegments[visitSize] = tape.separateWork();
    visitCounts[visitSize++] = count;
    visits += count;
  }

  @Override
  public void round(FlushRound round) {
    ledger.round(round);
    if (round.interrupted() == 0) {
      tape.work(prices.alone(round));
    } else {
      tape.call(prices.call(round));
    }
  }

  @Override
  public void flushLines(LineState state, long lines) {
    ledger.flushLines(state, lines);
    double ns = prices.line(state) * lines;
    if (prices.writes(state)) {
      tape.transfer(ns);
    } else {
      tape.work(ns);
    }
  }

  @Override
  public void enter(Lock lock) {
    ledger.enter(lock);
    switch (lock) {
      case RESOURCE_LOCK -> tape.enterShared(lock).work(prices.lock(lock));
      case PTE_LOCK -> tape.work(prices.lock(lock));
      case MEMTYPE_LOCK, CPA_LOCK, PGD_LOCK, POOL_LOCK, SHRINKER_LOCK ->
          tape.enter(lock).work(prices.lock(lock));
    }
  }

  @Override
  public void leave(Lock lock) {
    switch (lock) {
      case RESOURCE_LOCK -> tape.leaveShared(lock);
      case PTE_LOCK -> {
        // Taken as work.
      }
      case MEMTYPE_LOCK, CPA_LOCK, PGD_LOCK, POOL_LOCK, SHRINKER_LOCK -> tape.leave(lock);
    }
  }
}
