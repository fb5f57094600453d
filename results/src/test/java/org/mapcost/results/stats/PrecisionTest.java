package org.mapcost.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards that a benchmark ends by its precision neither early nor by one lucky look.
class PrecisionTest {
  private static final Precision TWO_PERCENT = new Precision(0.02);

  @Test
  void equalForksEndAtTheFewest() {
    assertThat(TWO_PERCENT.isReached(forks(Precision.FEWEST - 1))).isFalse();
    assertThat(TWO_PERCENT.isReached(forks(Precision.FEWEST))).isTrue();
  }

  @Test
  void everyOneOfTheLastLooksCounts() {
    // A far fork at the end widens the last interval alone, and one before it two of them.
    List<List<Double>> forks = forks(Precision.FEWEST + 4);
    forks.add(List.of(200.0));
    assertThat(TWO_PERCENT.isReached(forks)).isFalse();
    List<List<Double>> wide = new ArrayList<>();
    for (int i = 0; i < 3 * Precision.FEWEST; i++) {
      wide.add(List.of(i % 2 == 0 ? 90.0 : 110.0));
    }
    assertThat(TWO_PERCENT.isReached(wide)).isFalse();
    assertThat(new Precision(0.1).isReached(wide)).isTrue();
  }

  @Test
  void valuesWithoutAnIntervalNeverReachIt() {
    List<List<Double>> none = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      none.add(List.of(Double.NaN));
    }
    assertThat(TWO_PERCENT.isReached(none)).isFalse();
  }

  @Test
  void aPrecisionIsAboveZero() {
    assertThatThrownBy(() -> new Precision(0))
        .hasMessage("a precision is a share above 0, not 0.0");
  }

  private static List<List<Double>> forks(int count) {
    List<List<Double>> forks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      forks.add(List.of(100.0, 101.0, 99.0));
    }
    return forks;
  }
}
