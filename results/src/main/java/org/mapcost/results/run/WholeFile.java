package org.mapcost.results.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mapcost.model.InputException;

/// Writes a file aside and renames it, so that a reader, or a kill at any moment, finds the old
/// content or the new one and never a part of either.
public final class WholeFile {
  private WholeFile() {}

  /// What fills the file.
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a file of a folder that is there.
  ///
  /// @throws InputException where it cannot be written, a full disk for one; the message says why
  public static void write(Path file, Content content) {
    Path aside = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside))) {
        content.writeTo(out);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      delete(aside);
      throw cannotWrite(file, e);
    }
  }

  static InputException cannotWrite(Path file, IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return new InputException(
        file
            + ": cannot be written ("
            + (reason == null ? e.getClass().getSimpleName() : reason)
            + ").",
        e);
  }

  private static void delete(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      // The write failed already, and that is what is reported.
      return;
    }
  }
}
