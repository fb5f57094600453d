package org.mapcost.results.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mapcost.model.InputException;

/// What a run measures: the points, and the forks and iterations of each.
///
/// @param profile its name
/// @param forks of every point, one or more; 3 or more give an interval that is of use
/// @param seed of the order of the forks
public record Plan(
    String profile,
    int forks,
    Iterations warmup,
    Iterations measurement,
    long seed,
    List<BenchmarkPoint> points) {
  /// Equal iterations, one after the other.
  public record Iterations(int count, Duration each) {}

  public Plan {
    if (forks < 1) {
      throw new IllegalArgumentException("a plan has one fork or more, not " + forks);
    }
    points = List.copyOf(points);
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
    return new Plan(profile, forks, warmup, measurement, seed, matching);
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
