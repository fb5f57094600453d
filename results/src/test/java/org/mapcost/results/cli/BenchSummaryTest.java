package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.results.run.RunFolder;

/// Guards that every format says the same of a run, and that a failed point is never silent.
class BenchSummaryTest {
  @TempDir Path dir;
  private RunFolder folder;

  @BeforeEach
  void aRunWithAFailure() throws IOException {
    folder = new RunFolder(dir);
    Files.writeString(
        folder.manifestFile(),
        """
        {"schema": "mapcost/run/1", "created": "2026-11-23T12:00:09Z", "command_line": ["bench"],
         "profile": "quick", "mapcost": {"version": "0.1.0", "revision": "abc", "dirty": false},
         "seed": 1, "forks": 2, "status": "incomplete", "points": [
         {"benchmark": "a.B.done", "params": {}, "state": "done", "forks": 2},
         {"benchmark": "a.B.broken", "params": {"x": "1"}, "state": "failed", "forks": 0,
          "error": "IllegalStateException: no"}]}\
        """);
    try (InputStream jmh = RunFolder.class.getResourceAsStream("jmh-average-time.json")) {
      Files.write(folder.jmhFile(), Objects.requireNonNull(jmh).readAllBytes());
    }
  }

  @Test
  void json() {
    assertThat(summary(OutputFormat.JSON))
        .isEqualToIgnoringWhitespace(
            """
            {"schema": "mapcost/bench/1", "run_folder": "%s", "profile": "quick", "status": "incomplete", "points": 2,
             "points_done": 1, "failed": [
               {"point": "B.broken x=1", "error": "IllegalStateException: no"}], "not_exercised": []}\
            """
                .formatted(dir));
  }

  @Test
  void csv() {
    // Medians of the two forks: 26.7220 and 26.6774; Student's interval over two is wide, and that
    // of the means, which one slow iteration moves, wider.
    assertThat(summary(OutputFormat.CSV))
        .isEqualTo(
            """
            benchmark,parameters,forks,low,best,high,unit,mean\r
            BranchPrediction.immutableSet,same=false shuffle=true,2,26.42,26.70,26.98,ns/op,[20.47 27.51 36.97]\r
            """);
  }

  @Test
  void markdown() {
    assertThat(summary(OutputFormat.MARKDOWN))
        .isEqualTo(
            """
            | benchmark | parameters | forks | low | best | high | unit | mean |
            | --- | --- | --: | --: | --: | --: | --- | --- |
            | BranchPrediction.immutableSet | same=false shuffle=true | 2 | 26.42 | 26.70 | 26.98 | ns/op | [20.47 27.51 36.97] |
            """);
  }

  @Test
  void table() {
    assertThat(summary(OutputFormat.TABLE).lines())
        .anySatisfy(line -> assertThat(line).contains("immutableSet", "26.42", "26.70", "26.98"))
        .endsWith("failed: B.broken x=1: IllegalStateException: no", dir.toString());
  }

  @Test
  void aRunThatMeasuredNothing() throws IOException {
    Files.delete(folder.jmhFile());
    assertThat(summary(OutputFormat.TABLE))
        .isEqualTo("failed: B.broken x=1: IllegalStateException: no\n" + dir + "\n");
    assertThat(summary(OutputFormat.CSV))
        .isEqualTo("benchmark,parameters,forks,low,best,high,unit,mean\r\n");
  }

  @Test
  void oneForkHasNoInterval() throws IOException {
    Files.writeString(
        folder.jmhFile(),
        """
        [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
          "rawData": [[7]]}}]\
        """);
    assertThat(summary(OutputFormat.CSV)).endsWith("B.c,,1,,7,,ns/op,\r\n");
  }

  @Test
  void whatWasNotExercisedIsNamedAndHasNoNumber() throws IOException {
    Files.writeString(
        folder.jmhFile(),
        """
        [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
          "rawData": [[7, 7], [7, 7]]}, "secondaryMetrics": {"exercised": {"scoreUnit": "",
          "rawData": [[1, 1], [1, 0]]}}}]\
        """);
    assertThat(summary(OutputFormat.CSV)).endsWith("B.c,,2,,,,ns/op,\r\n");
    assertThat(summary(OutputFormat.TABLE))
        .contains("not exercised: B.c: a witness saw that the intended path did not run\n");
    assertThat(summary(OutputFormat.JSON)).contains("\"not_exercised\":[\"B.c\"]");
  }

  @Test
  void largeNumbersAreWrittenOut() throws IOException {
    Files.writeString(
        folder.jmhFile(),
        """
        [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
          "rawData": [[12345678], [12345678]]}}]\
        """);
    assertThat(summary(OutputFormat.CSV))
        .endsWith("B.c,,2,12350000,12350000,12350000,ns/op,[12350000 12350000 12350000]\r\n");
  }

  @Test
  void progress() {
    assertThat(BenchSummary.progress(2, 10, Duration.ofSeconds(80), "B.c  1 ns/op"))
        .isEqualTo("[2/10] 1 min 20 s left  B.c  1 ns/op");
    assertThat(BenchSummary.progress(9, 10, Duration.ofSeconds(8), "B.c"))
        .isEqualTo("[9/10] 8 s left  B.c");
    assertThat(BenchSummary.progress(10, 10, Duration.ZERO, "B.c")).isEqualTo("[10/10] done  B.c");
  }

  private String summary(OutputFormat format) {
    StringWriter text = new StringWriter();
    BenchSummary.of(folder).print(format, new PrintWriter(text));
    return text.toString();
  }
}
