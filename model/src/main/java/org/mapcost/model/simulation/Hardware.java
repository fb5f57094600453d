package org.mapcost.model.simulation;

import java.util.EnumMap;
import java.util.Map;
import org.mapcost.model.cost.Lock;

/// What the engine knows of a machine.
///
/// @param cpus logical CPUs
/// @param cpusPerSocket how many of them are in one socket; they are numbered socket by socket
/// @param handOvers mean nanoseconds from one CPU's release of a lock to the start of the one that
///   spins for it; 0 for locks left out. Of a lock taken for reading: to move its cache line. From
///   near CPUs it takes less, from far ones more, as a line does
/// @param lines what it takes to fetch a cache line from another CPU
/// @param transfersAtFullSpeed how many CPUs of a socket can move memory at their own full speed
///   before they share its bandwidth
/// @param slice how long a task may keep a CPU that others wait for, in nanoseconds; looked at
///   between operations
/// @param othersBusy whether CPUs that no task may use run other work, rather than idle
public record Hardware(
    int cpus,
    int cpusPerSocket,
    Map<Lock, Double> handOvers,
    Lines lines,
    double transfersAtFullSpeed,
    double slice,
    boolean othersBusy) {
  /// Three milliseconds, about what the kernel's fair scheduler grants.
  public static final double USUAL_SLICE = 3e6;

  /// Cache lines fetched from other CPUs, in nanoseconds.
  ///
  /// @param cpusPerCache CPUs that share a last-level cache
  /// @param near from one of those
  /// @param far from another of the socket
  /// @param remote from another socket
  public record Lines(int cpusPerCache, double near, double far, double remote) {
    /// Lines that are there at once.
    public static final Lines FREE = new Lines(1, 0, 0, 0);

    public Lines {
      if (cpusPerCache < 1 || !(near >= 0 && far >= 0 && remote >= 0)) {
        throw new IllegalArgumentException("times are zero or more");
      }
    }
  }

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
    return new Hardware(cpus, cpus, Map.of(), Lines.FREE, cpus, Double.POSITIVE_INFINITY, false);
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

  /// A cache line from one CPU to another, in nanoseconds.
  double line(int from, int to) {
    if (from / lines.cpusPerCache == to / lines.cpusPerCache) {
      return lines.near;
    }
    return socketOf(from) == socketOf(to) ? lines.far : lines.remote;
  }

  /// The same over the mean of all CPUs of the machine; 1 where lines cost nothing.
  double relativeLine(int from, int to) {
    double caches = Math.max(1, (double) cpusPerSocket / lines.cpusPerCache);
    double inSocket = (lines.near + (caches - 1) * lines.far) / caches;
    double mean = (inSocket + (sockets() - 1) * lines.remote) / sockets();
    return mean == 0 ? 1 : line(from, to) / mean;
  }
}
