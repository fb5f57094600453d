package org.mapcost.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guards which method makes an interval, that the bootstrap agrees with theory where theory holds,
/// and that the chance of a bound is Student's.
class RatioTest {
  @ParameterizedTest
  @CsvSource({"9, 9, STUDENT", "9, 30, STUDENT", "10, 10, BOOTSTRAP", "12, 10, BOOTSTRAP"})
  void tenForksOnBothSidesAreBootstrapped(int a, int b, Ratio.Method method) {
    assertThat(Ratio.of(normal(a, 1, 0.1), normal(b, 2, 0.1)).orElseThrow().method())
        .isEqualTo(method);
  }

  @Test
  void ofNormalForksTheBootstrapIsAsWideAsStudents() {
    double bootstrap = 0;
    double student = 0;
    for (int seed = 0; seed < 200; seed++) {
      Ratio ratio = Ratio.of(normal(12, seed, 0.1), normal(12, 500 + seed, 0.1)).orElseThrow();
      bootstrap += Math.log(ratio.interval().high() / ratio.interval().low());
      student += 2 * Statistics.quantile(ratio.degreesOfFreedom()) * ratio.standardError();
    }
    assertThat(bootstrap / student).isCloseTo(1, within(0.03));
  }

  @Test
  void theSameDataGiveTheSameIntervalInAnyCompany() {
    Ratio alone = Ratio.of(normal(15, 1, 0.1), normal(11, 2, 0.1)).orElseThrow();
    Ratio.of(normal(15, 3, 0.1), normal(11, 4, 0.1));
    assertThat(Ratio.of(normal(15, 1, 0.1), normal(11, 2, 0.1))).contains(alone);
  }

  @Test
  void bothWaysRoundTheIntervalIsTheSame() {
    Ratio there = Ratio.of(normal(5, 1, 0.1), normal(7, 2, 0.1)).orElseThrow();
    Ratio back = Ratio.of(normal(7, 2, 0.1), normal(5, 1, 0.1)).orElseThrow();
    assertThat(back.interval().low()).isCloseTo(1 / there.interval().high(), within(1e-12));
    assertThat(back.interval().best()).isCloseTo(1 / there.interval().best(), within(1e-12));
  }

  @Test
  void theChanceOfABoundIsStudentsTail() {
    Ratio ratio = Ratio.of(normal(5, 1, 0.1), normal(5, 2, 0.1)).orElseThrow();
    // At the ends of a 95 % interval the one-sided chance is 2.5 %.
    assertThat(ratio.chanceAbove(ratio.interval().low())).isCloseTo(0.025, within(1e-9));
    assertThat(ratio.chanceBelow(ratio.interval().high())).isCloseTo(0.025, within(1e-9));
    assertThat(ratio.chanceAbove(ratio.interval().best())).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void forksWithoutSpreadLeaveNoDoubt() {
    double[] two = new double[12];
    double[] one = new double[12];
    Arrays.fill(two, 2);
    Arrays.fill(one, 1);
    Ratio exact = Ratio.of(two, one).orElseThrow();
    assertThat(exact.interval().low()).isCloseTo(2, within(1e-12));
    assertThat(exact.chanceAbove(1.9)).isZero();
    assertThat(exact.chanceAbove(2.1)).isEqualTo(1);
  }

  @Test
  void aRulerIsDividedOutForkByFork() {
    assertThat(Ratio.measuredIn(new double[] {6, 9}, new double[] {2, 3})).containsExactly(3, 3);
    assertThatThrownBy(() -> Ratio.measuredIn(new double[] {1}, new double[] {1, 2}))
        .hasMessage("1 forks and 2 of the ruler");
  }

  private static double[] normal(int forks, int seed, double spread) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[] values = new double[forks];
    Arrays.setAll(values, _ -> 10 * Math.exp(spread * random.nextGaussian()));
    return values;
  }
}
