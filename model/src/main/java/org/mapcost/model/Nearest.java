package org.mapcost.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the known name that a mistyped one most likely meant.
public final class Nearest {
  private Nearest() {}

  /// The known name with the smallest edit distance to the typed one, as a whole or by its
  /// beginning, if no more than a third of its letters (two at least) differ.
  public static Optional<String> to(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(
            Comparator.comparingInt((String name) -> strangeness(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .filter(name -> strangeness(wanted, name) <= Math.max(2, wanted.length() / 3));
  }

  private static int strangeness(String wanted, String name) {
    String whole = name.toLowerCase(Locale.ROOT);
    int least = distance(wanted, whole);
    for (int length = wanted.length() - 1; length <= wanted.length() + 1; length++) {
      if (length > 0 && length < whole.length()) {
        least = Math.min(least, 1 + distance(wanted, whole.substring(0, length)));
      }
    }
    return least;
  }

  /// `unknown WHAT 'typed'; did you mean 'name'? Known: ...`
  public static InputException unknown(String what, String typed, Collection<String> known) {
    String guess = to(typed, known).map(name -> "; did you mean '" + name + "'?").orElse(".");
    return new InputException(
        "unknown "
            + what
            + " '"
            + typed
            + "'"
            + guess
            + " Known: "
            + String.join(", ", known)
            + ".");
  }

  /// Levenshtein's edit distance, with a swap of neighbours as one edit.
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int substituted = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(substituted, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
