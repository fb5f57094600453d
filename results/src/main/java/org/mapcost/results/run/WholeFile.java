package org.mapcost.results.run;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;

/// Writes a file aside and renames it, so that a reader, or a kill at any moment, finds the old
/// content or the new one and never a part of either.
public final class WholeFile {
  private WholeFile() {}

  /// What fills the file. A `PrintStream` over the target is to be flushed, and need not be asked
  /// for errors.
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
      try (Target target = new Target(Files.newOutputStream(aside));
          OutputStream out = new BufferedOutputStream(target)) {
        content.writeTo(out);
        out.flush();
        target.check();
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      delete(aside);
      throw cannotWrite(file, e);
    }
  }

  /// Remembers why it could not be written: a `PrintStream` in between tells nobody.
  private static final class Target extends FilterOutputStream {
    private @Nullable IOException failure;

    Target(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    void check() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }
  }

  static InputException cannotWrite(Path file, IOException e) {
    return new InputException(file + ": cannot be written (" + reason(e) + ").", e);
  }

  /// Why, in words: Java's own exceptions of a missing file or right have none.
  static String reason(IOException e) {
    @Nullable String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return switch (e) {
      case NoSuchFileException _ -> "there is no such directory";
      case AccessDeniedException _ -> "permission denied";
      default -> reason == null ? e.getClass().getSimpleName() : reason;
    };
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
