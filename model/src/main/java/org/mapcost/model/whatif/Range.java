package org.mapcost.model.whatif;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.units.Pages;

/// The values that a key goes through, in order.
///
/// Written as `a..b` (evenly, up to 51 values), `a..b:step`, `a..b:xF` (each F times the one
/// before; both ends are in it), or a list `a,b,c`. Numbers carry the key's units: `4KiB..1GiB:x2`,
/// `1GHz..4GHz:0.5GHz`, `200cycles..400cycles:50cycles`.
public final class Range {
  /// A range without a step has at most so many values.
  private static final int EVENLY = 51;

  /// More values than anybody waits for.
  private static final long MOST = 1_000_000_000L;

  private static final int DIGITS = 12;
  private static final Pattern SPAN = Pattern.compile("(.+?)\\.\\.(.+?)(?::(.+))?");
  private static final Pattern NUMBER =
      Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\\s*([A-Za-zµ/]*)");

  private static final Map<String, Double> BINARY =
      Map.of(
          "B", 1.0, "KiB", 0x1p10, "MiB", 0x1p20, "GiB", 0x1p30, "TiB", 0x1p40, "kB", 1e3, "MB",
          1e6, "GB", 1e9);
  private static final Map<String, Double> TIMES =
      Map.of("ps", 1e-3, "ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9);
  private static final Map<String, Double> CLOCKS =
      Map.of("Hz", 1.0, "kHz", 1e3, "MHz", 1e6, "GHz", 1e9);
  private static final Map<String, Double> RATES =
      Map.of("B/s", 1.0, "kB/s", 1e3, "MB/s", 1e6, "GB/s", 1e9, "MiB/s", 0x1p20, "GiB/s", 0x1p30);

  private final Key key;
  private final String unit;
  private final Shape shape;
  private final long size;

  /// How values follow one another.
  private sealed interface Shape {
    /// @param numbers in the range's unit
    record Numbers(List<Double> numbers, boolean log) implements Shape {}

    record Even(double first, double step) implements Shape {}

    record Words(List<String> words) implements Shape {}
  }

  private Range(Key key, String unit, Shape shape, long size) {
    this.key = key;
    this.unit = unit;
    this.shape = shape;
    this.size = size;
    if (size < 2) {
      throw new InputException(
          key.name() + ": a range has at least two values, or nothing varies.");
    }
  }

  /// Reads a range of a key's values. Throws [InputException] for one that makes no sense: no
  /// numbers, ends the wrong way round, a step that leads nowhere, mixed units, values the key
  /// cannot have.
  public static Range parse(Key key, String text) {
    Matcher span = SPAN.matcher(text.strip());
    if (span.matches() && key.kind().numeric()) {
      return span(key, text, span);
    }
    if (span.matches() && !text.contains(",")) {
      throw new InputException(
          "%s has no range '%s': its values are words; list them, such as %s=a,b,c."
              .formatted(key.name(), text, key.name()));
    }
    return list(key, text);
  }

  private static Range list(Key key, String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      if (word.isBlank()) {
        throw new InputException(
            "%s: '%s' has an empty value; write %s=a,b,c, a..b, a..b:step or a..b:x2."
                .formatted(key.name(), text, key.name()));
      }
      words.add(word.strip());
    }
    if (new LinkedHashSet<>(words).size() < words.size()) {
      throw new InputException(key.name() + ": '" + text + "' names a value twice.");
    }
    if (!key.kind().numeric()) {
      return new Range(key, "", new Shape.Words(words), words.size());
    }
    Amount first = amount(key, words.getFirst());
    List<Double> numbers = new ArrayList<>();
    for (String word : words) {
      double number = amount(key, word).in(first.unit, key);
      if (!numbers.isEmpty() && !(number > numbers.getLast())) {
        throw new InputException(
            "%s: list its values from small to large, not '%s'.".formatted(key.name(), text));
      }
      numbers.add(number);
    }
    return new Range(key, first.unit, new Shape.Numbers(numbers, false), numbers.size());
  }

  private static Range span(Key key, String text, Matcher span) {
    Amount from = amount(key, span.group(1));
    double low = from.value;
    double high = amount(key, span.group(2)).in(from.unit, key);
    if (!(high > low)) {
      throw new InputException(
          "%s: '%s' ends before it begins; write the smaller end first."
              .formatted(key.name(), text));
    }
    String step = span.group(3);
    if (step == null) {
      return even(key, from.unit, low, high, stepBetween(key, low, high));
    }
    if (step.toLowerCase(Locale.ROOT).startsWith("x")) {
      return factors(key, text, from.unit, low, high, step.substring(1));
    }
    double by = amount(key, step).in(from.unit, key);
    if (!(by > 0) || by > high - low) {
      throw new InputException(
          "%s: a step of %s leads nowhere in '%s'.".formatted(key.name(), step, text));
    }
    return even(key, from.unit, low, high, by);
  }

  private static double stepBetween(Key key, double low, double high) {
    double step = (high - low) / (EVENLY - 1);
    return key.kind().whole() ? Math.max(1, Math.ceil(step)) : step;
  }

