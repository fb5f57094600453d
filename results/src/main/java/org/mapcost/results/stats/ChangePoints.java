package org.mapcost.results.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Where a series changes, after Matteson and James (Journal of the American Statistical
/// Association 109, 2014, "E-divisive"): the series is split where the energy distance between both
/// sides is largest, and the split stands if few shuffled series have one as large; then each side
/// is looked at in the same way. Nothing is assumed of the noise but that it does not change by
/// itself.
public final class ChangePoints {
  /// Values on either side of a change without which it is not seen.
  public static final int SHORTEST = 3;

  private static final int PERMUTATIONS = 999;
  private static final long SEED = 20210224;

  private ChangePoints() {}

  /// The indices at which something new begins, in order.
  ///
  /// @param series of values, such as logarithms of times
  /// @param level the chance to see a change where there is none, in each stretch that is looked at
  public static List<Integer> of(double[] series, double level) {
    List<Integer> changes = new ArrayList<>();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    split(series, 0, series.length, level, random, changes);
    Collections.sort(changes);
    return changes;
  }

  private static void split(
      double[] series,
      int from,
      int to,
      double level,
      RandomGenerator random,
      List<Integer> changes) {
    if (to - from < 2 * SHORTEST) {
      return;
    }
    double[] part = java.util.Arrays.copyOfRange(series, from, to);
    Split best = best(part);
    if (best.distance <= 0) {
      return;
    }
    int asLarge = 0;
    for (int i = 0; i < PERMUTATIONS; i++) {
      shuffle(part, random);
      asLarge += best(part).distance >= best.distance * (1 - 1e-12) ? 1 : 0;
    }
    if ((1.0 + asLarge) / (1 + PERMUTATIONS) > level) {
      return;
    }
    int change = from + best.index;
    changes.add(change);
    split(series, from, change, level, random, changes);
    split(series, change, to, level, random, changes);
  }

  private record Split(int index, double distance) {}

  /// The split with the largest energy distance; values move from the right side to the left one by
  /// one, and the sums of distances with them.
  private static Split best(double[] values) {
    int n = values.length;
    double left = 0;
    double between = 0;
    double right = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        right += Math.abs(values[i] - values[j]);
      }
    }
    Split best = new Split(0, 0);
    for (int i = 0; i < n - SHORTEST; i++) {
      double toLeft = 0;
      double toRight = 0;
      for (int j = 0; j < n; j++) {
        double distance = Math.abs(values[i] - values[j]);
        if (j < i) {
          toLeft += distance;
        } else {
          toRight += distance;
        }
      }
      left += toLeft;
      right -= toRight;
      between += toRight - toLeft;
      int m = i + 1;
      int k = n - m;
      if (m >= SHORTEST) {
        double energy =
            2 * between / ((double) m * k)
                - left / (m * (m - 1) / 2.0)
                - right / (k * (k - 1) / 2.0);
        double distance = energy * m * k / n;
        if (distance > best.distance) {
          best = new Split(m, distance);
        }
      }
    }
    return best;
  }

  private static void shuffle(double[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }
}
