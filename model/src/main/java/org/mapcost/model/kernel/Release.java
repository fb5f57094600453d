package org.mapcost.model.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kernel release by number: a series such as `6.12`, or one of its point releases, `6.12.43`.
///
/// @param major the first number
/// @param minor the second
/// @param point the third, or [#SERIES] for the series
record Release(int major, int minor, int point) {
  /// No point release is named.
  static final int SERIES = -1;

  private static final Pattern TEXT =
      Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,4}))?");

  /// Reads `6.12` or `6.12.43`; nothing else is a release.
  static Optional<Release> parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Release(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            m.group(3) == null ? SERIES : Integer.parseInt(m.group(3))));
  }

  boolean isPoint() {
    return point != SERIES;
  }

  /// How far another series is, in series; one to the next major number is as far as twenty.
  int distance(Release other) {
    return Math.abs(20 * (major - other.major) + minor - other.minor);
  }

  /// `6.12`, `6.12.43`.
  @Override
  public String toString() {
    return major + "." + minor + (isPoint() ? "." + point : "");
  }
}
