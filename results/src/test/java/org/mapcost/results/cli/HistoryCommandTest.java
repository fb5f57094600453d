package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Guards `history` and `runs`: a change is named with what is known of it, a chart comes with its
/// data and overwrites nothing, and a directory without runs says so.
class HistoryCommandTest {
  @TempDir Path dir;

  @Test
  void aChangeAndItsName() throws IOException {
    runs();
    CommandLineRun history = CommandLineRun.of("history", dir.toString());
    assertThat(history.exitCode()).isZero();
    assertThat(history.out()).contains("x1.200 from run-06.json on (new parser)");
    JsonNode json =
        CommandLineRun.of("history", dir.toString(), "--format", "json").json().getFirst();
    JsonNode change = json.path("series").path(0).path("changes").path(0);
    assertThat(change.path("from").asString()).isEqualTo("run-06.json");
    assertThat(change.path("known").path(0).asString()).isEqualTo("new parser");
    assertThat(json.path("series").path(0).path("points")).hasSize(12);
  }

  @Test
  void whatWasNotExercisedIsNoPointOfASeries() throws IOException {
    runs();
    Path file = dir.resolve("run-11.json");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "\"mode\"",
                "\"secondaryMetrics\": {\"exercised\": {\"rawData\": [[0]]}}, \"mode\""));
    CommandLineRun history = CommandLineRun.of("history", dir.toString(), "--format", "json");
    assertThat(history.json().getFirst().path("series").path(0).path("points")).hasSize(11);
    assertThat(history.err())
        .isEqualTo(
            "mapcost: warning: passed over: "
                + file
                + ": a.B.c avgt was not exercised, as a witness saw.\n");
  }

  @Test
  void theChartComesWithItsDataAndOverwritesNothing() throws IOException {
    runs();
    Path charts = dir.resolve("charts");
    assertThat(CommandLineRun.of("history", dir.toString(), "--out", charts.toString()).exitCode())
        .isZero();
    assertThat(charts.resolve("history.png")).isNotEmptyFile();
    assertThat(Files.readString(charts.resolve("history.svg"))).contains("<svg");
    assertThat(Files.readString(charts.resolve("history.csv")).lines())
        .hasSize(1 + 12)
        .anySatisfy(line -> assertThat(line).contains("run-06.json,7,").endsWith(",changed"));
    CommandLineRun again = CommandLineRun.of("history", dir.toString(), "--out", charts.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            "mapcost: "
                + charts.resolve("history.svg")
                + ": is there already; overwrite it with --force.\n");
  }

  @Test
  void whatIsNoHistory() throws IOException {
    assertThat(CommandLineRun.of("history", dir.toString()).err())
        .isEqualTo(
            "mapcost: "
                + dir
                + ": a history is two runs or more, run folders or files of JMH's JSON, and here"
                + " are 0.\n");
    runs();
    Files.writeString(dir.resolve("broken.json"), "{}");
    Files.writeString(
        dir.resolve("changes.yaml"),
        "schema: mapcost/changes/1\nchanges: [{at: never, name: that}]\n");
    CommandLineRun history = CommandLineRun.of("history", dir.toString());
    assertThat(history.exitCode()).isEqualTo(2);
    assertThat(history.err())
        .contains("mapcost: warning: passed over: " + dir.resolve("broken.json"))
        .endsWith(
            "mapcost: the known change 'that' is at 'never', and no run's name begins so; the first"
                + " is run-00.json.\n");
  }

  @Test
  void runsSayHowFarTheyCame() {
    assertThat(CommandLineRun.of("runs", "--dir", dir.toString()).out())
        .isEqualTo("no runs in " + dir + "; 'mapcost bench' makes one.\n");
  }

  /// Twelve runs, the last six a fifth slower.
  private void runs() throws IOException {
    for (int run = 0; run < 12; run++) {
      double time = (run < 6 ? 10 : 12) * (1 + 0.001 * (run % 3));
      Files.writeString(
          dir.resolve(String.format(Locale.ROOT, "run-%02d.json", run)),
          String.format(
              Locale.ROOT,
              """
              [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
                "rawData": [[%f], [%f], [%f]]}}]
              """,
              time,
              time * 1.002,
              time * 0.998));
    }
    Files.writeString(
        dir.resolve("changes.yaml"),
        "schema: mapcost/changes/1\nchanges: [{at: run-06, name: new parser}]\n");
  }
}
