package org.mapcost.model.simulation;

import org.mapcost.model.cost.Lock;

/// One lock and the CPUs that spin for it, first come first served.
///
/// Whoever finds it free has it at once. Handing it to a CPU that spins takes its hand-over time,
/// during which it counts as held. Of a lock that is taken for reading only the cache line is
/// contended: each reader that comes or goes while another is there moves the line to its CPU, one
/// at a time.
final class LockQueue {
  private static final int NOBODY = -1;

  final Lock lock;

  /// Nanoseconds from one CPU's release to the next one's start, or of one move of the line.
  final double handOver;

  final Gauge waiting;
  final Gauge held;
  private final int[] ring;
  private int first;
  private int holder = NOBODY;
  private double heldSince;
  private long contended;
  private double lineWaits;

  // Of the read side.
  private int readers;
  private double lineFreeAt;

  LockQueue(Lock lock, double handOver, int cpus) {
    this.lock = lock;
    this.handOver = handOver;
    this.ring = new int[cpus];
    this.waiting = new Gauge("the queue of " + lock.key());
    this.held = new Gauge("the holder of " + lock.key());
  }

  /// Takes it, or joins the queue; whether it was free.
  boolean enter(int cpu, double now) {
    if (holder == cpu) {
      throw new IllegalStateException("CPU " + cpu + " takes " + lock.key() + " twice");
    }
    if (holder == NOBODY) {
      take(cpu, now);
      return true;
    }
    ring[(first + waiting.inside()) % ring.length] = cpu;
    waiting.arrive(now);
    contended++;
    return false;
  }

  private void take(int cpu, double now) {
    holder = cpu;
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

  /// A reader comes; until when it waits for the line, now where nobody is in the way.
  double enterShared(double now) {
    double ready = touch(now);
    readers++;
    held.arrive(now);
    if (ready > now) {
      contended++;
    }
    return ready;
  }

  /// A reader goes; until when it waits for the line.
  double leaveShared(double came, double now) {
    readers--;
    held.leave(came, now);
    return touch(now);
  }

  private double touch(double now) {
    if (handOver == 0 || (readers == 0 && lineFreeAt <= now)) {
      return now;
    }
    lineFreeAt = Math.max(now, lineFreeAt) + handOver;
    lineWaits += lineFreeAt - now;
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
