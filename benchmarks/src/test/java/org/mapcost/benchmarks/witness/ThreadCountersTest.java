package org.mapcost.benchmarks.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards that the right words of `/proc` are read, whatever a thread is called, and that what is
/// not shown is absent.
class ThreadCountersTest {
  @TempDir Path dir;

  @Test
  void aNameWithBlanksAndBracketsShiftsNothing() throws IOException {
    Files.writeString(
        dir.resolve("stat"), "1 (a ) (b) R 2 3 4 0 -1 4194304 99 7 5 0 1 1 0 0 20 0 1 0 113\n");
    for (String thread : new String[] {"10", "11"}) {
      Path task = Files.createDirectories(dir.resolve("task").resolve(thread));
      Files.writeString(
          task.resolve("status"),
          "Name:\tx\nvoluntary_ctxt_switches:\t" + thread + "\nnonvoluntary_ctxt_switches:\t3\n");
    }
    ThreadCounters counters = ThreadCounters.ofProcess(dir);
    assertThat(counters.minorFaults()).hasValue(99);
    assertThat(counters.majorFaults()).hasValue(5);
    assertThat(counters.voluntary()).hasValue(21);
    assertThat(counters.involuntary()).hasValue(6);
  }

  @Test
  void whatIsNotShownIsAbsent() {
    ThreadCounters none = ThreadCounters.ofProcess(dir.resolve("none"));
    assertThat(none.minorFaults()).isEmpty();
    assertThat(none.voluntary()).isEmpty();
    assertThat(ThreadCounters.grown(OptionalLong.of(3), none.voluntary())).isEmpty();
    assertThat(ThreadCounters.grown(OptionalLong.of(3), OptionalLong.of(5))).hasValue(2);
  }
}
