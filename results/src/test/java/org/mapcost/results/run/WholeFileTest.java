package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;

/// Guards that a file is written whole or stays as it was, and that a full disk is called that.
class WholeFileTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void anEarlierFile() throws IOException {
    file = Files.writeString(dir.resolve("jmh.json"), "before");
  }

  @Test
  void theNewContentReplacesTheOld() throws IOException {
    WholeFile.write(file, out -> out.write("after".getBytes(StandardCharsets.UTF_8)));
    assertThat(file).hasContent("after");
    try (var files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
  }

  /// A `PrintStream` tells nobody why it could not write; the file knows all the same.
  @Test
  void aFullDisk() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    Files.createSymbolicLink(dir.resolve(".jmh.json.part"), full);
    assertThatThrownBy(() ->
            WholeFile.write(
                file,
                out -> {
                  PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
                  printer.print("x".repeat(100_000));
                  printer.flush();
                }))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": cannot be written (No space left on device).");
    assertThat(file).hasContent("before");
  }

  @Test
  void aFolderThatIsGone() {
    Path gone = dir.resolve("gone").resolve("jmh.json");
    assertThatThrownBy(() -> WholeFile.write(gone, out -> out.write(1)))
        .isInstanceOf(InputException.class)
        .hasMessage(gone + ": cannot be written (there is no such directory).");
  }
}
