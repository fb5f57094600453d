package org.mapcost.model.simulation;

import java.util.Arrays;
import org.mapcost.model.cost.Lock;

/// The segments of one operation, in order. Can be used again; it then allocates nothing for as
/// many segments as before.
public final class Tape {
  /// What a CPU does in a segment.
  enum Kind {
    /// Works by itself for some nanoseconds.
    WORK,
    /// Moves memory: the time that takes alone, longer where others use the bandwidth.
    TRANSFER,
    /// Takes a lock, and spins until it has it.
    ENTER,
    /// Drops it.
    LEAVE,
    /// Takes the read side of a lock: only the lock's cache line is contended.
    ENTER_SHARED,
    /// Drops the read side.
    LEAVE_SHARED,
    /// Interrupts other CPUs and waits for the slowest.
    CALL
  }

  private static final Kind[] KINDS = Kind.values();

  private byte[] kinds = new byte[16];
  private double[] values = new double[16];
  private int size;
  private Call[] calls = new Call[4];
  private int callCount;

  /// The number of segments.
  public int size() {
    return size;
  }

  /// Forgets every segment.
  public void clear() {
    size = 0;
    callCount = 0;
  }

  /// Work of a CPU, in nanoseconds; joined to that before it.
  public Tape work(double ns) {
    if (!(ns >= 0)) {
      throw new IllegalArgumentException("work takes zero or more nanoseconds, not " + ns);
    }
    if (size > 0 && kinds[size - 1] == (byte) Kind.WORK.ordinal()) {
      values[size - 1] += ns;
    } else if (ns > 0) {
      add(Kind.WORK, ns);
    }
    return this;
  }

  /// Memory moved, in the nanoseconds it takes alone; joined to that before it.
  public Tape transfer(double ns) {
    if (!(ns >= 0)) {
      throw new IllegalArgumentException("a transfer takes zero or more nanoseconds, not " + ns);
    }
    if (size > 0 && kinds[size - 1] == (byte) Kind.TRANSFER.ordinal()) {
      values[size - 1] += ns;
    } else if (ns > 0) {
      add(Kind.TRANSFER, ns);
    }
    return this;
  }

  /// The lock is taken here; each CPU takes one only once.
  public Tape enter(Lock lock) {
    return add(Kind.ENTER, lock.ordinal());
  }

  /// And dropped here.
  public Tape leave(Lock lock) {
    return add(Kind.LEAVE, lock.ordinal());
  }

  /// The read side of a lock is taken here.
  public Tape enterShared(Lock lock) {
    return add(Kind.ENTER_SHARED, lock.ordinal());
  }

  /// And dropped here.
  public Tape leaveShared(Lock lock) {
    return add(Kind.LEAVE_SHARED, lock.ordinal());
  }

  /// Other CPUs are interrupted here.
  public Tape call(Call call) {
    if (callCount == calls.length) {
      calls = Arrays.copyOf(calls, 2 * callCount);
    }
    calls[callCount] = call;
    return add(Kind.CALL, callCount++);
  }

  private Tape add(Kind kind, double value) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    kinds[size] = (byte) kind.ordinal();
    values[size++] = value;
    return this;
  }

  Kind kind(int at) {
    return KINDS[kinds[at]];
  }

  /// Nanoseconds of work, or the number of the lock or call.
  double value(int at) {
    return values[at];
  }

  /// Replaces the nanoseconds of a segment of work.
  void value(int at, double ns) {
    values[at] = ns;
  }

  /// Adds a segment of work that is not joined to what is before it; its place.
  int separateWork() {
    add(Kind.WORK, 0);
    return size - 1;
  }

  Call callAt(int at) {
    return calls[(int) values[at]];
  }

  /// What the segments take when nobody is in the way and all other CPUs run, in nanoseconds.
  public double alone() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum +=
          switch (kind(i)) {
            case WORK, TRANSFER -> values[i];
            case CALL -> callAt(i).callerAlone();
            case ENTER, LEAVE, ENTER_SHARED, LEAVE_SHARED -> 0;
          };
    }
    return sum;
  }
}
