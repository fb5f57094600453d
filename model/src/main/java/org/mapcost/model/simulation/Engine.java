package org.mapcost.model.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.simulation.Cpu.CallStep;
import org.mapcost.model.simulation.Cpu.State;

/// Runs tasks on CPUs: one event after the other, in the order of time.
///
/// A task keeps its CPU while it has operations to run; where others wait for the CPU it is their
/// turn after [Hardware#slice]. Waiting for a lock or for other CPUs keeps the CPU busy. In steady
/// state nothing is allocated for an event. Not safe for use by several threads.
public final class Engine {
  private final Hardware hardware;
  private final EventList events;
  private final Cpu[] cpus;
  private final BitSet idle;
  private final Bandwidth[] sockets;
  private final LockQueue[] locks = new LockQueue[Lock.values().length];
  private final List<CpuGroup> groups = new ArrayList<>();

  /// What happens at a slot behind those of CPUs, calls and sockets: a [Task] wakes, or a [Timer]
  /// fires.
  private final List<Object> sleepers = new ArrayList<>();

  private final int callSlots;
  private final int socketSlots;
  private final int sleeperSlots;
  private final Gauge ready = new Gauge("the run queues");
  private final Gauge alive = new Gauge("the tasks");
  private double windowStart;
  private long handled;
  private long calls;

