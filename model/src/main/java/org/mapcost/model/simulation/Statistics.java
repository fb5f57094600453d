package org.mapcost.model.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mapcost.model.cost.Ledger;

/// What a run gathers beside the engine's books: latencies, counts and the level of the pool.
final class Statistics {
  final Ledger ledger = new Ledger();
  private final Map<OperationKind, Latency> first = new EnumMap<>(OperationKind.class);
  private final Map<OperationKind, Latency> steady = new EnumMap<>(OperationKind.class);
  private final List<SimulationResult.PoolLevel> levels = new ArrayList<>();
  private double windowStart;

  Statistics() {
    for (OperationKind kind : OperationKind.values()) {
      first.put(kind, new Latency());
      steady.put(kind, new Latency());
    }
  }

  /// @param split whether the operation split a large page of the direct map, which is never undone
  void done(OperationKind kind, boolean split, double ns) {
    of(kind, split).add(ns);
  }

  private Latency of(OperationKind kind, boolean split) {
    return java.util.Objects.requireNonNull((split ? first : steady).get(kind));
  }

  void level(double now, long pages) {
    levels.add(new SimulationResult.PoolLevel(now, pages));
  }

  /// Observation begins: what happened so far is forgotten, except first uses, which never come
  /// again, and the level of the pool.
  void observe(double now) {
    windowStart = now;
    ledger.clear();
    steady.forEach((kind, latency) -> {
      if (kind != OperationKind.LOAD) {
        latency.reset();
      }
    });
  }

  double windowStart() {
    return windowStart;
  }

  /// The kind that occurred most often.
  Latency principal() {
    return steady.values().stream().reduce((a, b) -> b.count() > a.count() ? b : a).orElseThrow();
  }

  Map<OperationKind, Latency> first() {
    return occurred(first);
  }

  Map<OperationKind, Latency> steady() {
    return occurred(steady);
  }

  private static Map<OperationKind, Latency> occurred(Map<OperationKind, Latency> of) {
    Map<OperationKind, Latency> those = new EnumMap<>(OperationKind.class);
    of.forEach((kind, latency) -> {
      if (latency.count() > 0) {
        those.put(kind, latency);
      }
    });
    return those;
  }

  List<SimulationResult.PoolLevel> levels() {
    return levels;
  }
}
