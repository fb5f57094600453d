package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards what `simulate` prints and writes: intervals and sources, the same bytes for any number
/// of threads, files that HdrHistogram reads, and errors in words.
class SimulateCommandTest {
  private static final String[] COLLAPSE = {
    "simulate", "--workload", "dax-fault-collapse", "--duration", "1ms", "--format", "json"
  };

  @TempDir Path folder;

  @Test
  void jsonHasIntervalsSourcesAndTheReasonToStop() {
    CommandLineRun run = CommandLineRun.of(COLLAPSE);
    assertThat(run.exitCode()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.out());
    JsonNode rate = json.get("operations").get("fault").get("per_second");
    assertThat(rate.get(0).asDouble()).isLessThan(rate.get(1).asDouble());
    assertThat(rate.get(1).asDouble()).isLessThan(rate.get(2).asDouble());
    assertThat(json.get("stopped_by").asString()).isEqualTo("time");
    assertThat(json.get("sources").size()).isPositive();
    assertThat(json.get("locks").get("memtype_lock").get("held").get(1).asDouble())
        .isGreaterThan(0.9);
  }

  @Test
  void oneSeedGivesTheSameBytesOnOneThreadAndOnTwo() {
    assertThat(with("--replications", "2", "--threads", "1"))
        .isEqualTo(with("--replications", "2", "--threads", "2"))
        .isNotEqualTo(with("--replications", "2", "--seed", "7"));
  }

  private static String with(String... more) {
    String[] all = new String[COLLAPSE.length + more.length];
    System.arraycopy(COLLAPSE, 0, all, 0, COLLAPSE.length);
    System.arraycopy(more, 0, all, COLLAPSE.length, more.length);
    CommandLineRun run = CommandLineRun.of(all);
    assertThat(run.exitCode()).isZero();
    return run.out();
  }

  @Test
  void filesAreReadableAndNeverOverwritten() throws Exception {
    with("--out", folder.toString());
    try (HistogramLogReader log =
        new HistogramLogReader(folder.resolve("latencies.hlog").toFile())) {
      assertThat(log.hasNext()).isTrue();
      assertThat(((Histogram) log.nextIntervalHistogram()).getTotalCount()).isPositive();
    }
    assertThat(Files.readString(folder.resolve("fault.hgrm"))).contains("#[Mean");
    assertThat(folder.resolve("locks.csv")).content().contains("memtype_lock");
    CommandLineRun again =
        CommandLineRun.of(
            "simulate",
            "--workload",
            "dax-fault-collapse",
            "--duration",
            "1ms",
            "--out",
            folder.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("is there already; name another folder, or give --force.");
  }

  @Test
  void wrongInputIsAnsweredInWords() {
    CommandLineRun unknown = CommandLineRun.of("simulate", "--workload", "dax-fault-colapse");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean 'dax-fault-collapse'?");
    CommandLineRun refused =
        CommandLineRun.of(
            "simulate", "--workload", "desktop-compositor", "--strategy", "ttm-fault-io-mapping");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("does not serve clients 'windows'");
  }

  @Test
  void theoryIsATableThatHolds() {
    CommandLineRun run = CommandLineRun.of("simulate", "--theory");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("M/M/1, one lock", "M/D/1, one lock", "M/M/32, CPUs", "closed loop, one lock")
        .contains("20 of 20 hold.");
    assertThat(CommandLineRun.of("simulate", "--theory", "--workload", "reference").err())
        .isEqualTo("mapcost: --theory has queues of its own: leave --workload and --trace.\n");
  }
}
