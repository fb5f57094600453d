package org.mapcost.model.machine.price;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Machine;

/// One thing a price function can be told.
///
/// @param key the word before `=`
/// @param dimension what it is; a choice is a [Dimension#COUNT] into `choices`
/// @param choices the words it can be; empty where it is a quantity
/// @param otherwise its text where the user says nothing, which may depend on the machine
/// @param description what it means
public record Argument(
    String key,
    Dimension dimension,
    List<String> choices,
    Function<Machine, String> otherwise,
    String description) {

  static Argument of(String key, Dimension dimension, String otherwise, String description) {
    return new Argument(key, dimension, List.of(), machine -> otherwise, description);
  }

  static Argument of(
      String key, Dimension dimension, Function<Machine, String> otherwise, String description) {
    return new Argument(key, dimension, List.of(), otherwise, description);
  }

  /// A word out of an enum's constants; the first is what holds if nothing is said.
  static <E extends Enum<E>> Argument choice(String key, Class<E> words, String description) {
    List<String> choices =
        Arrays.stream(words.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    return new Argument(key, Dimension.COUNT, choices, machine -> choices.getFirst(), description);
  }

  /// The units it can be written in, or the words it can be; empty for a bare number.
  public String units() {
    if (!choices.isEmpty()) {
      return String.join(", ", choices);
    }
    return switch (dimension) {
      case TIME -> "ns, us, ms, cycles";
      case BYTES -> "B, KiB, MiB, GiB";
      case FREQUENCY -> "MHz, GHz";
      case BANDWIDTH -> "MB/s, GB/s";
      case FLAG -> "true, false";
      case COUNT, RATIO -> "";
    };
  }

  /// The value of a text in the unit of record, a time in nanoseconds of the machine's clock; the
  /// position of a choice.
  double parse(String text, Machine machine) {
    if (choices.isEmpty()) {
      try {
        Dimension.Amount amount = dimension.parse(text);
        return amount.unit().equals("cycles")
            ? machine.cycles(Interval.exactly(amount.value())).best()
            : amount.value();
      } catch (InputException e) {
        throw new InputException(key + ": " + e.getMessage(), e);
      }
    }
    int position = choices.indexOf(text.toLowerCase(Locale.ROOT));
    if (position < 0) {
      throw Nearest.unknown("value for " + key, text, choices);
    }
    return position;
  }
}
