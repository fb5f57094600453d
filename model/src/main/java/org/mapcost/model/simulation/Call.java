package org.mapcost.model.simulation;

/// How one CPU makes others work and waits for the slowest of them, in nanoseconds: a flush round,
/// or a write-back of all caches.
///
/// @param send until the last interrupt is on its way
/// @param delivery from then until it arrives
/// @param running what it takes from a CPU that runs: the crossing, the handler and the work
/// @param idle what it takes a CPU that is idle: the wake-up, the handler and the work
/// @param acknowledge until the caller sees that the slowest is done
/// @param local what the caller does itself
/// @param concurrent whether it does so while the others work, rather than afterwards
/// @param targets how many CPUs are interrupted, those that follow the caller; [#EVERY_OTHER] for
///   all
public record Call(
    double send,
    double delivery,
    double running,
    double idle,
    double acknowledge,
    double local,
    boolean concurrent,
    int targets) {
  /// As [#targets]: all CPUs but the caller.
  public static final int EVERY_OTHER = Integer.MAX_VALUE;

  public Call {
    if (!(send >= 0
        && delivery >= 0
        && running >= 0
        && idle >= 0
        && acknowledge >= 0
        && local >= 0)) {
      throw new IllegalArgumentException("the parts of a call take zero or more nanoseconds");
    }
    if (targets < 1) {
      throw new IllegalArgumentException("a call interrupts at least one CPU, not " + targets);
    }
  }

  /// What the caller waits when all others run and nobody else calls them.
  public double callerAlone() {
    double remote = delivery + running + acknowledge;
    return concurrent ? send + Math.max(local, remote) : send + remote + local;
  }
}
