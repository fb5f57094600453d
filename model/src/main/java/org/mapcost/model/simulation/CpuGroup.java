package org.mapcost.model.simulation;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// CPUs on which some tasks may run, and those of the tasks that wait for one of them, first come
/// first served.
public final class CpuGroup {
  final BitSet cpus;
  private @Nullable Task head;
  private @Nullable Task tail;

  CpuGroup(BitSet cpus) {
    this.cpus = cpus;
  }

  int first() {
    return cpus.nextSetBit(0);
  }

  @Nullable Task head() {
    return head;
  }

  void append(Task task) {
    task.behind = null;
    if (tail == null) {
      head = task;
    } else {
      tail.behind = task;
    }
    tail = task;
  }

  Task removeHead() {
    Task task = head;
    if (task == null) {
      throw new IllegalStateException("nobody waits for these CPUs");
    }
    head = task.behind;
    if (head == null) {
      tail = null;
    }
    task.behind = null;
    return task;
  }
}
