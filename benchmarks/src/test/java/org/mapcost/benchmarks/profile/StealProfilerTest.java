package org.mapcost.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards that the share of stolen time is that of all CPUs over the iteration, and that a host
/// that does not say has none.
class StealProfilerTest {
  @TempDir Path dir;

  @Test
  void theShareOfAllCpusTime() throws IOException {
    Path stat = dir.resolve("stat");
    StealProfiler profiler = new StealProfiler(stat);
    Files.writeString(stat, "cpu  48485 0 7538 380706 691 0 152 854 0 0\ncpu0 1 1 1 1 1 1 1 1\n");
    profiler.begin(0);
    Files.writeString(stat, "cpu  48485 0 7538 380706 691 0 152 858 0 0\n");
    // Four ticks of two CPUs' forty in 200 ms.
    assertThat(profiler.end(200_000_000, 2))
        .singleElement()
        .satisfies(steal -> {
          assertThat(steal.getLabel()).isEqualTo("steal");
          assertThat(steal.getScoreUnit()).isEqualTo("%");
          assertThat(steal.getScore()).isEqualTo(10);
        });
  }

  @Test
  void aHostThatDoesNotSay() throws IOException {
    StealProfiler none = new StealProfiler(dir.resolve("none"));
    none.begin(0);
    assertThat(none.end(1_000_000, 2)).isEmpty();
    Path odd = Files.writeString(dir.resolve("odd"), "cpu 1 2 3\n");
    StealProfiler brief = new StealProfiler(odd);
    brief.begin(0);
    assertThat(brief.end(1_000_000, 2)).isEmpty();
  }
}
