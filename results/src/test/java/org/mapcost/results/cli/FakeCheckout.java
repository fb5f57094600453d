package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A checkout with nothing in it but what the launcher looks at, and a `PATH` with nothing on it
/// but what the launcher calls.
///
/// The copied launcher differs from the real one in one line: it looks for a machine's JDKs below
/// [#jdks] instead of `/usr/lib/jvm`, so that a test can be a machine without any.
final class FakeCheckout {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "find",
          "flock",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "timeout",
          "touch");

  /// Builds a "jar" slowly and noisily, eats its standard input, and does what a file beside it
  /// asks: `fail` (after writing the jar), `save` (a source is saved while the build runs).
  private static final String MVN =
      """
      #!/usr/bin/env bash
      dir=${BASH_SOURCE[0]%/*}
      echo "$PWD: $*" >>"$dir/builds"
      echo "from Maven to standard output"
      echo "from Maven to standard error" >&2
      cat >/dev/null
      sleep 0.2
      if [[ -e $dir/save ]]; then touch model/src/main/java/Kept.java; fi
      mkdir -p results/target
      echo jar >results/target/mapcost.jar
      if [[ -e $dir/fail ]]; then exit 1; fi
      """;

  /// Prints its process, its home, the current directory and the program's arguments; copies
  /// standard input when the second argument is `copy`; a training run waits for a file `train` (20
  /// seconds at most).
  private static final String JAVA =
      """
      #!/usr/bin/env bash
      for word; do
        if [[ $word == -XX:AOTCacheOutput=* ]]; then
          for ((i = 0; i < 1000; i++)); do
            if [[ -e ${BASH_SOURCE[0]%/*}/train ]]; then break; fi
            sleep 0.02
          done
          echo cache >"${word#*=}"
          exit
        fi
      done
      echo "process $$"
      echo "jdk ${BASH_SOURCE[0]%/bin/java}"
      echo "directory $PWD"
      while [[ $1 != -jar ]]; do echo "flag $1"; shift; done
      shift 2
      if (($#)); then printf '<%s>\\n' "$@"; fi
      if [[ ${2-} == copy ]]; then cat; fi
      exit "${FAKE_EXIT-0}"
      """;

  final Path home;
  final Path jdks;
  final Path tools;
  final Path user;

  FakeCheckout(Path root) throws IOException {
    home = root.resolve("a check out");
    jdks = Files.createDirectories(root.resolve("jdks"));
    tools = Files.createDirectories(root.resolve("tools"));
    user = Files.createDirectories(root.resolve("user"));
    for (String tool : TOOLS) {
      String real = "#!/bin/sh\nexec " + toolOfThisMachine(tool) + " \"$@\"\n";
      executable(tools.resolve(tool), real);
    }
    executable(tools.resolve("mvn"), MVN);
    write(home.resolve("pom.xml"));
    for (String module : List.of("model", "benchmarks", "results")) {
      write(home.resolve(module).resolve("pom.xml"));
      write(home.resolve(module).resolve("src/main/java/Kept.java"));
    }
    String real = Files.readString(realLauncher());
    String copy =
        real.replaceFirst("candidates\\+=\\(/usr/lib/jvm/\\*.*\\)", "candidates+=(" + jdks + "/*)");
    assertThat(copy).isNotEqualTo(real);
    executable(launcher(), copy);
  }

  static Path realLauncher() {
    return Path.of(System.getProperty("basedir"), "..", "scripts", "mapcost");
  }

  Path launcher() {
    return home.resolve("scripts/mapcost");
  }

  Path target(String name) {
    return home.resolve("results/target").resolve(name);
  }

  /// As after a build by a JVM that cannot make an AOT cache: nothing is left to do before the run.
  FakeCheckout built() throws IOException {
    write(target("mapcost.jar"));
    Files.createFile(target("mapcost.aot"));
    Files.setLastModifiedTime(
        target("mapcost.aot"), Files.getLastModifiedTime(target("mapcost.jar")));
    return this;
  }

  /// A fake JDK of this version.
  static Path jdk(Path where, String version) throws IOException {
    Path release = where.resolve("release");
    executable(where.resolve("bin/java"), JAVA);
    executable(where.resolve("bin/javac"), JAVA);
    Files.writeString(release, "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    return where;
  }

  /// What Maven was called with, one line a build.
  List<String> builds() throws IOException {
    Path log = tools.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /// What one start of the launcher did. Both outputs were read to their end.
  record Run(int exitCode, String out, String err) {
    List<String> lines(String kind) {
      return out.lines()
          .filter(line -> line.startsWith(kind + " "))
          .map(line -> line.substring(kind.length() + 1))
          .toList();
    }
  }

  Run run(String... arguments) {
    return run(Map.of(), arguments);
  }

  Run run(Map<String, String> environment, String... arguments) {
    return start(launcher(), user, "", environment, arguments).join();
  }

  /// Starts `program` in `directory`; the future ends when both of its outputs have ended.
  CompletableFuture<Run> start(
      Path program,
      Path directory,
      String input,
      Map<String, String> environment,
      String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", tools.toString(), "HOME", user.toString()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return out.thenCombine(err, (o, e) -> new Run(process.onExit().join().exitValue(), o, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<String> text(InputStream in) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (in) {
            text.complete(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.completeExceptionally(e);
          }
        });
    return text;
  }

  private static Path toolOfThisMachine(String tool) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("this machine has no " + tool));
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "text\n");
  }

  static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