  /// @param hardware the CPUs
  /// @param cpuSets one set for every group of tasks, by [#group]
  public Engine(Hardware hardware, List<BitSet> cpuSets) {
    this.hardware = hardware;
    int count = hardware.cpus();
    callSlots = count;
    socketSlots = 2 * count;
    sleeperSlots = socketSlots + hardware.sockets();
    events = new EventList(sleeperSlots);
    for (BitSet set : cpuSets) {
      if (set.isEmpty() || set.length() > count) {
        throw new IllegalArgumentException("CPUs " + set + " of " + count);
      }
      groups.add(new CpuGroup((BitSet) set.clone()));
    }
    cpus = new Cpu[count];
    for (int i = 0; i < count; i++) {
      int number = i;
      CpuGroup[] of =
          groups.stream().filter(group -> group.cpus.get(number)).toArray(CpuGroup[]::new);
      cpus[i] = new Cpu(i, hardware.socketOf(i), of, hardware.othersBusy() && of.length == 0);
    }
    idle = new BitSet(count);
    idle.set(0, count);
    sockets = new Bandwidth[hardware.sockets()];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new Bandwidth(count, hardware.transfersAtFullSpeed());
    }
    for (Lock lock : Lock.values()) {
      locks[lock.ordinal()] = new LockQueue(lock, hardware);
    }
  }

  /// The CPUs of the set given with that number.
  public CpuGroup group(int number) {
    return groups.get(number);
  }

  /// A new task that does nothing until it is started.
  public Task task(CpuGroup group, Client client) {
    Task task = new Task(events.addSlot(), group, client);
    sleepers.add(task);
    return task;
  }

  /// Starts a task now, and counts it among those alive until it ends.
  public void start(Task task) {
    if (task.alive) {
      throw new IllegalStateException("the task is started already");
    }
    task.alive = true;
    task.started = events.now();
    alive.arrive(events.now());
    wake(task);
  }

  /// From here on every CPU runs work of somebody else whenever it has no task.
  void keepBusy() {
    for (Cpu cpu : cpus) {
      cpu.busyElsewhere = true;
    }
  }

  /// A timer that fires first at `when`.
  public void timer(double when, Timer timer) {
    int slot = events.addSlot();
    sleepers.add(timer);
    events.schedule(slot, when);
  }

  public double now() {
    return events.now();
  }

  /// Events handled so far.
  public long handled() {
    return handled;
  }

  /// Runs until the next event would be later than `end`; whether there is one.
  public boolean runUntil(double end) {
    while (events.nextTime() <= end) {
      step();
    }
    return events.size() > 0;
  }

  /// Handles one event.
  public void step() {
    int slot = events.next();
    handled++;
    double now = events.now();
    if (slot < callSlots) {
      cpuDone(cpus[slot], now);
    } else if (slot < socketSlots) {
      callEvent(cpus[slot - callSlots], now);
    } else if (slot < sleeperSlots) {
      transferDone(slot - socketSlots, now);
    } else {
      switch (sleepers.get(slot - sleeperSlots)) {
        case Task task -> wake(task);
        case Timer timer -> {
          double next = timer.fire(now);
          if (next < Double.POSITIVE_INFINITY) {
            events.schedule(slot, next);
          }
        }
        default -> throw new IllegalStateException("nobody sleeps at slot " + slot);
      }
    }
  }

  // Tasks get CPUs.

  private void wake(Task task) {
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
    cpu.owed = Math.max(0, cpu.handlesUntil - now);
    cpu.become(State.WORK, now);
    task.lastCpu = cpu.number;
    task.onCpuSince = now;
    advance(cpu, task, now);
  }

  private void release(Cpu cpu, double now) {
    cpu.task = null;
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
          busy(cpu, State.WORK, now + value);
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
            busy(cpu, State.SPIN, ready);
            return;
          }
        }
        case LEAVE -> leave(cpu, locks[(int) value], now);
        case ENTER_SHARED -> {
          cpu.spinsSince = now;
          double ready = locks[(int) value].enterShared(cpu.number, now);
          if (ready > now) {
            busy(cpu, State.SPIN, ready);
            return;
          }
        }
        case LEAVE_SHARED -> {
          double came = Math.max(cpu.spinsSince, windowStart);
          double ready = locks[(int) value].leaveShared(cpu.number, came, now);
          if (ready > now) {
            busy(cpu, State.SPIN, ready);
            return;
          }
        }
        case CALL -> {
          Call call = tape.callAt(at);
          cpu.step = CallStep.SEND;
          busy(cpu, State.WORK, now + call.send());
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

  private void busy(Cpu cpu, State state, double until) {
    if (cpu.state != state) {
      cpu.become(state, events.now());
    }
    events.schedule(cpu.number, until);
  }

  private void cpuDone(Cpu cpu, double now) {
    if (cpu.owed > 0) {
      double owed = cpu.owed;
      cpu.owed = 0;
      busy(cpu, State.STOLEN, now + owed);
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

  private void transferDone(int socket, double now) {
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
          busy(cpu, State.WORK, now + call.local());
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
  private void callEvent(Cpu caller, double now) {
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
        busy(caller, State.WORK, now + call.local());
      }
    }
  }

  // Books.

  /// Forgets what was counted so far: from here on it counts.
  public void reset() {
    windowStart = events.now();
    calls = 0;
    for (Cpu cpu : cpus) {
      cpu.reset(windowStart);
    }
    for (LockQueue lock : locks) {
      lock.reset(windowStart);
    }
    for (Bandwidth socket : sockets) {
      socket.reset(windowStart);
    }
    ready.reset(windowStart);
    alive.reset(windowStart);
  }

  /// What was counted from the last [#reset] to `end`, which is now or before the next event.
  ///
  /// Checks that each CPU's time is accounted for to the last nanosecond, the utilisation law and
  /// Little's law for every lock, the run queues and the tasks; throws `IllegalStateException`
  /// where one is broken.
  public Usage usage(double end) {
    if (end < events.now() || end > events.nextTime()) {
      throw new IllegalArgumentException("the books are closed at a moment of no event");
    }
    double length = end - windowStart;
    List<Usage.OfCpu> ofCpus = new ArrayList<>();
    for (Cpu cpu : cpus) {
      cpu.settle(end, windowStart);
      ofCpus.add(
          new Usage.OfCpu(
              cpu.spent(State.WORK),
              cpu.spent(State.SPIN),
              cpu.spent(State.WAIT),
              cpu.spent(State.STOLEN),
              cpu.spent(State.IDLE),
              cpu.interrupts(),
              cpu.handled(),
              cpu.lost()));
    }
    Map<Lock, Usage.OfLock> ofLocks = new EnumMap<>(Lock.class);
    for (LockQueue lock : locks) {
      lock.settle(end, windowStart);
      if (lock.held.arrived() > 0) {
        ofLocks.put(lock.lock, lock.usage());
      }
    }
    ready.settle(end, windowStart);
    alive.settle(end, windowStart);
    double transferring = 0;
    for (Bandwidth socket : sockets) {
      transferring += socket.busy(end) / sockets.length;
    }
    return new Usage(
        length,
        ofCpus,
        ofLocks,
        calls,
        length == 0 ? 0 : transferring / length,
        ready.left() == 0 ? 0 : ready.stays() / ready.left(),
        length == 0 ? 0 : alive.area() / length);
  }
}
