package org.mapcost.model.workload.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The lines of a stream, one after the other, in constant memory whatever is in it.
final class Lines {
  /// No recorder writes longer ones.
  static final int LONGEST = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[LONGEST];
  private int at;
  private int end;
  private boolean ended;
  private boolean overlong;
  private boolean complete;

  Lines(InputStream in) {
    this.in = in;
  }

  /// The next line without its end, cut off at [#LONGEST] bytes; null behind the last.
  @Nullable String next() throws IOException {
    if (ended) {
      return null;
    }
    int length = 0;
    overlong = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end <= 0) {
          ended = true;
          complete = false;
          return length == 0 && !overlong ? null : text(length);
        }
      }
      byte next = buffer[at++];
      if (next == '\n') {
        complete = true;
        return text(length);
      }
      if (length < LONGEST) {
        line[length++] = next;
      } else {
        overlong = true;
      }
    }
  }

  private String text(int length) {
    int to = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, to, StandardCharsets.UTF_8);
  }

  /// Whether the last line was longer than [#LONGEST].
  boolean isOverlong() {
    return overlong;
  }

  /// Whether the last line ended with a line feed.
  boolean isComplete() {
    return complete;
  }
}
