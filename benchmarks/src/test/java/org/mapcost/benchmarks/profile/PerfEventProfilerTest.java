package org.mapcost.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.ScalarResult;

/// Guards that workers started after opening are counted, and that one line says why an event is
/// not.
class PerfEventProfilerTest {
  @Test
  void theWorkOfThreadsStartedLaterIsCounted() throws InterruptedException {
    PerfEventProfiler profiler = new PerfEventProfiler();
    String complaint = profiler.openAll();
    profiler.begin();
    long[] sink = new long[1];
    Thread worker =
        new Thread(() -> {
          for (int i = 0; i < 20_000_000; i++) {
            sink[0] += i ^ (sink[0] << 1);
          }
        });
    worker.start();
    worker.join();
    List<ScalarResult> results = profiler.perOperation(1);
    assertThat(profiler.perOperation(0)).isEmpty();
    if (complaint.contains("task-clock") || complaint.contains("native access")) {
      assertThat(complaint).startsWith("PerfEventProfiler: ");
    } else {
      assertThat(results)
          .filteredOn(each -> each.getLabel().startsWith("task-clock"))
          .singleElement()
          .satisfies(each -> {
            assertThat(each.getScoreUnit()).isEqualTo("ns/op");
            assertThat(each.getScore()).isPositive();
          });
    }
    assertThat(sink[0]).isNotZero();
  }

  @Test
  void oneLineSaysWhatIsNotCountedAndWhy() {
    Map<String, List<String>> refused = new LinkedHashMap<>();
    refused.put("ENOENT", List.of("cycles", "instructions"));
    refused.put("EACCES", List.of("context-switches"));
    refused.put("EMFILE", List.of("page-faults"));
    assertThat(PerfEventProfiler.complaint(refused))
        .isEqualTo(
            "PerfEventProfiler: not counted: cycles, instructions (this CPU, or its hypervisor,"
                + " counts none); context-switches (not permitted, see"
                + " kernel.perf_event_paranoid); page-faults (EMFILE).");
  }
}
