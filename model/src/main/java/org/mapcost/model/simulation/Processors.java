package org.mapcost.model.simulation;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.simulation.Cpu.CallStep;
import org.mapcost.model.simulation.Cpu.State;

/// CPUs take up tasks and go through the segments of their operations: what each event means for
/// the CPU it belongs to.
///
/// Of the event list slots 0 to n - 1 belong to the CPUs, the next n to the calls they make, and
/// the next ones to the sockets.
final class Processors {
  private final Hardware hardware;
  private final EventList events;
  private final Cpu[] cpus;
  private final BitSet idle;
  private final Bandwidth[] sockets;
  private final LockQueue[] locks;
  private final Gauge ready;
  private final Gauge alive;

  /// CPUs that have a task.
  private final Gauge busy = new Gauge("the CPUs");

  private final int callSlots;
  private final int socketSlots;
  private double windowStart;
  private long calls;

  Processors(
      Hardware hardware,
      EventList events,
      Cpu[] cpus,
      Bandwidth[] sockets,
      LockQueue[] locks,
      Gauge ready,
      Gauge alive) {
    this.hardware = hardware;
    this.events = events;
    this.cpus = cpus;
    this.sockets = sockets;
    this.locks = locks;
    this.ready = ready;
    this.alive = alive;
    this.callSlots = cpus.length;
    this.socketSlots = 2 * cpus.length;
    this.idle = new BitSet(cpus.length);
    idle.set(0, cpus.length);
  }

  /// From here on it counts.
  void reset(double now) {
    windowStart = now;
    calls = 0;
    busy.reset(now);
  }

  /// Checks the utilisation law over all CPUs: the time in which they were not idle, as their own
  /// books say, is the number of tasks that they took up times how long each kept one. Throws
  /// `IllegalStateException` where it is broken.
  void checkUtilisation(double end) {
    busy.settle(end, windowStart);
    double used = 0;
    for (Cpu cpu : cpus) {
      used += end - windowStart - cpu.spent(State.IDLE);
    }
    if (Math.abs(used - busy.area()) > 1e-6 * Math.max(1, (end - windowStart) * cpus.length)) {
      throw new IllegalStateException(
          "the utilisation law does not hold: CPUs were used for %s ns, tasks had them for %s ns"
              .formatted(used, busy.area()));
    }
  }

  double windowStart() {
    return windowStart;
  }

  /// How often a CPU interrupted others since the last reset.
  long calls() {
    return calls;
  }

  /// A task becomes ready, and gets a CPU where one is idle.
  void wake(Task task) {
    double now = events.now();
    task.readySince = now;
    task.wanted = now;
    task.at = 0;
    task.tape().clear();
    ready.arrive(now);
    int cpu = idleCpu(task);
    if (cpu < 0) {
      task.group.append(task);
    } else {
      dispatch(cpus[cpu], task);
    }
  }

  private int idleCpu(Task task) {
    if (idle.get(task.lastCpu)) {
      return task.lastCpu;
    }
    BitSet of = task.group.cpus;
    for (int cpu = idle.nextSetBit(0); cpu >= 0; cpu = idle.nextSetBit(cpu + 1)) {
      if (of.get(cpu)) {
        return cpu;
      }
    }
    return -1;
  }

  private void dispatch(Cpu cpu, Task task) {
    double now = events.now();
    ready.leave(Math.max(task.readySince, windowStart), now);
    idle.clear(cpu.number);
    cpu.task = task;
    busy.arrive(now);
    cpu.owed = Math.max(0, cpu.handlesUntil - now);
    cpu.become(State.WORK, now);
    task.lastCpu = cpu.number;
    task.onCpuSince = now;
    cpu.taskSince = now;
    advance(cpu, task, now);
  }

  private void release(Cpu cpu, double now) {
    cpu.task = null;
    busy.leave(Math.max(cpu.taskSince, windowStart), now);
    cpu.become(State.IDLE, now);
    idle.set(cpu.number);
    CpuGroup longest = null;
    for (CpuGroup group : cpu.groups) {
      Task head = group.head();
      if (head != null && (longest == null || head.readySince < headSince(longest))) {
        longest = group;
      }
    }
    if (longest != null) {
      dispatch(cpu, longest.removeHead());
    }
  }

  private static double headSince(CpuGroup group) {
    Task head = group.head();
    return head == null ? Double.POSITIVE_INFINITY : head.readySince;
  }

  private static boolean isAwaited(Cpu cpu) {
    for (CpuGroup group : cpu.groups) {
      if (group.head() != null) {
        return true;
      }
    }
    return false;
  }

  // A CPU goes through its task's segments.

  private void advance(Cpu cpu, Task task, double now) {
    while (true) {
      Tape tape = task.tape();
      if (task.at == tape.size()) {
        if (!nextOperation(cpu, task, now)) {
          return;
        }
        continue;
      }
      int at = task.at++;
      double value = tape.value(at);
      switch (tape.kind(at)) {
        case WORK -> {
          occupy(cpu, State.WORK, now + value);
          return;
        }
        case TRANSFER -> {
          cpu.become(State.WORK, now);
          Bandwidth socket = sockets[cpu.socket];
          socket.begin(cpu.number, value, now);
          events.schedule(socketSlots + cpu.socket, Math.max(now, socket.nextEnd()));
          return;
        }
        case ENTER -> {
          double ready = locks[(int) value].enter(cpu.number, now);
          if (ready == Double.POSITIVE_INFINITY) {
            cpu.become(State.SPIN, now);
            cpu.spinsSince = now;
            return;
          }
          if (ready > now) {
            occupy(cpu, State.SPIN, ready);
            return;
          }
        }
        case LEAVE -> leave(cpu, locks[(int) value], now);
        case ENTER_SHARED -> {
          cpu.spinsSince = now;
          double ready = locks[(int) value].enterShared(cpu.number, now);
          if (ready > now) {
            occupy(cpu, State.SPIN, ready);
            return;
          }
        }
        case LEAVE_SHARED -> {
          double came = Math.max(cpu.spinsSince, windowStart);
          double ready = locks[(int) value].leaveShared(cpu.number, came, now);
          if (ready > now) {
            occupy(cpu, State.SPIN, ready);
            return;
          }
        }
        case CALL -> {
          Call call = tape.callAt(at);
          cpu.step = CallStep.SEND;
          occupy(cpu, State.WORK, now + call.send());
          return;
        }
      }
    }
  }

