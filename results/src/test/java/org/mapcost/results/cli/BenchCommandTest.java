package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.benchmarks.ForkFlags;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.RunFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards `bench` as a user starts it: what it prints, its exit codes, that the flags which make a
/// command start fast do not reach the forks, and that a stopped run keeps what it measured.
class BenchCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path dir;

  @Test
  void helpNamesTheDefaults() {
    CommandLineRun help = CommandLineRun.of("bench", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out().replaceAll("\\s+", " "))
        .contains("--profile", "quick, ci or full (default: quick)", "--include", "--out")
        .contains("table, json, csv or markdown (default: table)");
  }

  @Test
  void badInputIsOneLineAndExitCodeTwo() throws IOException {
    assertThat(CommandLineRun.of("bench", "--include", "(", "--out", dir.toString()))
        .isEqualTo(
            new CommandLineRun(
                2,
                "",
                "mapcost: --include '(' is no regular expression: Unclosed group at character"
                    + " 2.\n"));
    assertThat(CommandLineRun.of("bench", "--include", "nothing", "--out", dir.toString()))
        .satisfies(none -> {
          assertThat(none.exitCode()).isEqualTo(2);
          assertThat(none.err().lines())
              .singleElement()
              .asString()
              .startsWith("mapcost: no benchmark of profile quick matches 'nothing'; the first");
        });
    assertThat(CommandLineRun.of("bench", "--profile", "quik").exitCode()).isEqualTo(2);
    try (var files = Files.list(dir)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void optionsThatMakeNoSenseTogether() {
    String out = dir.toString();
    assertThat(CommandLineRun.of("bench", "--max-forks", "8", "--out", out).err())
        .startsWith(
            "mapcost: --max-forks ends a benchmark that does not reach its --precision; name"
                + " that.\n");
    CommandLineRun few =
        CommandLineRun.of("bench", "--precision", "2%", "--max-forks", "8", "--out", out);
    assertThat(few.exitCode()).isEqualTo(2);
    assertThat(few.err())
        .startsWith(
            "mapcost: --max-forks 8 is below the 10 forks that a benchmark has before it"
                + " may end by its precision.\n");
  }

  @Test
  void aRunFromAJvmWithStartUpFlags() throws IOException, InterruptedException {
    Process bench = start("chase .*tree=synthetic-100$", "--quiet", "--format", "json").start();
    String out = new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bench.waitFor()).isZero();
    assertThat(dir.resolve("err")).isEmptyFile();
    JsonNode printed = JSON.readTree(out);
    RunFolder folder = RunFolder.open(Path.of(printed.path("run_folder").asString()));
    assertThat(folder.path().getParent()).isEqualTo(dir.resolve("runs"));
    assertThat(printed.path("status").asString()).isEqualTo("complete");
    assertThat(printed.path("points_done").asInt()).isEqualTo(1);
    assertThat(folder.manifest().commandLine()).startsWith("bench", "--include");
    assertThat(folder.measurements().getFirst().forks()).hasSize(3);
    List<String> flags = new ArrayList<>();
    JSON.readTree(Files.readString(folder.jmhFile()))
        .path(0)
        .path("jvmArgs")
        .forEach(each -> flags.add(each.asString()));
    assertThat(flags)
        .isEqualTo(ForkFlags.ALL)
        .noneMatch(flag -> flag.matches(".*(TieredStopAtLevel|AOTCache|Xlog|Xshare).*"));
  }

  @Test
  void aStoppedRunKeepsWhatItMeasured() throws IOException, InterruptedException {
    Process bench = start("tree=synthetic-100").start();
    RunFolder folder = awaitFirstFork(bench);
    List<ProcessHandle> forks = bench.descendants().toList();
    bench.destroy();

    assertThat(bench.waitFor()).isNotZero();
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.INCOMPLETE);
    assertThat(folder.manifest().ended()).isNotNull();
    assertThat(folder.measurements()).isNotEmpty();
    for (ProcessHandle fork : forks) {
      assertThat(fork.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }
    try (var files = Files.list(folder.path())) {
      assertThat(files).noneMatch(each -> each.toString().endsWith(".part"));
    }
  }

  private RunFolder awaitFirstFork(Process bench) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (bench.isAlive() && System.nanoTime() < end) {
      for (RunFolder each : RunFolder.list(dir.resolve("runs"))) {
        if (Files.exists(each.jmhFile())) {
          return each;
        }
      }
      Thread.sleep(20);
    }
    bench.destroyForcibly();
    throw new AssertionError("no fork ended");
  }

  /// The command as the launcher starts it: in a JVM with flags that no fork should see.
  private ProcessBuilder start(String include, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-XX:AOTCache=" + dir.resolve("no.aot"),
                ForkFlags.UNSAFE,
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "bench",
                "--include",
                include,
                "--out",
                dir.resolve("runs").toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(dir.resolve("err").toFile());
  }
}
