package org.mapcost.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Guards that changes are found where they are, and seldom where none is.
class ChangePointsTest {
  @Test
  void twoStepsAreFoundWhereTheyAre() {
    double[] series = noise(30, 1);
    for (int i = 10; i < 30; i++) {
      series[i] += i < 20 ? 8 : 16;
    }
    assertThat(ChangePoints.of(series, 0.01)).containsExactly(10, 20);
  }

  /// A level that comes back hides its first step from a split in two: it takes longer stretches.
  @Test
  void aLevelThatComesBackIsFoundInALongSeries() {
    double[] series = noise(60, 1);
    for (int i = 20; i < 40; i++) {
      series[i] += 8;
    }
    assertThat(ChangePoints.of(series, 0.01)).containsExactly(20, 40);
  }

  @Test
  void oneOutlierIsNoChange() {
    int seen = 0;
    for (int seed = 0; seed < 60; seed++) {
      double[] series = noise(20, 1000 + seed);
      series[9] += 50;
      seen += ChangePoints.of(series, 0.01).isEmpty() ? 0 : 1;
    }
    assertThat(seen).isLessThanOrEqualTo(3);
  }

  @Test
  void noiseIsSeldomTakenForAChange() {
    int seen = 0;
    for (int seed = 0; seed < 60; seed++) {
      seen += ChangePoints.of(noise(14, 100 + seed), 0.01).isEmpty() ? 0 : 1;
    }
    // One in a hundred is expected: of sixty, four or more have a chance of 0.3 %.
    assertThat(seen).isLessThanOrEqualTo(3);
  }

  @Test
  void shortAndConstantSeriesHaveNone() {
    assertThat(ChangePoints.of(new double[] {1, 1, 9, 9, 9}, 0.01)).isEmpty();
    assertThat(ChangePoints.of(new double[40], 0.01)).isEmpty();
    assertThat(ChangePoints.of(new double[0], 0.01)).isEmpty();
  }

  private static double[] noise(int length, int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[] values = new double[length];
    Arrays.setAll(values, _ -> random.nextGaussian());
    return values;
  }
}
