package org.mapcost.model.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One CPU: what it does now, and what it did since the last reset, in nanoseconds.
final class Cpu {
  /// How its time is spent.
  enum State {
    IDLE,
    /// Runs a task's work.
    WORK,
    /// Spins for a lock, or for its cache line.
    SPIN,
    /// Waits for other CPUs that it called.
    WAIT,
    /// Makes up for the time that other CPUs' calls took from a task.
    STOLEN
  }

  private static final State[] STATES = State.values();

  /// Which step of a call its caller is in.
  enum CallStep {
    NONE,
    SEND,
    /// Its own share, beside the others' or after them.
    LOCAL,
    /// Done itself; others are not.
    REMOTE
  }

  final int number;
  final int socket;
  final CpuGroup[] groups;
  @Nullable Task task;

  /// When it took the task up.
  double taskSince;

  State state = State.IDLE;
  CallStep step = CallStep.NONE;

  /// Whether its interrupts have arrived at the CPUs it called.
  boolean arrived;

  /// Whether these are done.
  boolean answered;

  /// Until when it handles interrupts.
  double handlesUntil;

  /// Handler time that the work it does now must still make up for.
  double owed;

  /// When it asked for the lock it spins for.
  double spinsSince;

  /// Whether it runs work of somebody else, whenever it has no task.
  boolean busyElsewhere;

  private double since;
  private final double[] spent = new double[STATES.length];
  private long interrupts;
  private double handled;
  private double lost;

  Cpu(int number, int socket, CpuGroup[] groups, boolean busyElsewhere) {
    this.busyElsewhere = busyElsewhere;
    this.number = number;
    this.socket = socket;
    this.groups = groups;
  }

  void become(State next, double now) {
    spent[state.ordinal()] += now - since;
    since = now;
    state = next;
  }

  /// An interrupt arrives; when its handler is done.
  ///
  /// @param running how long it takes a CPU that runs
  /// @param idle how long one that sleeps
  double interrupt(double now, double running, double idle) {
    boolean runs = state != State.IDLE || busyElsewhere;
    boolean asleep = !runs && handlesUntil <= now;
    double takes = asleep ? idle : running;
    handlesUntil = Math.max(now, handlesUntil) + takes;
    interrupts++;
    handled += takes;
    if (state == State.WORK || state == State.STOLEN) {
      owed += takes;
    }
    if (runs) {
      lost += takes;
    }
    return handlesUntil;
  }

  void reset(double now) {
    since = now;
    Arrays.fill(spent, 0);
    interrupts = 0;
    handled = 0;
    lost = 0;
  }

  /// Brings its bill up to a moment and checks that no time is missing from it.
  void settle(double now, double from) {
    become(state, now);
    double all = Arrays.stream(spent).sum();
    if (Math.abs(all - (now - from)) > 1e-6 * Math.max(1, now - from)) {
      throw new IllegalStateException(
          "CPU %d accounts for %s of %s ns".formatted(number, all, now - from));
    }
  }

  double spent(State in) {
    return spent[in.ordinal()];
  }

  long interrupts() {
    return interrupts;
  }

  /// Time in handlers, of a sleeping CPU too.
  double handled() {
    return handled;
  }

  /// Time in handlers that came while a task had the CPU: what other CPUs' calls took from it, also
  /// where it only spun or waited meanwhile.
  double lost() {
    return lost;
  }
}
