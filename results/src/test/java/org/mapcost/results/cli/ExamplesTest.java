package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.results.compare.GateRule;
import org.mapcost.results.compare.Thresholds;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Guards that the examples for other projects work as they stand: their files are read, and what
/// the job of GitHub Actions types is understood by this program and ends as the job expects.
class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("basedir", "results"), "examples");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^mapcost/scripts/mapcost ((?:diff|gate) [^>|\n]*)");

  @TempDir Path job;

  @BeforeEach
  void measured() throws IOException {
    for (int fork = 1; fork <= 5; fork++) {
      result("measured/base", fork, 100);
      result("measured/change", fork, 120);
    }
    Files.createDirectories(job.resolve("change"));
    Files.copy(EXAMPLES.resolve("gate.yaml"), job.resolve("change/gate.yaml"));
  }

  @Test
  void theThresholds() {
    assertThat(Thresholds.read(EXAMPLES.resolve("gate.yaml")).rules())
        .extracting(GateRule::metric)
        .containsExactly("p0.99", "score", "instructions");
  }

  @Test
  void theStepsOfTheJob() {
    JsonNode steps =
        new YAMLMapper()
            .readTree(EXAMPLES.resolve("github-actions.yml"))
            .path("jobs")
            .path("compare")
            .path("steps");
    assertThat(steps.findValuesAsString("name"))
        .containsSubsequence("Build", "Measure", "Compare", "Gate");
    CommandLineRun diff = run(step(steps, "Compare"));
    assertThat(diff.exitCode()).isZero();
    assertThat(diff.out()).contains("| B.c |", "slower", "1 compared: 1 slower.");
    CommandLineRun gate = run(step(steps, "Gate"));
    assertThat(gate.exitCode()).as("a slower change fails the job").isEqualTo(1);
    assertThat(gate.out()).contains("regression");
  }

  /// The command of a step, run with the job's directory before each of its paths.
  private CommandLineRun run(String step) {
    Matcher command = COMMAND.matcher(step);
    assertThat(command.find()).as(step).isTrue();
    List<String> words =
        Arrays.stream(command.group(1).strip().split(" "))
            .map(word -> word.contains("/") ? job.resolve(word).toString() : word)
            .toList();
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static String step(JsonNode steps, String name) {
    for (JsonNode each : steps) {
      if (each.path("name").asString("").equals(name)) {
        return each.path("run").asString("");
      }
    }
    throw new AssertionError("no step " + name);
  }

  private void result(String side, int fork, double time) throws IOException {
    Path file = job.resolve(side).resolve(fork + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            """
            [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
              "rawData": [[%f, %f]]}}]
            """,
            time + fork,
            time - fork));
  }
}
