package org.mapcost.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Interval;

/// Guards that the fork is the unit of replication, that an interval is Student's and contains the
/// truth as often as it says, and that nothing is invented where there is too little.
class StatisticsTest {
  private static final int CASES = 2_000;
  private static final double T_4_9091 = 2.584966;

  @Test
  void oneForkIsNotComparable() {
    List<List<Double>> one = List.of(List.of(10.0, 11.0, 12.0));
    assertThat(Statistics.median(one)).isEmpty();
    assertThat(Statistics.ratio(one, forks(1, 2, 3))).isEmpty();
    assertThat(Statistics.ratio(forks(1, 2, 3), one)).isEmpty();
    assertThat(Statistics.best(one)).hasValue(11);
  }

  @Test
  void nothingMeasuredIsNoNumber() {
    List<List<Double>> nothing = List.of(List.of(), List.of(Double.NaN));
    assertThat(Statistics.best(nothing)).isEmpty();
    assertThat(Statistics.median(nothing)).isEmpty();
    assertThat(Statistics.best(List.of())).isEmpty();
  }

  @Test
  void aForkCountsOnceWithTheMedianOfItsIterations() {
    List<List<Double>> forks =
        List.of(List.of(1.0, 900.0, 2.0), List.of(4.0, 2.0), List.of(5.0, Double.NaN, 4.0, 6.0));
    assertThat(Statistics.forkMedians(forks)).containsExactly(2, 3, 5);
    assertThat(Statistics.best(forks)).hasValue(3);
  }

  /// Critical values of Student's t at 95 %, two-sided, as any textbook prints them.
  @ParameterizedTest
  @CsvSource({"2, 12.706", "3, 4.303", "4, 3.182", "5, 2.776", "9, 2.306", "10, 2.262"})
  void theIntervalIsStudentsOverTheLogarithms(int n, double t) {
    // Logarithms 0, d, 2d, ...: their mean and deviation are known without the code under test.
    double d = 0.01;
    double[] values = new double[n];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      values[i] = Math.exp(i * d);
      squares += Math.pow(i * d - (n - 1) * d / 2, 2);
    }
    double half = t * Math.sqrt(squares / (n - 1)) / Math.sqrt(n);

    Interval interval = Statistics.median(forks(values)).orElseThrow();

