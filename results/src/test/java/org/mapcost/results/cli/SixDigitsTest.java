package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guards that files of millions of rows round as everything else does.
class SixDigitsTest {
  private static void equalsDecimalArithmetic(double number) {
    StringBuilder text = new StringBuilder();
    SixDigits.append(text, number);
    String exact = number == 0 ? "0" : Json.rounded(number).toPlainString();
    assertThat(text.toString()).as("%s", number).isEqualTo(exact);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        1,
        10,
        999_999,
        999_999.5,
        999_999.4999,
        1_000_000,
        123_456.5,
        1e-7,
        0.001,
        0.0101,
        1e15,
        9.999995,
        0.5,
        2.5e-6,
        1234567.5,
        1e22,
        4.9E-324
      })
  void equalsDecimalArithmeticAtBorders(double number) {
    equalsDecimalArithmetic(number);
  }

  @Test
  void equalsDecimalArithmeticEverywhere() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 40_000; i++) {
      double size = Math.pow(10, random.nextDouble(-8, 17));
      equalsDecimalArithmetic(size);
      equalsDecimalArithmetic(Math.rint(size));
      equalsDecimalArithmetic(Math.rint(size * 8) / 8);
    }
  }
}
