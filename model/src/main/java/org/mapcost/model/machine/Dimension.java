package org.mapcost.model.machine;

import java.util.List;
import java.util.Locale;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.units.Bytes;
import org.mapcost.model.units.BytesPerSecond;
import org.mapcost.model.units.Cycles;
import org.mapcost.model.units.Hertz;
import org.mapcost.model.units.Nanoseconds;

/// What kind of quantity a parameter is, hence which units it is written in.
public enum Dimension {
  /// A time, in nanoseconds or, for work inside a core, in cycles of its clock.
  TIME("ns"),
  /// A size; the unit of record is the byte.
  BYTES("B"),
  /// A clock rate; the unit of record is the hertz.
  FREQUENCY("Hz"),
  /// A bandwidth; the unit of record is bytes a second.
  BANDWIDTH("B/s"),
  /// A whole number of things.
  COUNT(""),
  /// A bare number, such as cycles for each instruction.
  RATIO(""),
  /// Whether the machine has something: 1 or 0, written `true` or `false`.
  FLAG("");

  private static final List<String> TIMES = List.of("ps", "ns", "us", "ms", "s", "cycles");
  private final String unit;

  Dimension(String unit) {
    this.unit = unit;
  }

  /// A number in the unit of record of this dimension.
  ///
  /// @param value the number
  /// @param unit its unit of record: `ns`, `cycles`, `B`, `Hz`, `B/s` or nothing
  public record Amount(double value, String unit) {}

  /// Reads a number with its unit, such as `376ns`, `275 cycles`, `32MiB`, `true`.
  public Amount parse(String text) {
    return switch (this) {
      case TIME -> time(text);
      case BYTES -> new Amount(Bytes.parse(text).value(), unit);
      case FREQUENCY -> new Amount(Hertz.parse(text).value(), unit);
      case BANDWIDTH -> new Amount(BytesPerSecond.parse(text).value(), unit);
      case COUNT -> new Amount(count(text), unit);
      case RATIO -> new Amount(number(text), unit);
      case FLAG -> new Amount(flag(text), unit);
    };
  }

  private Amount time(String text) {
    String stripped = text.strip();
    String letters = stripped.replaceFirst("^[-+0-9._eE]*\\s*", "");
    if (letters.startsWith("cycle")) {
      return new Amount(Cycles.parse(stripped).value(), "cycles");
    }
    if (!letters.isEmpty() && !TIMES.contains(letters.replace("µ", "u"))) {
      throw Nearest.unknown("unit of time", letters, TIMES);
    }
    return new Amount(Nanoseconds.parse(stripped).value(), unit);
  }

  private static double count(String text) {
    double number = number(text);
    if (number != Math.rint(number) || number < 0) {
      throw new InputException("'" + text + "' is no count: write a whole number, such as 64.");
    }
    return number;
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the message below.
    }
    throw new InputException("'" + text + "' is no number: write, for example, 0.5.");
  }

  private static double flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> 1;
      case "false", "no", "off", "0" -> 0;
      default -> throw new InputException("'" + text + "' is neither true nor false.");
    };
  }
}
