package org.mapcost.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads a text that a user names; anything else is refused with what to give instead.
public final class TextFile {
  /// Far above any real machine's text; 100 000 lines of `/proc/iomem` take about 5 MB.
  public static final int MAX_BYTES = 32 << 20;

  private TextFile() {}

  /// The text of a file. Throws [InputException] when it is missing, unreadable, larger than 32 MiB
  /// or no text.
  ///
  /// @param what the text that is expected, as messages name it: `/proc/iomem`
  public static String read(Path file, String what) {
    try (InputStream in = open(file, what)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InputException(
            file + ": larger than " + (MAX_BYTES >> 20) + " MiB, which no " + what + " is.");
      }
      return decode(file, what, bytes);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static InputStream open(Path file, String what) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(
          file + ": is a directory; name a file with the text of " + what + ".");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file.", e);
    } catch (AccessDeniedException e) {
      throw new InputException(file + ": permission denied; try it as root.", e);
    }
  }

  private static String decode(Path file, String what, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i];
      if (c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
        throw new InputException(
            "%s: no text: byte %d is 0x%02x. Give the text of %s.".formatted(file, i, c, what));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
          file + ": no text: it is not UTF-8. Give the text of " + what + ".", e);
    }
  }
}
