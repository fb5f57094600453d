package org.mapcost.results.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.mapcost.model.InputException;

/// Writes a file so that readers see the old one or the new one, and never a part of it.
public final class WholeFile {
  private WholeFile() {}

  /// Writes beside the file and renames. Folders are made if need be.
  ///
  /// @throws InputException when the place cannot be written
  public static void write(Path file, byte[] content) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Path temporary = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.createDirectories(folder);
      try {
        Files.write(temporary, content);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new InputException(
          file
              + ": cannot be written: "
              + e.getClass().getSimpleName()
              + " "
              + e.getMessage()
              + ".",
          e);
    }
  }
}
