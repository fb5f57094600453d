package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.benchmarks.ForkFlags;
import tools.jackson.databind.JsonNode;

/// Guards, on one real but tiny run, that its folder holds what was measured and what failed, and
/// that the forks have their own flags.
class BenchTest {
  private static final String CLASS = "org.mapcost.benchmarks.mechanism.ResourceWalkBenchmark.";
  private static final List<String> PROGRESS = new ArrayList<>();

  @TempDir static Path runs;
  private static RunFolder folder = new RunFolder(Path.of("none"));

  @BeforeAll
  static void run() {
    // Another JMH run may measure on the same host: these figures are not looked at.
    System.setProperty("jmh.ignoreLock", "true");
    Plan plan =
        new Plan(
            "tiny",
            2,
            new Plan.Iterations(1, Duration.ofMillis(10)),
            new Plan.Iterations(3, Duration.ofMillis(10)),
            7,
            List.of(point("walk", "synthetic-100"), point("chase", "no-such-tree")));
    folder =
        Bench.run(
            plan,
            runs,
            List.of("bench", "--tiny"),
            new Build("0.1.0", "abc", true),
            (done, all, left, what) -> PROGRESS.add(done + "/" + all + " " + what));
  }

  @Test
  void theManifestSaysWhatBecameOfEveryPoint() {
    Manifest manifest = RunFolder.open(folder.path()).manifest();
    assertThat(manifest.commandLine()).containsExactly("bench", "--tiny");
    assertThat(manifest.status()).isEqualTo(Manifest.Status.INCOMPLETE);
    assertThat(manifest.ended()).isNotNull();
    assertThat(manifest.points(Manifest.State.DONE))
        .singleElement()
        .satisfies(done -> {
          assertThat(done.point()).isEqualTo(point("walk", "synthetic-100"));
          assertThat(done.forks()).isEqualTo(2);
        });
    assertThat(manifest.points(Manifest.State.FAILED))
        .singleElement()
        .satisfies(failed -> {
          assertThat(failed.forks()).isZero();
          assertThat(failed.error())
              .contains("InputException: unknown bundled tree 'no-such-tree'")
              .doesNotContain("\n");
        });
  }

  @Test
  void thePointThatFailedIsNotTriedAgain() {
    assertThat(PROGRESS).hasSize(3);
    assertThat(PROGRESS.getLast()).startsWith("4/4 ");
    assertThat(PROGRESS).filteredOn(each -> each.contains("  failed: ")).hasSize(1);
  }

  @Test
  void theMeasurementHasBothForks() {
    assertThat(folder.measurements())
        .singleElement()
        .satisfies(walk -> {
          assertThat(walk.shortName()).isEqualTo("ResourceWalkBenchmark.walk");
          assertThat(walk.unit()).isEqualTo("ns/op");
          assertThat(walk.params()).isEqualTo(point("walk", "synthetic-100").params());
          assertThat(walk.forks()).hasSize(2).allSatisfy(fork -> assertThat(fork).hasSize(3));
          assertThat(walk.secondary()).containsKeys("visited", "walks");
          assertThat(walk.secondary().get("walks"))
              .allSatisfy(fork -> assertThat(fork).containsExactly(1.0, 1.0, 1.0));
        });
  }

  @Test
  void theForksHaveTheirOwnFlagsAndNoOthers() throws IOException {
    JsonNode json = Json.MAPPER.readTree(Files.readString(folder.jmhFile()));
    List<String> flags = new ArrayList<>();
    json.path(0).path("jvmArgs").forEach(each -> flags.add(each.asString()));
    assertThat(flags).isEqualTo(ForkFlags.ALL);
    assertThat(json.path(0).path("forks").asInt()).isEqualTo(2);
    assertThat(json.path(0).path("jvm").asString()).startsWith(System.getProperty("java.home"));
  }

  @Test
  void theHistogramsHaveAValueAnIteration() throws IOException {
    long values = 0;
    HistogramLogReader reader = new HistogramLogReader(folder.histogramFile().toFile());
    for (EncodableHistogram each = reader.nextIntervalHistogram();
        each != null;
        each = reader.nextIntervalHistogram()) {
      assertThat(each.getTag())
          .isEqualTo("ResourceWalkBenchmark.walk:avgt:behaviour=w2:target=last:tree=synthetic-100");
      values += ((org.HdrHistogram.Histogram) each).getTotalCount();
    }
    assertThat(values).isEqualTo(6);
  }

  @Test
  void theEnvironmentIsThatOfTheForks() {
    Environment environment = folder.environment();
    assertThat(environment.jvm().flags()).isEqualTo(ForkFlags.ALL);
    assertThat(environment.mapcost().revision()).isEqualTo("abc");
    assertThat(environment.steal() == null || environment.steal().after() != null).isTrue();
  }

  @Test
  void nothingElseIsLeftBehind() throws IOException {
    try (var files = Files.list(folder.path())) {
      assertThat(files.map(each -> Objects.toString(each.getFileName())))
          .containsExactlyInAnyOrder(
              "manifest.json",
              "environment.json",
              "jmh.json",
              "benchmarks.hlog",
              "jmh.log",
              "forks",
              ".lock");
    }
    assertThat(Files.readString(folder.logFile())).contains("no-such-tree", "Fork: 1 of 1");
  }

  private static BenchmarkPoint point(String method, String tree) {
    return new BenchmarkPoint(
        CLASS + method, Map.of("tree", tree, "target", "last", "behaviour", "w2"));
  }
}
