package org.mapcost.results.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Interval;

/// Guards the form of every number in a report.
class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1.3449, 1.34",
    "12.345, 12.3",
    "999.6, '1,000'",
    "12345, '12,345'",
    "0.01234, 0.0123",
    "NaN, no number"
  })
  void plainNumbersHaveThreeDigits(double value, String text) {
    assertThat(Numbers.plain(value)).isEqualTo(text);
  }

  @Test
  void numbersAreRoundedAndGroupedAsAFormatDoes() {
    SplittableRandom random = new SplittableRandom(1);
    double[] special = {0, -0.0, 0.5, 2.5, 0.125, 999.5, 999_999.5, 1e15, -1234.5, 1e-300, 1e300};
    DoubleStream.concat(
            DoubleStream.of(special),
            DoubleStream.generate(() -> Math.exp(random.nextDouble(-9, 40))).limit(2000))
        .forEach(value -> {
          for (int decimals = 0; decimals < 5; decimals++) {
            assertThat(Numbers.fixed(value, decimals))
                .isEqualTo(String.format(Locale.ROOT, "%,." + decimals + "f", value));
          }
        });
  }

  @Test
  void anIntervalHasTheDecimalsOfItsBest() {
    assertThat(Numbers.interval(new Interval(0.9876, 1.0123, 12.3456)))
        .isEqualTo("[0.99 1.01 12.35]");
    assertThat(Numbers.interval(new Interval(-1, 0, 1))).isEqualTo("[-1 0 1]");
  }

  @ParameterizedTest
  @CsvSource({
    "999, '[500 999 1,998] ns'",
    "1000, '[0.50 1.00 2.00] µs'",
    "2.5e6, '[1.25 2.50 5.00] ms'",
    "4e9, '[2.00 4.00 8.00] s'"
  })
  void timesHaveTheUnitOfTheirBest(double best, String text) {
    assertThat(Numbers.time(new Interval(best / 2, best, best * 2))).isEqualTo(text);
  }

  @Test
  void oneThingIsSingular() {
    assertThat(Numbers.count(1, "node")).isEqualTo("1 node");
    assertThat(Numbers.count(1234, "node")).isEqualTo("1,234 nodes");
  }
}
