package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mapcost.model.cost.Interval;

/// What a visited node costs while the visited nodes lie in one level of cache: from every walk of
/// that footprint and the chase beside it.
///
/// Best is the median of the points; low and high are the lowest and the highest end of any, so the
/// interval holds all of them.
///
/// @param points walks that have a chase beside them
/// @param forks of the point that has fewest
/// @param walk nanoseconds of one node in a walk
/// @param chase nanoseconds of one node in the pointer chase
/// @param ratio walk by chase; empty where a point has a single fork
record NodePrice(int points, int forks, Interval walk, Interval chase, Optional<Interval> ratio) {
  /// The price at every level for which there is a walk with its chase.
  static Map<Caches.Level, NodePrice> of(List<WalkPoint> points, Caches caches) {
    Map<List<String>, WalkPoint> chases = new HashMap<>();
    points.stream()
        .filter(WalkPoint::chase)
        .forEach(each -> chases.putIfAbsent(each.nodes(), each));
    Map<Caches.Level, List<Pair>> pairs = new EnumMap<>(Caches.Level.class);
    for (WalkPoint walk : points) {
      WalkPoint floor = chases.get(walk.nodes());
      if (!walk.chase() && floor != null) {
        caches
            .holding(walk.footprint())
            .ifPresent(level ->
                pairs.computeIfAbsent(level, _ -> new ArrayList<>()).add(new Pair(walk, floor)));
      }
    }
    Map<Caches.Level, NodePrice> prices = new EnumMap<>(Caches.Level.class);
    pairs.forEach((level, at) -> prices.put(level, NodePrice.of(at)));
    return prices;
  }

  private record Pair(WalkPoint walk, WalkPoint floor) {
    int forks() {
      return Math.min(walk.forks(), floor.forks());
    }
  }

  private static NodePrice of(List<Pair> pairs) {
    int forks = pairs.stream().mapToInt(Pair::forks).min().orElseThrow();
    Optional<Interval> ratio =
        forks < 2
            ? Optional.empty()
            : Optional.of(around(pairs, pair -> pair.walk.ratio(pair.floor).orElseThrow()));
    return new NodePrice(
        pairs.size(),
        forks,
        around(pairs, pair -> pair.walk.perNode()),
        around(pairs, pair -> pair.floor.perNode()),
        ratio);
  }

  private static Interval around(List<Pair> pairs, Function<Pair, Interval> value) {
    List<Interval> values = pairs.stream().map(value).toList();
    double[] best = values.stream().mapToDouble(Interval::best).sorted().toArray();
    int half = best.length / 2;
    double middle = best.length % 2 == 1 ? best[half] : (best[half - 1] + best[half]) / 2;
    return new Interval(
        values.stream().mapToDouble(Interval::low).min().orElseThrow(),
        middle,
        values.stream().mapToDouble(Interval::high).max().orElseThrow());
  }
}
