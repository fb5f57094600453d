package org.mapcost.results.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mapcost.model.InputException;
import org.openjdk.jmh.annotations.Mode;

/// What a run measures: the points, and the forks and iterations of each.
///
/// @param profile its name
/// @param forks of every point, one or more; 3 or more give an interval that is of use
/// @param seed of the order of the forks
/// @param effort beyond those forks
public record Plan(
    String profile,
    int forks,
    Iterations warmup,
    Iterations measurement,
    long seed,
    List<BenchmarkPoint> points,
    Effort effort) {
  /// Equal iterations, one after the other.
  public record Iterations(int count, Duration each) {}

  /// How long a point goes on.
  ///
  /// @param precision at which a point is done, see [org.mapcost.results.stats.Precision]; 0: it is
  ///   done after the planned forks
  /// @param mostForks after which a point is done in any case; 0: after the planned ones
  /// @param budget after which no fork is begun
  /// @param mode JMH's mode, such as `sample`, where it is not the benchmark's own
  public record Effort(
      double precision, int mostForks, Optional<Duration> budget, Optional<Mode> mode) {
    /// The planned forks and no more.
    public static final Effort USUAL = new Effort(0, 0, Optional.empty(), Optional.empty());
  }

  public Plan {
    if (forks < 1) {
      throw new IllegalArgumentException("a plan has one fork or more, not " + forks);
    }
    points = List.copyOf(points);
  }

  /// A plan that ends with its forks.
  public Plan(
      String profile,
      int forks,
      Iterations warmup,
      Iterations measurement,
      long seed,
      List<BenchmarkPoint> points) {
    this(profile, forks, warmup, measurement, seed, points, Effort.USUAL);
  }

  /// The forks that no point exceeds.
  public int mostForks() {
    return Math.max(forks, effort.mostForks());
  }

  /// The same with another number of forks, seed and effort.
  public Plan with(int newForks, long newSeed, Effort newEffort) {
    return new Plan(profile, newForks, warmup, measurement, newSeed, points, newEffort);
  }

  /// The points whose full name with parameters contains a match.
  ///
  /// @throws InputException if none does
  public Plan including(Pattern pattern) {
    List<BenchmarkPoint> matching =
        points.stream().filter(each -> pattern.matcher(each.fullName()).find()).toList();
    if (matching.isEmpty()) {
      throw new InputException(
          "no benchmark of profile "
              + profile
              + " matches '"
              + pattern
              + "'; the first of its "
              + points.size()
              + " is: "
              + points.getFirst().fullName()
              + ".");
    }
    return new Plan(profile, forks, warmup, measurement, seed, matching, effort);
  }

  /// The order in which one round runs one fork of every point: shuffled, so that what drifts on
  /// the host falls on all points alike.
  ///
  /// @return indices into [#points]
  List<Integer> order(int round) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + round);
    List<Integer> order = new ArrayList<>(IntStream.range(0, points.size()).boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }
}