  /// Whether the CPU goes on with the task.
  private boolean nextOperation(Cpu cpu, Task task, double now) {
    if (task.tape().size() > 0) {
      task.client.done(task, task.wanted, now);
      task.wanted = now;
      if (now - task.onCpuSince >= hardware.slice() && isAwaited(cpu)) {
        task.tape().clear();
        task.at = 0;
        task.readySince = now;
        ready.arrive(now);
        task.group.append(task);
        release(cpu, now);
        return false;
      }
    }
    task.tape().clear();
    task.at = 0;
    switch (task.client.next(task, now)) {
      case RUN -> {
        return true;
      }
      case SLEEP -> events.schedule(task.slot, now + task.sleep());
      case END -> {
        task.alive = false;
        alive.leave(Math.max(task.started, windowStart), now);
      }
    }
    release(cpu, now);
    return false;
  }

  private void occupy(Cpu cpu, State state, double until) {
    if (cpu.state != state) {
      cpu.become(state, events.now());
    }
    events.schedule(cpu.number, until);
  }

  /// What a CPU was at is done.
  void cpuDone(Cpu cpu, double now) {
    if (cpu.owed > 0) {
      double owed = cpu.owed;
      cpu.owed = 0;
      occupy(cpu, State.STOLEN, now + owed);
      return;
    }
    if (cpu.step != CallStep.NONE) {
      callStepDone(cpu, now);
    } else if (cpu.handlesUntil > now && cpu.state == State.SPIN) {
      events.schedule(cpu.number, cpu.handlesUntil);
    } else {
      advance(cpu, taskOf(cpu), now);
    }
  }

  private static Task taskOf(Cpu cpu) {
    @Nullable Task task = cpu.task;
    if (task == null) {
      throw new IllegalStateException("CPU " + cpu.number + " has no task");
    }
    return task;
  }

  /// The next transfer of a socket is done.
  void transferDone(int socket, double now) {
    Cpu cpu = cpus[sockets[socket].end(now)];
    double next = sockets[socket].nextEnd();
    if (next < Double.POSITIVE_INFINITY) {
      events.schedule(socketSlots + socket, Math.max(now, next));
    }
    cpuDone(cpu, now);
  }

  private void leave(Cpu cpu, LockQueue lock, double now) {
    int next = lock.leave(cpu.number, now, windowStart);
    if (next >= 0) {
      Cpu taker = cpus[next];
      lock.waiting.leave(Math.max(taker.spinsSince, windowStart), now);
      events.schedule(next, Math.max(now + lock.handOver(cpu.number, next), taker.handlesUntil));
    }
  }

  // One CPU calls others.

  private static Call callOf(Cpu cpu) {
    Task task = taskOf(cpu);
    return task.tape().callAt(task.at - 1);
  }

  private void callStepDone(Cpu cpu, double now) {
    Call call = callOf(cpu);
    switch (cpu.step) {
      case SEND -> {
        cpu.arrived = false;
        cpu.answered = false;
        events.schedule(callSlots + cpu.number, now + call.delivery());
        if (call.concurrent()) {
          cpu.step = CallStep.LOCAL;
          occupy(cpu, State.WORK, now + call.local());
        } else {
          cpu.step = CallStep.REMOTE;
          cpu.become(State.WAIT, now);
        }
      }
      case LOCAL -> {
        if (cpu.answered) {
          callDone(cpu, now);
        } else {
          cpu.step = CallStep.REMOTE;
          cpu.become(State.WAIT, now);
        }
      }
      case REMOTE -> callDone(cpu, now);
      case NONE -> throw new IllegalStateException("CPU " + cpu.number + " calls nobody");
    }
  }

  private void callDone(Cpu cpu, double now) {
    if (cpu.handlesUntil > now) {
      cpu.step = CallStep.REMOTE;
      if (cpu.state != State.WAIT) {
        cpu.become(State.WAIT, now);
      }
      events.schedule(cpu.number, cpu.handlesUntil);
      return;
    }
    cpu.step = CallStep.NONE;
    advance(cpu, taskOf(cpu), now);
  }

  /// The interrupts arrive, or the caller sees that all are done.
  void callEvent(Cpu caller, double now) {
    Call call = callOf(caller);
    if (!caller.arrived) {
      caller.arrived = true;
      double slowest = now;
      int targets = Math.min(call.targets(), cpus.length - 1);
      for (int i = 1; i <= targets; i++) {
        Cpu target = cpus[(caller.number + i) % cpus.length];
        slowest = Math.max(slowest, target.interrupt(now, call.running(), call.idle()));
      }
      calls++;
      events.schedule(callSlots + caller.number, slowest + call.acknowledge());
      return;
    }
    caller.answered = true;
    if (caller.step == CallStep.REMOTE) {
      if (call.concurrent()) {
        callDone(caller, now);
      } else {
        caller.step = CallStep.LOCAL;
        occupy(caller, State.WORK, now + call.local());
      }
    }
  }
}
