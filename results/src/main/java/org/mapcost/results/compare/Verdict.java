package org.mapcost.results.compare;

/// What two measurements of one thing say of each other, in words.
public enum Verdict {
  FASTER("faster"),
  SLOWER("slower"),
  /// Better, of something that is no time.
  LESS("less"),
  /// Worse, or neither, of something that is no time.
  MORE("more"),
  /// The whole interval lies within the tolerance.
  SAME("same"),
  /// The interval holds both: no difference, and one beyond the tolerance.
  UNDECIDED("undecided"),
  /// There is no interval; the notes say why.
  NOT_COMPARABLE("not comparable"),
  /// A witness shows that the intended path did not run: there is a number, but not of this.
  NOT_EXERCISED("not exercised");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
