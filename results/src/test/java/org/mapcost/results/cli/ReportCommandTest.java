package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.results.report.Fixture;
import org.mapcost.results.run.Manifest;
import tools.jackson.databind.JsonNode;

/// Guards the main job on runs that are there: which run is taken, what is printed, and what is
/// refused.
class ReportCommandTest {
  private static final String TREE = "bundled:epyc-7351p-4dies";

  @TempDir Path home;

  @BeforeEach
  void atHome() {
    System.setProperty("mapcost.home", home.toString());
  }

  @AfterEach
  void away() {
    System.clearProperty("mapcost.home");
  }

  @Test
  void theNewestCompleteRunIsTakenAndThePageIsTheLastLine() throws IOException {
    Path runs = home.resolve("results/runs");
    Fixture.runFolder(
        runs.resolve("20261121-100000-a"), Manifest.Status.COMPLETE, Fixture.measurements(3));
    Path newest =
        Fixture.runFolder(
            runs.resolve("20261122-100000-a"), Manifest.Status.COMPLETE, Fixture.measurements(3));
    Fixture.runFolder(
        runs.resolve("20261123-100000-a"), Manifest.Status.INCOMPLETE, Fixture.measurements(3));
    Path broken = Files.createDirectories(runs.resolve("20261124-100000-a"));
    Files.writeString(broken.resolve("manifest.json"), "{}");

    CommandLineRun run = CommandLineRun.of("report", "--iomem", TREE);

    assertThat(run.err())
        .contains("passed over: " + broken.resolve("manifest.json"))
        .contains("using the run of 2026-11-23T12:00:00Z in " + newest);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().toList().getLast())
        .isEqualTo(newest.resolve("report.html").toString());
    assertThat(newest.resolve("report.html")).isNotEmptyFile();
    assertThat(newest.resolve("report.md"))
        .content()
        .contains("scripts/mapcost bench --include 'walk .*'")
        .contains("scripts/mapcost report --iomem bundled:epyc-7351p-4dies")
        .contains("epyc-7351p-4dies (one-socket EPYC 7351P server)");
  }

  @Test
  void jsonIsOneObjectThatNamesThePage() throws IOException {
    Path folder =
        Fixture.runFolder(
            home.resolve("any"), Manifest.Status.INCOMPLETE, Fixture.measurements(3).subList(0, 2));
    CommandLineRun run =
        CommandLineRun.of(
            "report", "--quiet", "--run", folder.toString(), "--iomem", TREE, "--format", "json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    JsonNode object = run.json().getFirst();
    assertThat(object.path("schema").asString()).isEqualTo("mapcost/report/1");
    assertThat(Path.of(object.path("report").asString())).isRegularFile();
    assertThat(object.path("answer").size()).isGreaterThan(1);
    assertThat(object.path("iomem").asString()).startsWith(TREE);
  }

  @Test
  void whatIsNoRunIsRefusedAndNothingIsWritten() throws IOException {
    Path empty = Files.createDirectories(home.resolve("empty"));
    CommandLineRun run = CommandLineRun.of("report", "--run", empty.toString(), "--iomem", TREE);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("mapcost: " + empty + ": ").hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aTreeThatCannotBeReadIsRefusedBeforeAnythingIsMeasured() {
    CommandLineRun run = CommandLineRun.of("report", "--iomem", home.resolve("none").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no such file");
    assertThat(home.resolve("results")).doesNotExist();
  }

  @Test
  void aRunThatIsGivenIsNotMeasuredAnew() {
    CommandLineRun run = CommandLineRun.of("report", "--run", "x", "--fresh");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--run names a run and --fresh makes one; give one of them.");
  }
}