  private static Range even(Key key, String unit, double low, double high, double step) {
    double count = Math.floor((high - low) / step * (1 + 1e-12) + 1e-9) + 1;
    if (count > MOST) {
      throw new InputException(
          "%s has %.3g values; a sweep goes through 1e9 at most.".formatted(key.name(), count));
    }
    return new Range(key, unit, new Shape.Even(low, step), (long) count);
  }

  private static Range factors(
      Key key, String text, String unit, double low, double high, String by) {
    double factor;
    try {
      factor = Double.parseDouble(by);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s: 'x%s' is no factor; write, for example, 8..256:x2.".formatted(key.name(), by), e);
    }
    if (!(factor > 1) || !(low > 0)) {
      throw new InputException(
          "%s: '%s' gets nowhere; a range of factors starts above zero and grows by more than 1."
              .formatted(key.name(), text));
    }
    List<Double> values = new ArrayList<>();
    for (double value = low; value < high * (1 - 1e-12); value *= factor) {
      double next = key.kind().whole() ? Math.rint(value) : value;
      if (values.isEmpty() || next > values.getLast()) {
        values.add(next);
      }
      if (values.size() > 1_000_000) {
        throw new InputException(
            "%s: '%s' has over a million values; take a larger factor."
                .formatted(key.name(), text));
      }
    }
    values.add(high);
    return new Range(key, unit, new Shape.Numbers(values, true), values.size());
  }

  /// A number in a unit in which the key is calculated.
  private record Amount(double value, String unit, String text) {
    double in(String other, Key key) {
      if (!unit.equals(other)) {
        throw new InputException(
            "%s: '%s' is not in %s; write all values in one unit of a kind."
                .formatted(key.name(), text, other.isEmpty() ? "bare numbers" : other));
      }
      return value;
    }
  }

  private static Amount amount(Key key, String text) {
    if (key.kind() == Key.Kind.PAGES) {
      return new Amount(Pages.parse(text).value(), "pages", text);
    }
    Matcher number = NUMBER.matcher(text.strip());
    if (!number.matches()) {
      throw new InputException(
          "'%s' is no value of %s (%s).".formatted(text, key.name(), key.description()));
    }
    double value = Double.parseDouble(number.group(1).replace("_", ""));
    String suffix = number.group(2);
    if (key.kind() == Key.Kind.TIME && suffix.startsWith("cycle")) {
      return new Amount(value, "cycles", text);
    }
    double factor =
        switch (key.kind()) {
          case BYTES -> factor(key, text, suffix, BINARY);
          case TIME -> factor(key, text, suffix, TIMES);
          case FREQUENCY -> factor(key, text, suffix, CLOCKS);
          case BANDWIDTH -> factor(key, text, suffix, RATES);
          default -> factor(key, text, suffix, Map.of("", 1.0));
        };
    double scaled = value * factor;
    if (key.kind() == Key.Kind.COUNT && scaled != Math.rint(scaled)) {
      throw new InputException(key.name() + " has whole numbers, not " + text + ".");
    }
    return new Amount(scaled, key.kind().unit(), text);
  }

  private static double factor(Key key, String text, String unit, Map<String, Double> units) {
    Double factor = units.get(unit);
    if (factor == null) {
      throw new InputException(
          "'%s' is no value of %s: %s."
              .formatted(
                  text,
                  key.name(),
                  units.containsKey("")
                      ? "it is a bare number"
                      : "write a unit, one of "
                          + String.join(", ", units.keySet().stream().sorted().toList())));
    }
    return factor;
  }

  public Key key() {
    return key;
  }

  /// How many values there are, at least two.
  public long size() {
    return size;
  }

  /// Whether the values are numbers, so that something may lie between two of them.
  public boolean numeric() {
    return !(shape instanceof Shape.Words);
  }

  /// Whether values grow by factors.
  public boolean logarithmic() {
    return shape instanceof Shape.Numbers numbers && numbers.log;
  }

  /// The nth value as a number in [#unit]; the number itself for words.
  public double number(long index) {
    return switch (shape) {
      case Shape.Numbers listed -> listed.numbers.get((int) index);
      case Shape.Even even -> clean(even.first + index * even.step);
      case Shape.Words _ -> index;
    };
  }

  /// The unit of numbers: `B`, `pages`, `ns`, `cycles`, `Hz`, `B/s`, or nothing.
  public String unit() {
    return unit;
  }

  /// The nth value as the command line takes it.
  public String text(long index) {
    return shape instanceof Shape.Words listed
        ? listed.words.get((int) index)
        : text(number(index));
  }

  /// A number of this range's unit as the command line takes it; rounded where the key has whole
  /// numbers only.
  public String text(double number) {
    boolean whole = key.kind().whole() || key.kind() == Key.Kind.BYTES;
    double value = whole ? Math.rint(number) : number;
    String digits =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? String.valueOf((long) value)
            : new BigDecimal(value)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    return digits + unit;
  }

  private double clean(double value) {
    return key.kind().whole() || key.kind() == Key.Kind.BYTES
        ? Math.rint(value)
        : new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
  }
}
