package org.mapcost.model.units;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;

/// The one place where a number with a unit is read and printed.
final class Magnitude {
  private static final Pattern FORM =
      Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\\s*([A-Za-zµ]*)");

  private Magnitude() {}

  /// The value of `text` in the base unit; `units` gives the factor of each unit, `""` that of a
  /// bare number.
  static double parse(String text, String what, Map<String, Double> units, String example) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new InputException(
          "'" + text + "' is no " + what + ": write a number and a unit, such as " + example + ".");
    }
    Double factor = units.get(form.group(2));
    if (factor == null) {
      Set<String> named = new TreeSet<>(units.keySet());
      named.remove("");
      throw new InputException(
          "'%s' is no %s: %s. Units: %s."
              .formatted(
                  text,
                  what,
                  form.group(2).isEmpty()
                      ? "the unit is missing"
                      : "unknown unit '" + form.group(2) + "'",
                  String.join(", ", named)));
    }
    return Double.parseDouble(form.group(1).replace("_", "")) * factor;
  }

  /// Three significant digits, without a needless exponent: `1.30`, `42`, `1230`.
  static String three(double value) {
    double size = Math.abs(value);
    if (size == 0 || !Double.isFinite(value)) {
      return size == 0 ? "0" : String.valueOf(value);
    }
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + Math.min(digits, 12) + "f", value);
  }
}
