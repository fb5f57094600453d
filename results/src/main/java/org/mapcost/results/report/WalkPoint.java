package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.Statistics;

/// What was measured of one search of a tree: the walk, or the pointer chase over the same nodes.
///
/// @param chase whether it is the chase
/// @param visited nodes visited by one operation
/// @param footprint bytes of these nodes
/// @param nanoseconds of one operation, the median of the forks
/// @param interval the same with its interval; empty for a single fork
record WalkPoint(
    boolean chase,
    String tree,
    String target,
    String behaviour,
    double visited,
    double footprint,
    double nanoseconds,
    Optional<Interval> interval,
    Measurement measurement) {
  private static final String BENCHMARK = "ResourceWalkBenchmark.";
  private static final String NANOSECONDS = "ns/op";

  /// A node of the kernel's tree and of the model's (`struct resource`), in bytes.
  private static final double NODE = 64;

  /// Every point of a run that has a time and a count.
  static List<WalkPoint> of(List<Measurement> measurements) {
    List<WalkPoint> points = new ArrayList<>();
    for (Measurement each : measurements) {
      String name = each.shortName();
      boolean walk = name.equals(BENCHMARK + "walk");
      boolean chase = name.equals(BENCHMARK + "chase");
      OptionalDouble visited = secondary(each, "visited");
      OptionalDouble nanoseconds = Statistics.best(each.forks());
      if ((walk || chase)
          && each.unit().equals(NANOSECONDS)
          && visited.orElse(0) > 0
          && Arrays.stream(Statistics.forkMedians(each.forks())).allMatch(time -> time > 0)
          && nanoseconds.isPresent()) {
        points.add(
            new WalkPoint(
                chase,
                parameter(each, "tree"),
                parameter(each, "target"),
                parameter(each, "behaviour"),
                visited.getAsDouble(),
                secondary(each, "footprintBytes").orElse(NODE * visited.getAsDouble()),
                nanoseconds.getAsDouble(),
                Statistics.median(each.forks()),
                each));
      }
    }
    return points;
  }

  /// Nanoseconds of one node; without a fork to compare, an exact-looking number has no width.
  Interval perNode() {
    return drawn().times(1 / visited);
  }

  /// The interval, or the bare number where a single fork gives none.
  Interval drawn() {
    return interval.orElse(Interval.exactly(nanoseconds));
  }

  int forks() {
    return Statistics.forkMedians(measurement.forks()).length;
  }

  /// Which nodes are visited: the same for a walk and the chase beside it.
  List<String> nodes() {
    return List.of(tree, target, behaviour);
  }

  /// How many times the chase's time; empty where either has a single fork.
  Optional<Interval> ratio(WalkPoint floor) {
    return Statistics.ratio(measurement.forks(), floor.measurement.forks());
  }

  private static OptionalDouble secondary(Measurement measurement, String name) {
    return Statistics.best(measurement.secondary().getOrDefault(name, List.of()));
  }

  private static String parameter(Measurement measurement, String name) {
    Map<String, String> params = measurement.params();
    return params.getOrDefault(name, "not named");
  }
}
