package org.mapcost.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards that the profilers load into a JMH suite that knows nothing of mapcost, and that its
/// forks print no warning.
class ForeignSuiteTest {
  private static final String FOREIGN =
      """
      package foreign;
      import org.openjdk.jmh.annotations.*;
      public class Touch {
        @Benchmark
        public byte[] touch() {
          return new byte[1 << 16];
        }
      }
      """;

  @TempDir Path dir;

  @Test
  void anotherProjectsBenchmarksGetTheCounters() throws IOException, InterruptedException {
    Path source = Files.writeString(dir.resolve("Touch.java"), FOREIGN);
    Path classes = Files.createDirectory(dir.resolve("classes"));
    String path = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                path,
                "-processor",
                "org.openjdk.jmh.generators.BenchmarkProcessor",
                "-d",
                classes.toString(),
                source.toString());
    assertThat(compiled).isZero();
    String out = run(classes + File.pathSeparator + path);
    assertThat(out)
        .contains("Touch.touch:minorFaults")
        .contains("Touch.touch:switches")
        .doesNotContain("WARNING");
  }

  private String run(String classPath) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + dir,
            "-cp",
            classPath,
            "org.openjdk.jmh.Main",
            "^foreign[.]Touch"));
    command.addAll(List.of("-f 1 -wi 1 -w 10ms -i 1 -r 50ms -foe true".split(" ", -1)));
    for (Class<?> profiler : List.of(TlbProfiler.class, PerfEventProfiler.class)) {
      command.add("-prof");
      command.add(profiler.getName());
    }
    Path out = dir.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    int code = builder.redirectOutput(out.toFile()).start().waitFor();
    String text = Files.readString(out);
    assertThat(code).as(text).isZero();
    return text;
  }
}
