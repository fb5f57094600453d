package org.mapcost.model.simulation;

import java.util.List;
import java.util.Map;
import org.mapcost.model.cost.Ledger;

/// What one run of a workload showed.
///
/// @param seed from which everything random followed
/// @param end which end of the prices it worked with
/// @param stop why it ended
/// @param usage how CPUs and locks spent the observed time
/// @param first operations that split large pages of the direct map, from the beginning on: each
///   happens once
/// @param steady all others of the observed time
/// @param counts the events of the observed time
/// @param levels what the page pool held, over the whole run
/// @param events how many the engine handled
public record SimulationResult(
    long seed,
    PriceEnd end,
    Stop stop,
    Usage usage,
    Map<OperationKind, Latency> first,
    Map<OperationKind, Latency> steady,
    Ledger counts,
    List<PoolLevel> levels,
    long events) {
  public SimulationResult {
    levels = List.copyOf(levels);
  }

  /// Why a run ended.
  public enum Stop {
    /// The mean latency of the most frequent operation was known well enough.
    PRECISION,
    /// Its time was over.
    TIME,
    /// Nothing was left to do.
    NOTHING_LEFT
  }

  /// What the page pool held at one moment.
  ///
  /// @param at nanoseconds from the beginning
  /// @param pages what the pool held
  public record PoolLevel(double at, long pages) {}

  /// How often a kind of operation ended in a second of the observed time.
  public double perSecond(OperationKind kind) {
    Latency latency = steady.get(kind);
    return latency == null || usage.length() == 0 ? 0 : latency.count() * 1e9 / usage.length();
  }
}
