package org.mapcost.results.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;

/// Guards the arithmetic between answers and predictions.
class FormulaTest {
  private static final Uncertain CLOCK = Uncertain.input("clock", new Interval(0.5, 1, 2));

  @ParameterizedTest
  @CsvSource({
    "a + b * 2, 10",
    "(a + b) * 2, 14",
    "b / a - 0.25, 0.5",
    "b - a - a, 0",
    "8 / a / 2, 1",
    "((b)), 3",
    "3175 * 0.001, 3.175"
  })
  void arithmetic(String formula, double value) {
    Uncertain figure =
        new Formula(formula).of(Map.of("a", Uncertain.exactly(4), "b", Uncertain.exactly(3)));
    assertThat(figure.best()).isEqualTo(value, within(1e-9));
  }

  /// What both sides of a ratio share falls out of it; what only one side rests on stays.
  @Test
  void sharedInputsCancel() {
    Uncertain page = CLOCK.times(Uncertain.input("invlpg", new Interval(180, 216, 280)));
    Uncertain full = CLOCK.times(124);
    assertThat(new Formula("a / b").of(Map.of("a", full.times(2), "b", full)).interval())
        .isEqualTo(Interval.exactly(2));
    Interval ratio = new Formula("a / b").of(Map.of("a", page, "b", full)).interval();
    assertThat(ratio.low()).isEqualTo(180 / 124.0, within(1e-9));
    assertThat(ratio.high()).isEqualTo(280 / 124.0, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "a + c, formula 'a+c': 'c' is no question; there are [a].",
    "(a, formula '(a': a parenthesis is not closed.",
    "a a, formula 'aa': 'a' is left over.",
    "a +, formula 'a+': '' is no question; there are [a]."
  })
  void nonsenseIsRefused(String formula, String message) {
    assertThatThrownBy(() -> new Formula(formula).of(Map.of("a", CLOCK))).hasMessage(message);
  }
}
