package org.mapcost.benchmarks.host;

import java.io.Serial;

/// A probe that this host cannot run, with the reason. No fault of anybody, so without a trace.
public final class NotHere extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// @param reason what is missing, in a sentence without its full stop
  public NotHere(String reason) {
    super("skipped: " + reason, null, false, false);
  }

  /// What is missing, in a sentence without its full stop.
  public String reason() {
    return String.valueOf(getMessage()).substring("skipped: ".length());
  }
}
