package org.mapcost.model.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.simulation.Cpu.State;

/// Runs tasks on CPUs: one event after the other, in the order of time.
///
/// A task keeps its CPU while it has operations to run; where others wait for the CPU it is their
/// turn after [Hardware#slice]. Waiting for a lock or for other CPUs keeps the CPU busy. In steady
/// state nothing is allocated for an event. Not safe for use by several threads.
public final class Engine {
  private final EventList events;
  private final Cpu[] cpus;
  private final Bandwidth[] sockets;
  private final LockQueue[] locks = new LockQueue[Lock.values().length];
  private final Processors processors;
  private final List<CpuGroup> groups = new ArrayList<>();

  /// What happens at a slot behind those of CPUs, calls and sockets: a [Task] wakes, or a [Timer]
  /// fires.
  private final List<Object> sleepers = new ArrayList<>();

  private final int callSlots;
  private final int socketSlots;
  private final int sleeperSlots;
  private final Gauge ready = new Gauge("the run queues");
  private final Gauge alive = new Gauge("the tasks");
  private long handled;

  /// @param hardware the CPUs
  /// @param cpuSets one set for every group of tasks, by [#group]
  public Engine(Hardware hardware, List<BitSet> cpuSets) {
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
    sockets = new Bandwidth[hardware.sockets()];
    for (int i = 0; i < sockets.length; i++) {
      sockets[i] = new Bandwidth(count, hardware.transfersAtFullSpeed());
    }
    for (Lock lock : Lock.values()) {
      locks[lock.ordinal()] = new LockQueue(lock, hardware);
    }
    processors = new Processors(hardware, events, cpus, sockets, locks, ready, alive);
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
    processors.wake(task);
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
      processors.cpuDone(cpus[slot], now);
    } else if (slot < socketSlots) {
      processors.callEvent(cpus[slot - callSlots], now);
    } else if (slot < sleeperSlots) {
      processors.transferDone(slot - socketSlots, now);
    } else {
      switch (sleepers.get(slot - sleeperSlots)) {
        case Task task -> processors.wake(task);
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

  /// Forgets what was counted so far: from here on it counts.
  public void reset() {
    double windowStart = events.now();
    processors.reset(windowStart);
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
  /// Checks that each CPU's time is accounted for to the last nanosecond; the utilisation law for
  /// the CPUs; and Little's law for them, the run queues, the tasks, and the holders and the queue
  /// of every lock (of a holder, who is alone, it is the lock's utilisation law). Throws
  /// `IllegalStateException` where one is broken.
  public Usage usage(double end) {
    if (end < events.now() || end > events.nextTime()) {
      throw new IllegalArgumentException("the books are closed at a moment of no event");
    }
    double windowStart = processors.windowStart();
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
    processors.checkUtilisation(end);
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
        processors.calls(),
        length == 0 ? 0 : transferring / length,
        ready.left() == 0 ? 0 : ready.stays() / ready.left(),
        length == 0 ? 0 : alive.area() / length);
  }
}
