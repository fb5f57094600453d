package org.mapcost.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mapcost.benchmarks.profile.TlbProfiler.Snapshot;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.ThreadCounters;
import org.openjdk.jmh.results.ScalarResult;

/// Guards that counters are divided by the operations, and that what a host does not show is named
/// and not reported as zero.
class TlbProfilerTest {
  private final TlbProfiler profiler = new TlbProfiler();

  @Test
  void everyCounterIsDividedByTheOperations() {
    Snapshot before = snapshot(0, 100, 10, 1000, 5, 50, 7, 3);
    Snapshot after = snapshot(1_000_000_000, 300, 20, 1400, 5, 90, 9, 7);
    assertThat(profiler.between(before, after, 100, 2))
        .extracting(ScalarResult::getLabel, ScalarResult::getScore, ScalarResult::getScoreUnit)
        .containsExactly(
            tuple("tlb", 2.0, "#/op"),
            tuple("calls", 0.1, "#/op"),
            tuple("minorFaults", 4.0, "#/op"),
            tuple("majorFaults", 0.0, "#/op"),
            tuple("switches", 0.4, "#/op"),
            tuple("preemptions", 0.02, "#/op"),
            tuple("steal", 2.0, "%"));
    assertThat(profiler.between(before, after, 0, 2)).isEmpty();
  }

  @Test
  void whatAHostDoesNotShowIsNamed() {
    assertThat(profiler.between(Snapshot.NONE, snapshot(1, 1, 1, 1, 1, 1, 1, 1), 10, 2)).isEmpty();
    assertThat(profiler.complaint())
        .isEqualTo(
            "TlbProfiler: this host does not show calls, majorFaults, minorFaults, preemptions,"
                + " steal, switches, tlb.");
  }

  private static Snapshot snapshot(
      long time,
      long tlb,
      long calls,
      long minor,
      long major,
      long waits,
      long preempted,
      long steal) {
    return new Snapshot(
        time,
        new Interrupts(OptionalLong.of(tlb), OptionalLong.of(calls)),
        new ThreadCounters(
            OptionalLong.of(minor),
            OptionalLong.of(major),
            OptionalLong.of(waits),
            OptionalLong.of(preempted)),
        OptionalLong.of(steal));
  }
}
