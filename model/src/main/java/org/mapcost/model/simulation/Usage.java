package org.mapcost.model.simulation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.mapcost.model.cost.Lock;

/// How CPUs and locks spent a stretch of time, in nanoseconds.
///
/// @param length how long it was
/// @param cpus by number
/// @param locks those that were taken
/// @param calls how often a CPU interrupted others
/// @param bandwidth share of the memory bandwidth that transfers used, 0 to 1, over all sockets
/// @param meanRunQueueWait how long a task that was ready waited for a CPU, those that found one at
///   once included
/// @param meanTasks how many tasks were alive on average, asleep or not
public record Usage(
    double length,
    List<OfCpu> cpus,
    Map<Lock, OfLock> locks,
    long calls,
    double bandwidth,
    double meanRunQueueWait,
    double meanTasks) {
  public Usage {
    cpus = List.copyOf(cpus);
    Map<Lock, OfLock> copy = new EnumMap<>(Lock.class);
    copy.putAll(locks);
    locks = Collections.unmodifiableMap(copy);
  }

  /// One CPU. The first five add up to the length.
  ///
  /// @param work at work for tasks
  /// @param spin spinning for locks
  /// @param waiting for CPUs it called
  /// @param stolen making up for interrupts that others' calls caused
  /// @param idle without a task
  /// @param interrupts how many arrived
  /// @param handled time in their handlers, whatever the CPU did meanwhile
  /// @param lost the part of that while a task had the CPU, or other work
  public record OfCpu(
      double work,
      double spin,
      double waiting,
      double stolen,
      double idle,
      long interrupts,
      double handled,
      double lost) {}

  /// One lock.
  ///
  /// @param taken how often
  /// @param contended how often not at once
  /// @param waited spinning for it, over all CPUs
  /// @param held how long somebody held it, hand-over included; of a lock taken for reading, summed
  ///   over the readers
  /// @param longestQueue the most CPUs that waited at once
  public record OfLock(long taken, long contended, double waited, double held, int longestQueue) {
    /// How long one waited on average, those that had it at once included.
    public double meanWait() {
      return taken == 0 ? 0 : waited / taken;
    }
  }

  /// One kind of time over all CPUs.
  public double sum(ToDoubleFunction<OfCpu> kind) {
    return cpus.stream().mapToDouble(kind).sum();
  }

  /// The share of the time in which tasks had CPUs that went into spinning, 0 to 1.
  public double spinShare() {
    double busy = length * cpus.size() - sum(OfCpu::idle);
    return busy == 0 ? 0 : sum(OfCpu::spin) / busy;
  }
}
