package org.mapcost.results.doctor;

import java.util.Locale;

/// One thing that was looked at.
///
/// @param subject what, in a word or two
/// @param state how it is for a measurement
/// @param seen what the host shows
/// @param cause why it is so, most likely; empty where it is as it should be
/// @param advice what to try; empty where there is nothing to do
public record Finding(String subject, State state, String seen, String cause, String advice) {
  /// How it is for a measurement.
  public enum State {
    GOOD,
    /// Worth knowing; figures stay right.
    NOTE,
    /// Figures become noisier or fewer.
    WARN,
    /// Something cannot be measured at all.
    LACKS;

    /// `good`, ...
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding {
    if (subject.isBlank() || seen.isBlank()) {
      throw new IllegalArgumentException("a finding says what was looked at and what was seen");
    }
    if (state.compareTo(State.NOTE) > 0 && (cause.isBlank() || advice.isBlank())) {
      throw new IllegalArgumentException(subject + ": trouble has a likely cause and advice");
    }
  }

  static Finding good(String subject, String seen) {
    return new Finding(subject, State.GOOD, seen, "", "");
  }

  static Finding note(String subject, String seen, String cause, String advice) {
    return new Finding(subject, State.NOTE, seen, cause, advice);
  }

  static Finding warn(String subject, String seen, String cause, String advice) {
    return new Finding(subject, State.WARN, seen, cause, advice);
  }

  static Finding lacks(String subject, String seen, String cause, String advice) {
    return new Finding(subject, State.LACKS, seen, cause, advice);
  }
}
