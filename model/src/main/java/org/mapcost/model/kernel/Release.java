package org.mapcost.model.kernel;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kernel release by number: a series such as `6.12`, or one of its point releases, `6.12.43`.
///
/// @param major the first number
/// @param minor the second
/// @param point the third, or [#SERIES] for the series
record Release(int major, int minor, int point) implements Comparable<Release> {
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

  boolean isSameSeries(Release other) {
    return major == other.major && minor == other.minor;
  }

  @Override
  public int compareTo(Release other) {
    return Comparator.comparingInt(Release::major)
        .thenComparingInt(Release::minor)
        .thenComparingInt(Release::point)
        .compare(this, other);
  }

  /// `6.12`, `6.12.43`.
  @Override
  public String toString() {
    return major + "." + minor + (isPoint() ? "." + point : "");
  }
}
