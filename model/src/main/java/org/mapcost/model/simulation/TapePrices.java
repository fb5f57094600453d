package org.mapcost.model.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.CallTimes;
import org.mapcost.model.machine.price.MachinePrices;

/// One end of a machine's prices, in nanoseconds, looked up without allocation.
final class TapePrices {
  private static final double PAGE_BYTES = 4096;
  private static final int REMEMBERED = 1 << 12;

  private final MachinePrices prices;
  private final Conditions conditions;
  private final PriceEnd end;
  private final int cpus;
  private final double[] events = new double[Event.values().length];
  private final double[] locks = new double[Lock.values().length];
  private final double[] lines = new double[LineState.values().length];
  private final Map<FlushRound, Call> calls = new HashMap<>();
  private final Map<FlushRound, Double> alone = new HashMap<>();

  // The answers for walks, by the three numbers that the price depends on.
  private final long[] visits = new long[REMEMBERED];
  private final long[] walks = new long[REMEMBERED];
  private final long[] firstWalks = new long[REMEMBERED];
  private final double[] walkPrices = new double[REMEMBERED];

  /// @param cpus how many CPUs there are for a flush to reach
  TapePrices(MachinePrices prices, Conditions conditions, PriceEnd end, int cpus) {
    this.prices = prices;
    this.conditions = conditions;
    this.end = end;
    this.cpus = cpus;
    for (Event event : Event.values()) {
      if (!PriceList.PARTS_OF_ROUNDS.contains(event)) {
        events[event.ordinal()] = caller(prices.event(event, conditions));
      }
    }
    for (Lock lock : Lock.values()) {
      locks[lock.ordinal()] = caller(prices.lock(lock));
    }
    for (LineState state : LineState.values()) {
      lines[state.ordinal()] = caller(prices.line(state, conditions.lines()));
    }
  }

  private double caller(Price price) {
    return end.of(price.caller());
  }

  double event(Event event) {
    return events[event.ordinal()];
  }

  double lock(Lock lock) {
    return locks[lock.ordinal()];
  }

  double line(LineState state) {
    return lines[state.ordinal()];
  }

  /// Whether flushing such lines writes to memory.
  boolean writes(LineState state) {
    return state == LineState.AS_FOUND && conditions.lines().dirty() > 0;
  }

  /// All walks of one operation together.
  double walks(long visited, long walked, long first) {
    int at = (int) ((visited * 31 + walked) * 31 + first) & (REMEMBERED - 1);
    if (visits[at] != visited || walks[at] != walked || firstWalks[at] != first) {
      walkPrices[at] = caller(prices.walks(visited, walked, first, conditions));
      visits[at] = visited;
      walks[at] = walked;
      firstWalks[at] = first;
    }
    return walkPrices[at];
  }

  /// A round that interrupts nobody.
  double alone(FlushRound round) {
    return alone.computeIfAbsent(round, each -> caller(prices.round(each)));
  }

  /// A round that interrupts others.
  Call call(FlushRound round) {
    return calls.computeIfAbsent(round, this::asCall);
  }

  private Call asCall(FlushRound round) {
    CallTimes times = CallTimes.of(prices.platform(), round);
    boolean all = round.interrupted() >= cpus - 1;
    return new Call(
        end.of(times.send()),
        end.of(times.delivery()),
        end.of(times.running()),
        end.of(times.idle()),
        end.of(times.acknowledge()),
        end.of(times.local()),
        times.concurrent(),
        all ? Call.EVERY_OTHER : round.interrupted());
  }

  /// All caches of `executed` CPUs written back.
  ///
  /// @param interrupts how many of them are interrupted for this alone
  Call writeBack(Event event, long executed, long interrupts) {
    Price price = prices.writeBack(event, executed, interrupts, conditions);
    double waits = caller(price);
    double each = end.of(price.stolen()) / (executed - 1);
    return new Call(0, 0, each, each, Math.max(0, waits - each), waits, true, Call.EVERY_OTHER);
  }

  /// Nanoseconds from one CPU's release of a lock to the next one's start; of `resource_lock` for
  /// one move of its line, of which a reader causes two.
  ///
  /// @param contenders how many CPUs may want it
  static Map<Lock, Double> handOvers(MachinePrices prices, PriceEnd end, int contenders) {
    Map<Lock, Double> handOvers = new EnumMap<>(Lock.class);
    for (Lock lock : Lock.values()) {
      double ns = end.of(prices.lockHandOver(lock, contenders).caller());
      handOvers.put(lock, lock == Lock.RESOURCE_LOCK ? ns / 2 : ns);
    }
    return handOvers;
  }

  static Hardware.Lines lines(Machine machine, PriceEnd end) {
    return new Hardware.Lines(
        machine.cpusPerLlc(),
        end.of(machine.nanoseconds(Parameter.LINE_TRANSFER_NEAR)),
        end.of(machine.nanoseconds(Parameter.LINE_TRANSFER_FAR)),
        end.of(machine.nanoseconds(Parameter.LINE_TRANSFER_REMOTE)));
  }

  /// How many CPUs of a socket write at their full speed before they share its bandwidth.
  static double transfersAtFullSpeed(Machine machine, PriceEnd end) {
    double socket = end.of(machine.interval(Parameter.SOCKET_WRITE_BANDWIDTH));
    double core = PAGE_BYTES * 1e9 / end.of(machine.nanoseconds(Parameter.PAGE_CLEAR));
    return Math.max(1, socket / core);
  }
}
