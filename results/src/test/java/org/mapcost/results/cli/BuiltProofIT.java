package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/// Guards that the proof in the program's jar is the one that its recordings, rows and code give.
class BuiltProofIT {
  @Test
  void theProofInTheJarIsTheComputedOne() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target", "mapcost.jar").toFile())) {
      ZipEntry entry = jar.getEntry("org/mapcost/results/cli/" + BuiltProof.FILE);
      assertThat(entry).isNotNull();
      try (InputStream in = jar.getInputStream(entry)) {
        assertThat(BuiltProof.read(in)).isEqualTo(BuiltProof.computed());
      }
    }
  }
}
