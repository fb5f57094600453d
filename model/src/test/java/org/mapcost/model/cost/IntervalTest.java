package org.mapcost.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Guards that low, best and high stay in order through arithmetic.
class IntervalTest {
  private static final Interval A = new Interval(1, 2, 4);
  private static final Interval B = new Interval(3, 3, 3);

  @Test
  void arithmetic() {
    assertThat(A.plus(B)).isEqualTo(new Interval(4, 5, 7));
    assertThat(A.times(2)).isEqualTo(new Interval(2, 4, 8));
    assertThat(A.times(B)).isEqualTo(new Interval(3, 6, 12));
    assertThat(A.max(B)).isEqualTo(new Interval(3, 3, 4));
    assertThat(A.map(Math::sqrt).high()).isEqualTo(2);
    assertThat(Interval.exactly(5).plus(Interval.ZERO)).isEqualTo(new Interval(5, 5, 5));
  }

  @Test
  void relations() {
    assertThat(A.overlaps(B)).isTrue();
    assertThat(A.overlaps(new Interval(4.1, 5, 6))).isFalse();
    assertThat(A.contains(4)).isTrue();
    assertThat(A.contains(0.9)).isFalse();
    assertThat(A).hasToString("[1.000 2.000 4.000]");
  }

  @Test
  void disorderIsRefused() {
    assertThatThrownBy(() -> new Interval(2, 1, 3))
        .hasMessage("an interval has low <= best <= high: [2.0 1.0 3.0]");
    assertThatThrownBy(() -> new Interval(Double.NaN, 1, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> A.times(-1))
        .hasMessage("an interval is scaled by zero or more, not -1.0");
  }
}
