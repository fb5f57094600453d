package org.mapcost.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards that what is odd about forks is said in words, and that nothing is said of few or even
/// ones.
class OdditiesTest {
  @Test
  void twoModes() {
    assertThat(Oddities.of(forks(10, 13.1, 10.1, 13, 9.9, 13.2, 10), "ns/op"))
        .containsExactly("two modes: 4 forks near 10.00 and 3 near 13.10 ns/op; all are kept");
  }

  @Test
  void oneForkFarOff() {
    assertThat(Oddities.of(forks(10, 10.1, 10.2, 9.9, 15), "ns/op"))
        .containsExactly("fork 5 of 5 is an outlier, 1.49 times the median fork; it is kept");
  }

  @Test
  void iterationsFarOff() {
    List<List<Double>> forks =
        List.of(List.of(10.0, 10.1, 30.0, 10.2, 10.1), List.of(10.0, 10.1, 10.2, 10.1, 10.0));
    assertThat(Oddities.of(forks, "ns/op"))
        .containsExactly(
            "1 of 10 iterations are outliers, the farthest 2.97 times its fork's median; they are"
                + " kept");
  }

  @Test
  void evenForksAreNotOdd() {
    assertThat(Oddities.of(forks(10, 10.3, 10.1, 9.8, 10.2, 9.9), "ns/op")).isEmpty();
    assertThat(Oddities.of(forks(10, 10, 10, 10, 10.1), "ns/op")).isEmpty();
  }

  @Test
  void fewForksAndValuesBelowZeroSayNothing() {
    assertThat(Oddities.of(forks(1, 100, 1), "ns/op")).isEmpty();
    assertThat(Oddities.of(forks(-1, 1, 2, 3, 900), "ns/op")).isEmpty();
    assertThat(Oddities.of(List.of(), "ns/op")).isEmpty();
  }

  private static List<List<Double>> forks(double... values) {
    return Arrays.stream(values).mapToObj(List::of).toList();
  }
}
