package org.mapcost.results.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mapcost.model.iomem.BundledTree;

/// How thoroughly `bench` measures.
public enum Profile {
  /// Under three minutes on two CPUs.
  QUICK(3, 2, 3, List.of("w3", "w2"), List.of("last")),
  /// The same points and one of every other benchmark, with forks and iterations enough to compare
  /// two revisions.
  CI(5, 3, 5, List.of("w3", "w2"), List.of("last")),
  /// Every behaviour and target, and every other benchmark at all its parameters, for publication:
  /// hours.
  FULL(10, 5, 5, List.of("w0", "w1", "w2", "w3"), List.of("first", "middle", "last"));

  private static final long SEED = 20210224;
  private static final Duration ITERATION = Duration.ofMillis(200);
  private static final String WALK = "org.mapcost.benchmarks.mechanism.ResourceWalkBenchmark.";

  /// Node counts whose footprints reach from the first cache to memory.
  private static final List<Integer> SYNTHETIC = List.of(100, 1_000, 10_000, 100_000, 2_000_000);

  private final int forks;
  private final int warmups;
  private final int iterations;
  private final List<String> behaviours;
  private final List<String> targets;

  Profile(int forks, int warmups, int iterations, List<String> behaviours, List<String> targets) {
    this.forks = forks;
    this.warmups = warmups;
    this.iterations = iterations;
    this.behaviours = behaviours;
    this.targets = targets;
  }

  /// As the user types it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Plan plan() {
    return new Plan(
        toString(),
        forks,
        new Plan.Iterations(warmups, ITERATION),
        new Plan.Iterations(iterations, ITERATION),
        SEED,
        points());
  }

  /// The resource walk, and the pointer chase over nodes of the same footprint beside it: on the
  /// bundled trees, and on synthetic ones, where `quick` and `ci` leave it at the behaviour that
  /// visits every node. Beside those the other benchmarks, but for `quick`.
  private List<BenchmarkPoint> points() {
    List<BenchmarkPoint> points = new ArrayList<>();
    for (BundledTree tree : BundledTree.values()) {
      points.addAll(walks(tree.key(), behaviours));
    }
    for (int nodes : SYNTHETIC) {
      points.addAll(walks("synthetic-" + nodes, this == FULL ? behaviours : List.of("w2")));
    }
    if (this != QUICK) {
      points.addAll(Suite.pointsBeside(WALK, this == FULL));
    }
    return points;
  }

  private List<BenchmarkPoint> walks(String tree, List<String> behaviours) {
    return Stream.of("walk", "chase")
        .flatMap(method ->
            behaviours.stream()
                .flatMap(behaviour ->
                    targets.stream().map(target -> point(WALK + method, tree, target, behaviour))))
        .toList();
  }

  private static BenchmarkPoint point(
      String benchmark, String tree, String target, String behaviour) {
    // Sorted, as JMH keeps them.
    return new BenchmarkPoint(
        benchmark, new TreeMap<>(Map.of("tree", tree, "target", target, "behaviour", behaviour)));
  }
}
