package org.mapcost.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards that the noise floor is the difference of a run's even and odd forks.
class NoiseFloorTest {
  @Test
  void evenForksAgainstOddOnes() {
    NoiseFloor floor =
        NoiseFloor.of(
                Path.of("run"),
                List.of(Results.time("t", 10, 11, 10, 11, 10, 11), Results.time("u", 5, 5, 5, 5)))
            .orElseThrow();
    assertThat(floor.largest()).isCloseTo(0.1, within(1e-9));
    assertThat(floor.falseAlarms()).isEqualTo(1);
    assertThat(floor.sentence())
        .startsWith("A/A check: two halves of this run, taken in turns, differ by 10 % in the")
        .contains("over 2 benchmarks; 1 of them were called faster or slower.");
  }

  @Test
  void oneForkInAHalfSaysNothing() {
    assertThat(NoiseFloor.of(Path.of("run"), List.of(Results.time("t", 10, 11, 12)))).isEmpty();
  }
}