    assertThat(Math.log(interval.low())).isCloseTo((n - 1) * d / 2 - half, within(half * 1e-3));
    assertThat(Math.log(interval.high())).isCloseTo((n - 1) * d / 2 + half, within(half * 1e-3));
  }

  @Test
  void aNumberWorkedByHand() {
    // ln 8, ln 10, ln 12.5: mean ln 10, deviation ln 1.25, half width 4.3027 ln 1.25 / sqrt 3.
    Interval interval = Statistics.median(forks(8, 10, 12.5)).orElseThrow();
    assertThat(interval.best()).isEqualTo(10);
    assertThat(interval.low()).isCloseTo(5.7446, within(1e-3));
    assertThat(interval.high()).isCloseTo(17.4076, within(1e-3));
  }

  @Test
  void equalForksHaveAnExactInterval() {
    assertThat(Statistics.median(forks(0, 0, 0))).contains(Interval.exactly(0));
    Interval seven = Statistics.median(forks(7, 7, 7)).orElseThrow();
    assertThat(seven.low()).isCloseTo(7, within(1e-12));
    assertThat(seven.high()).isCloseTo(7, within(1e-12));
    Interval two = Statistics.ratio(forks(6, 6), forks(3, 3)).orElseThrow();
    assertThat(two.low()).isCloseTo(2, within(1e-12));
    assertThat(two.high()).isCloseTo(2, within(1e-12));
  }

  @Test
  void theIntervalContainsTheBestGuessHoweverSkewTheForks() {
    double[] skew =
        DoubleStream.concat(DoubleStream.generate(() -> 1).limit(60), DoubleStream.of(1e9))
            .toArray();
    Interval interval = Statistics.median(forks(skew)).orElseThrow();
    assertThat(interval.best()).isEqualTo(1);
    assertThat(interval.contains(1)).isTrue();
  }

  @Test
  void valuesBelowZeroHaveAnIntervalToo() {
    // Mean 0, deviation 1, half width 4.3027 / sqrt 3.
    Interval interval = Statistics.median(forks(-1, 0, 1)).orElseThrow();
    assertThat(interval.low()).isCloseTo(-2.4841, within(1e-3));
    assertThat(interval.high()).isCloseTo(2.4841, within(1e-3));
  }

  @Test
  void aRatioOfEquallyManyForksPoolsTheirSpreads() {
    // Logarithms -1, 0, 1 and 0, 2, 4 (times 0.1): variances of the mean 1/3 and 4/3, difference
    // -2, four degrees of freedom, whose quantile is 2.776.
    double half = 2.776445 * Math.sqrt(5.0 / 3);
    Interval ratio =
        Statistics.ratio(
                forks(Math.exp(-0.1), 1, Math.exp(0.1)), forks(1, Math.exp(0.2), Math.exp(0.4)))
            .orElseThrow();
    assertThat(Math.log(ratio.best())).isCloseTo(-0.2, within(1e-9));
    assertThat(Math.log(ratio.low())).isCloseTo((-2 - half) / 10, within(1e-5));
    assertThat(Math.log(ratio.high())).isCloseTo((-2 + half) / 10, within(1e-5));
  }

  @Test
  void aRatioOfUnequallyManyForksIsWelchs() {
    // Logarithms -1, 0, 1 and 0, 2, 4, 2 (times 0.1): variances of the mean 1/3 and 2/3,
    // difference -2, degrees of freedom 1 / ((1/3)^2/2 + (2/3)^2/3) = 4.9091; their quantile
    // 2.584966 comes from integrating Student's density with Simpson's rule.
    Interval ratio =
        Statistics.ratio(
                forks(Math.exp(-0.1), 1, Math.exp(0.1)),
                forks(1, Math.exp(0.2), Math.exp(0.4), Math.exp(0.2)))
            .orElseThrow();
    assertThat(Math.log(ratio.low())).isCloseTo((-2 - T_4_9091) / 10, within(1e-5));
    assertThat(Math.log(ratio.high())).isCloseTo((-2 + T_4_9091) / 10, within(1e-5));
  }

  @Test
  void theMeanOfTheForksIsGeometricAndThatOfTheirIterationsIsNot() {
    List<List<Double>> forks = List.of(List.of(1.0, 3.0), List.of(8.0, 8.0), List.of(2.0, 6.0));
    Interval mean = Statistics.mean(forks).orElseThrow();
    assertThat(mean.best()).isCloseTo(4, within(1e-12));
    // Logarithms ln 2, ln 8, ln 4: deviation ln 2, half width 4.3027 ln 2 / sqrt 3.
    assertThat(mean.high()).isCloseTo(4 * Math.exp(1.72190), within(1e-3));
    assertThat(Statistics.mean(forks(0, 1))).isEmpty();
    assertThat(Statistics.mean(forks(5))).isEmpty();
  }

  @Test
  void aRatioToNothingIsRefused() {
    assertThatThrownBy(() -> Statistics.ratio(forks(1, 2), forks(0, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a ratio is of values above zero, not 0.0");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 10})
  void nineteenOfTwentyIntervalsContainTheTruth(int n) {
    RandomGenerator random = random(n);
    int contained = 0;
    for (int i = 0; i < CASES; i++) {
      contained += Statistics.median(noisy(random, n, 40, 0.2)).orElseThrow().contains(40) ? 1 : 0;
    }
    assertThat(contained / (double) CASES).isBetween(0.93, 0.97);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 10})
  void nineteenOfTwentyRatiosContainTheTruth(int n) {
    RandomGenerator random = random(100 + n);
    int contained = 0;
    for (int i = 0; i < CASES; i++) {
      Interval ratio =
          Statistics.ratio(noisy(random, n, 60, 0.2), noisy(random, n, 40, 0.15)).orElseThrow();
      contained += ratio.contains(1.5) ? 1 : 0;
    }
    assertThat(contained / (double) CASES).isBetween(0.93, 0.98);
  }

  /// Forks that differ from the truth by a factor, and iterations that differ from their fork.
  private static List<List<Double>> noisy(
      RandomGenerator random, int n, double truth, double spread) {
    List<List<Double>> forks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double fork = truth * Math.exp(spread * random.nextGaussian());
      forks.add(
          DoubleStream.generate(() -> fork * Math.exp(0.05 * random.nextGaussian()))
              .limit(3)
              .boxed()
              .toList());
    }
    return forks;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static List<List<Double>> forks(double... values) {
    return Arrays.stream(values).mapToObj(List::of).toList();
  }
}
