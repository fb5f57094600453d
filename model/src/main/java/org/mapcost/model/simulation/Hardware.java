package org.mapcost.model.simulation;

import java.util.EnumMap;
import java.util.Map;
import org.mapcost.model.cost.Lock;

/// What the engine knows of a machine.
///
/// @param cpus logical CPUs
/// @param cpusPerSocket how many of them are in one socket; they are numbered socket by socket
/// @param handOvers nanoseconds from one CPU's release of a lock to the start of the one that spins
///   for it; 0 for locks left out. Of a lock taken for reading: to move its cache line
/// @param transfersAtFullSpeed how many CPUs of a socket can move memory at their own full speed
///   before they share its bandwidth
/// @param slice how long a task may keep a CPU that others wait for, in nanoseconds; looked at
///   between operations
/// @param othersBusy whether CPUs that no task may use run other work, rather than idle
public record Hardware(
    int cpus,
    int cpusPerSocket,
    Map<Lock, Double> handOvers,
    double transfersAtFullSpeed,
    double slice,
    boolean othersBusy) {
  /// Three milliseconds, about what the kernel's fair scheduler grants.
  public static final double USUAL_SLICE = 3e6;

  public Hardware {
    if (cpus < 1 || cpusPerSocket < 1) {
      throw new IllegalArgumentException(
          "at least one CPU: %d, %d a socket".formatted(cpus, cpusPerSocket));
    }
    Map<Lock, Double> copy = new EnumMap<>(Lock.class);
    copy.putAll(handOvers);
    handOvers = java.util.Collections.unmodifiableMap(copy);
    if (handOvers.values().stream().anyMatch(ns -> !(ns >= 0)) || !(slice >= 0)) {
      throw new IllegalArgumentException("times are zero or more");
    }
    if (!(transfersAtFullSpeed > 0)) {
      throw new IllegalArgumentException("there is some bandwidth, not " + transfersAtFullSpeed);
    }
  }

  /// CPUs without any cost of their own, for theory: free hand-over, bandwidth without limit, and
  /// tasks that keep their CPU.
  public static Hardware ideal(int cpus) {
    return new Hardware(cpus, cpus, Map.of(), cpus, Double.POSITIVE_INFINITY, false);
  }

  int sockets() {
    return (cpus + cpusPerSocket - 1) / cpusPerSocket;
  }

  int socketOf(int cpu) {
    return cpu / cpusPerSocket;
  }

  double handOver(Lock lock) {
    return handOvers.getOrDefault(lock, 0.0);
  }
}
