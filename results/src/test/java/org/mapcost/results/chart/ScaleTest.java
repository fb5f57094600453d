package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Guards that log axes have ticks at round values, inside the axis, fewer at each level, written
/// with a unit that a reader knows.
class ScaleTest {
  @Test
  void ticksAreRound() {
    assertThat(labels(Scale.BYTES, 1 << 20, 1L << 32, 1))
        .containsExactly("1 MiB", "4 MiB", "16 MiB", "64 MiB", "256 MiB", "1 GiB", "4 GiB");
    assertThat(labels(Scale.NUMBERS, 4, 3000, 0))
        .containsExactly("5", "10", "20", "50", "100", "200", "500", "1,000", "2,000");
    assertThat(labels(Scale.TIME, 0.4, 5e9, 3))
        .containsExactly("1 ns", "100 ns", "10 µs", "1 ms", "100 ms");
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.05", "1, 1", "2000, '2,000'", "300000, '300,000'"})
  void numbersArePlain(double value, String label) {
    assertThat(Scale.NUMBERS.label(value)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5 ns",
    "1, 1 ns",
    "1000, 1 µs",
    "3e5, 300 µs",
    "1e6, 1 ms",
    "5e9, 5 s",
    "1e13, '10,000 s'"
  })
  void timesHaveTheUnitThatSuits(double nanoseconds, String label) {
    assertThat(Scale.TIME.label(nanoseconds)).isEqualTo(label);
  }

  @ParameterizedTest
  @EnumSource
  void ticksLieInTheAxisAndGrowFewer(Scale scale) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int i = 0; i < 200; i++) {
      double low = Math.pow(10, random.nextDouble(-2, 9));
      double high = low * Math.pow(10, random.nextDouble(0.9, 8));
      int before = Integer.MAX_VALUE;
      for (int level = 0; level <= Scale.COARSEST; level++) {
        List<Double> ticks = scale.ticks(low, high, level);
        assertThat(ticks).isSorted().allMatch(t -> t >= low * 0.999 && t <= high * 1.001);
        assertThat(ticks.size()).isLessThanOrEqualTo(before);
        before = Math.max(2, ticks.size());
      }
      assertThat(scale.ticks(low, high, 0)).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private static List<String> labels(Scale scale, double low, double high, int level) {
    return scale.ticks(low, high, level).stream().map(scale::label).toList();
  }

  @Test
  void aNarrowAxisHasEnoughTicks() {
    assertThat(Scale.TIME.finest(4e6, 9e6).stream().map(Scale.TIME::label))
        .containsExactly("4 ms", "5 ms", "6 ms", "7 ms", "8 ms", "9 ms");
    assertThat(Scale.NUMBERS.finest(1.9, 3.1).stream().map(Scale.NUMBERS::label))
        .containsExactly("2", "2.2", "2.4", "2.6", "2.8", "3");
    assertThat(Scale.NUMBERS.finest(4, 3000)).isEqualTo(Scale.NUMBERS.ticks(4, 3000, 0));
  }

  @Test
  void keysHaveTheUnitThatSuits() {
    assertThat(labels(Scale.DOUBLINGS, 1, 300, 0))
        .containsExactly("1", "2", "4", "8", "16", "32", "64", "128", "256");
    assertThat(Scale.FREQUENCY.label(2.5e9)).isEqualTo("2.5 GHz");
    assertThat(Scale.BANDWIDTH.label(2e10)).isEqualTo("20 GB/s");
    assertThat(labels(Scale.PERCENT, 0, 100, 1))
        .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
  }

  @Test
  void ninesTakeTheSameRoomEach() {
    assertThat(Scale.nines(0)).isEqualTo(1);
    assertThat(Scale.nines(0.9)).isCloseTo(10, within(1e-9));
    assertThat(labels(Scale.NINES, 1, 1e3, 0))
        .containsExactly(
            "0 %", "50 %", "80 %", "90 %", "95 %", "98 %", "99 %", "99.5 %", "99.8 %", "99.9 %");
    assertThat(labels(Scale.NINES, 1, 1e5, 1))
        .containsExactly("0 %", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %");
    assertThat(labels(Scale.NINES, 1, 1e3, 2)).doesNotContain("50 %");
    assertThatThrownBy(() -> Scale.nines(1)).hasMessage("1.0 is no share below one");
  }
}
