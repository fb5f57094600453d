package org.mapcost.results.published;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One source of the survey of published measurements, whole: its rows are never divided.
///
/// @param source title of the message, page or data set
/// @param by author and year, as far as known
/// @param rows ids of its rows in the survey, such as `T025`
/// @param side what its rows may do
/// @param why the reason for that
/// @param marks words by which a reference to it is recognised; none for a source of prices
public record PublishedSource(
    String source, String by, List<String> rows, Side side, String why, List<String> marks) {

  /// What the rows of a source may do.
  public enum Side {
    /// Machine files may take values from it.
    PRICE,
    /// Its rows may be predicted; no machine file may take a value from it.
    TEST
  }

  private static final Pattern IDS =
      Pattern.compile("\\b([A-Z])(\\d{3})(?:\\s?-\\s?\\1?(\\d{3}))?\\b");

  public PublishedSource {
    if (source.isBlank() || why.isBlank() || rows.isEmpty()) {
      throw new IllegalArgumentException("a source has a title, rows and a reason: " + source);
    }
    if (side == Side.PRICE && !marks.isEmpty()) {
      throw new IllegalArgumentException("only a test source is recognised by marks: " + source);
    }
    rows = List.copyOf(rows);
    marks = List.copyOf(marks);
  }

  /// The ids in a text, ranges written out: `T019, W001-W003` gives `T019 W001 W002 W003`.
  public static List<String> ids(String text) {
    List<String> ids = new ArrayList<>();
    Matcher matcher = IDS.matcher(text);
    while (matcher.find()) {
      int first = Integer.parseInt(matcher.group(2));
      int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
      for (int i = first; i <= last; i++) {
        ids.add("%s%03d".formatted(matcher.group(1), i));
      }
    }
    return ids;
  }
}
