package org.mapcost.model.simulation;

import org.mapcost.model.cost.Lock;

/// One lock and the CPUs that spin for it, first come first served.
///
/// Whoever finds it free has it as soon as its cache line has come from the CPU that had it last.
/// Handing it to a CPU that spins takes its hand-over time, during which it counts as held. Of a
/// lock that is taken for reading only the cache line is contended: each reader that comes or goes
/// moves the line to its CPU, one at a time.
final class LockQueue {
  private static final int NOBODY = -1;

  final Lock lock;

  /// Mean nanoseconds from one CPU's release to the next one's start, or of one move of the line.
  private final double handOver;

  private final Hardware hardware;
  final Gauge waiting;
  final Gauge held;
  private final int[] ring;
  private int first;
  private int holder = NOBODY;

  /// The CPU that touched the lock's line last.
  private int last = NOBODY;

  private double heldSince;
  private long contended;
  private double lineWaits;

  // Of the read side.
  private double lineFreeAt;

  LockQueue(Lock lock, Hardware hardware) {
    this.lock = lock;
    this.handOver = hardware.handOver(lock);
    this.hardware = hardware;
    this.ring = new int[hardware.cpus()];
    this.waiting = new Gauge("the queue of " + lock.key());
    this.held = new Gauge("the holder of " + lock.key());
  }

  /// Takes it, or joins the queue; when it can go on, infinity where it must wait for its turn.
  double enter(int cpu, double now) {
    if (holder == cpu) {
      throw new IllegalStateException("CPU " + cpu + " takes " + lock.key() + " twice");
    }
    if (holder == NOBODY) {
      double line = last == NOBODY || last == cpu ? 0 : hardware.line(last, cpu);
      lineWaits += line;
      take(cpu, now);
      return now + line;
    }
    ring[(first + waiting.inside()) % ring.length] = cpu;
    waiting.arrive(now);
    contended++;
    return Double.POSITIVE_INFINITY;
  }

  private void take(int cpu, double now) {
    holder = cpu;
    last = cpu;
    heldSince = now;
    held.arrive(now);
  }

  /// Drops it; the CPU that has it next, or -1.
  int leave(int cpu, double now, double windowStart) {
    if (holder != cpu) {
      throw new IllegalStateException("CPU " + cpu + " drops " + lock.key() + ", which it has not");
    }
    held.leave(Math.max(heldSince, windowStart), now);
    holder = NOBODY;
    if (waiting.inside() == 0) {
      return NOBODY;
    }
    int next = ring[first];
    first = (first + 1) % ring.length;
    take(next, now);
    return next;
  }

  /// From one CPU to the next, in nanoseconds.
  double handOver(int from, int to) {
    return handOver * hardware.relativeLine(from, to);
  }

  /// A reader comes; until when it waits for the line, now where it is the CPU's own.
  double enterShared(int cpu, double now) {
    held.arrive(now);
    double ready = touch(cpu, now);
    if (ready > now) {
      contended++;
    }
    return ready;
  }

  /// A reader goes; until when it waits for the line.
  double leaveShared(int cpu, double came, double now) {
    held.leave(came, now);
    return touch(cpu, now);
  }

  private double touch(int cpu, double now) {
    double moved = last == NOBODY || last == cpu ? 0 : handOver(last, cpu);
    if (moved == 0 && lineFreeAt <= now) {
      last = cpu;
      return now;
    }
    lineFreeAt = Math.max(now, lineFreeAt) + moved;
    lineWaits += lineFreeAt - now;
    last = cpu;
    return lineFreeAt;
  }

  void reset(double now) {
    waiting.reset(now);
    held.reset(now);
    contended = 0;
    lineWaits = 0;
  }

  /// Closes the books, and checks the utilisation law and Little's law.
  void settle(double now, double from) {
    waiting.settle(now, from);
    held.settle(now, from);
  }

  Usage.OfLock usage() {
    return new Usage.OfLock(
        held.arrived(), contended, waiting.stays() + lineWaits, held.area(), waiting.most());
  }
}
