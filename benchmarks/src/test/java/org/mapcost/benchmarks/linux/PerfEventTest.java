package org.mapcost.benchmarks.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.Test;
import org.mapcost.benchmarks.linux.Mapping.Pages;

/// Guards that a counter counts the calling thread's events, where the host permits counters.
class PerfEventTest {
  private static final int PAGES = 200;

  @Test
  void faultsOfThisThreadAreCounted() {
    try (PerfEvent faults = open();
        Mapping mapping = Mapping.anonymous(PAGES * Mapping.PAGE, Pages.SMALL)) {
      double before = faults.read();
      mapping.write(PAGES);
      assertThat(faults.read() - before).isGreaterThanOrEqualTo(PAGES);
    }
  }

  private static PerfEvent open() {
    try {
      return PerfEvent.open(PerfEvent.Kind.PAGE_FAULTS, 0, false);
    } catch (SystemCallException e) {
      return abort("no perf events here: " + e.getMessage());
    }
  }
}
