package org.mapcost.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/// Guards the two jars that people run: both list the same benchmarks, the application has its
/// mapping strategies, and each carries the licences of what is in it.
class ApplicationJarIT {
  private static final Path APPLICATION = Path.of("target", "mapcost.jar");
  private static final Path BENCHMARKS = Path.of("..", "benchmarks", "target", "benchmarks.jar");

  @Test
  void bothListTheSameBenchmarks() throws IOException {
    List<String> benchmarks = lines(BENCHMARKS, "META-INF/BenchmarkList");
    assertThat(benchmarks).isNotEmpty();
    assertThat(lines(APPLICATION, "META-INF/BenchmarkList"))
        .containsExactlyInAnyOrderElementsOf(benchmarks);
  }

  @Test
  void theApplicationHasTheStrategies() throws IOException {
    assertThat(lines(APPLICATION, "META-INF/services/org.mapcost.model.strategy.Strategy"))
        .contains("org.mapcost.model.strategy.TtmFault");
  }

  @Test
  void bothNameTheLicencesOfTheirParts() throws IOException {
    assertThat(String.join("\n", lines(BENCHMARKS, "META-INF/THIRD-PARTY.txt")))
        .contains("org.openjdk.jmh:jmh-core", "tools.jackson.core:jackson-databind");
    assertThat(String.join("\n", lines(APPLICATION, "META-INF/THIRD-PARTY.txt")))
        .contains("org.openjdk.jmh:jmh-core", "org.jfree:jfreechart", "info.picocli:picocli");
    assertThat(String.join("\n", lines(BENCHMARKS, "LICENSE"))).contains("CLASSPATH");
    assertThat(lines(APPLICATION, "META-INF/licenses/JFreeChart-LGPL-2.1.txt")).isNotEmpty();
  }

  @Test
  void bothAllowNativeAccessInTheirManifest() throws IOException {
    for (Path jar : List.of(BENCHMARKS, APPLICATION)) {
      assertThat(lines(jar, "META-INF/MANIFEST.MF")).contains("Enable-Native-Access: ALL-UNNAMED");
    }
  }

  private static List<String> lines(Path jar, String entry) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      ZipEntry found = file.getEntry(entry);
      assertThat(found).as("%s in %s", entry, jar).isNotNull();
      return new String(file.getInputStream(found).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
