package org.mapcost.model.simulation;

import org.jspecify.annotations.Nullable;

/// One thread of execution: it runs operations on a CPU of its group, or sleeps.
public final class Task {
  final int slot;
  final CpuGroup group;
  final Client client;
  private final Tape tape = new Tape();

  /// The next segment.
  int at;

  /// When it asked for the operation it runs.
  double wanted;

  /// When it last became ready, and how often it may still go on before others have a turn.
  double readySince;

  double onCpuSince;
  double started;
  boolean alive;
  int lastCpu;
  @Nullable Task behind;
  private double sleep;

  Task(int slot, CpuGroup group, Client client) {
    this.slot = slot;
    this.group = group;
    this.client = client;
    this.lastCpu = group.first();
  }

  /// The operation it runs.
  public Tape tape() {
    return tape;
  }

  /// Sets how long it sleeps next, in nanoseconds.
  public void sleep(double ns) {
    if (!(ns >= 0)) {
      throw new IllegalArgumentException("a sleep takes zero or more nanoseconds, not " + ns);
    }
    sleep = ns;
  }

  double sleep() {
    return sleep;
  }
}
