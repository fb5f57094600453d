package org.mapcost.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guards that benchmarks.jar is an ordinary JMH jar: it knows its benchmarks, takes JMH's flags,
/// runs from any path, and stays silent where nothing is wrong.
class BenchmarksJarIT {
  private static final String ONE_BENCHMARK =
      "ResourceWalkBenchmark.walk -p tree=synthetic-100 -p target=last -p behaviour=w2 -f 1 -wi 0"
          + " -i 1 -r 10ms";

  @TempDir static Path temp;
  private static Path jar;

  @BeforeAll
  static void copyToAPathWithABlank() throws IOException {
    Path built = Path.of(System.getProperty("basedir", ""), "target", "benchmarks.jar");
    jar = Files.createDirectory(temp.resolve("a directory")).resolve("the benchmarks.jar");
    Files.copy(built, jar);
  }

  @Test
  void theListOfBenchmarksIsInTheJar() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      byte[] list = file.getInputStream(file.getJarEntry("META-INF/BenchmarkList")).readAllBytes();
      assertThat(new String(list, StandardCharsets.UTF_8)).contains("ResourceWalkBenchmark");
    }
  }

  @Test
  void listsTheBenchmarks() {
    Run run = java(List.of(), "-l");
    assertThat(run.exitCode).isZero();
    assertThat(run.out.lines())
        .contains(
            "org.mapcost.benchmarks.mechanism.ResourceWalkBenchmark.chase",
            "org.mapcost.benchmarks.mechanism.ResourceWalkBenchmark.walk");
    assertSilent(run);
  }

  @Test
  void parentAndForkPrintNoWarningAndTheForkHasItsFlags() throws IOException {
    Path json = temp.resolve("jmh.json");
    Run run =
        java(
            List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable"),
            ONE_BENCHMARK + " -rf json -rff",
            json.toString());
    assertThat(run.exitCode).as(run.out + run.err).isZero();
    assertSilent(run);
    String result = Files.readString(json);
    assertThat(strings(result, "\"jvmArgs\"\\s*:\\s*\\[([^\\]]*)\\]"))
        .as("the parent's own flags stay with the parent")
        .containsExactlyElementsOf(ForkFlags.ALL);
    assertThat(score(result, "visited")).isEqualTo(100.0);
    assertThat(score(result, "walks")).isEqualTo(1.0);
    assertThat(score(result, "footprintBytes")).isEqualTo(6400.0);
  }

  @Test
  void argumentsOfTheUserAddToTheFlagsOrReplaceThoseOfTheHeap() throws IOException {
    Path added = temp.resolve("added.json");
    java(List.of(), ONE_BENCHMARK + " -jvmArgsAppend -Dx=y -rf json -rff", added.toString());
    List<String> all = new ArrayList<>(ForkFlags.ALL);
    all.add("-Dx=y");
    assertThat(strings(Files.readString(added), "\"jvmArgs\"\\s*:\\s*\\[([^\\]]*)\\]"))
        .containsExactlyElementsOf(all);

    Path replaced = temp.resolve("replaced.json");
    Run run =
        java(List.of(), ONE_BENCHMARK + " -jvmArgs -Xmx200m -rf json -rff", replaced.toString());
    List<String> silent = new ArrayList<>(ForkFlags.SILENT);
    silent.add("-Xmx200m");
    assertThat(strings(Files.readString(replaced), "\"jvmArgs\"\\s*:\\s*\\[([^\\]]*)\\]"))
        .containsExactlyElementsOf(silent);
    assertSilent(run);
  }

  @Test
  void nothingIsCollectedWhileMeasuring() throws IOException {
    Path json = temp.resolve("gc.json");
    Run run = java(List.of(), ONE_BENCHMARK + " -prof gc -rf json -rff", json.toString());
    assertThat(run.exitCode).as(run.out + run.err).isZero();
    assertThat(score(Files.readString(json), "gc.count")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-such-option", "-f many", "NoSuchBenchmark"})
  void anErrorBecomesTheExitCodeWithOrWithoutASecondStart(String wrong) {
    assertThat(java(List.of(), wrong).exitCode).isEqualTo(1);
    assertThat(java(List.of(ForkFlags.UNSAFE), wrong).exitCode).isEqualTo(1);
  }

  @Test
  void aMistypedParameterFailsWithTheKnownOnes() {
    Run run = java(List.of(), ONE_BENCHMARK.replace("last", "lsat") + " -foe true");
    assertThat(run.exitCode).isEqualTo(1);
    assertThat(run.out + run.err).contains("unknown target 'lsat'", "first, middle, last");
  }

  private static void assertSilent(Run run) {
    assertThat(run.out + run.err).doesNotContainIgnoringCase("warning:").doesNotContain("WARNING");
    assertThat(run.err).isEmpty();
  }

  private static List<String> strings(String json, String array) {
    Matcher found = Pattern.compile(array).matcher(json);
    assertThat(found.find()).isTrue();
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(found.group(1))
        .results()
        .map(each -> each.group(1))
        .toList();
  }

  private static double score(String json, String metric) {
    Matcher found =
        Pattern.compile("\"" + metric + "\"\\s*:\\s*\\{\\s*\"score\"\\s*:\\s*([0-9.E+-]+)")
            .matcher(json);
    assertThat(found.find()).as(metric).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private record Run(int exitCode, String out, String err) {}

  /// Starts the jar on the JDK of this test; `words` is split at blanks, `last` is not.
  private static Run java(List<String> flags, String words, String... last) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(flags);
    // JMH's lock lies in the temporary directory; another JMH on this machine must not stop this.
    command.addAll(List.of("-Djava.io.tmpdir=" + temp, "-jar", jar.toString()));
    command.addAll(List.of(words.split(" ", -1)));
    command.addAll(List.of(last));
    try {
      Path out = Files.createTempFile(temp, "out", ".txt");
      Path err = Files.createTempFile(temp, "err", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      int exitCode = builder.directory(temp.toFile()).start().waitFor();
      return new Run(exitCode, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
