package org.mapcost.model;

import java.io.Serial;

/// A user's input that cannot be used: a file, a line of it, a key or a value.
///
/// The message is one sentence made for the terminal. It names the place (file and line where there
/// is one) and the cause, and ends with what to try.
public final class InputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }

  /// An error at one line of a file, `file:line: cause`.
  public static InputException at(String file, int line, String cause) {
    return new InputException(file + ":" + line + ": " + cause);
  }
}
