package org.mapcost.model.machine.price;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.machine.Machine;

/// What a price function was told, with the machine's own values for what it was not told.
///
/// @param texts every argument as written
/// @param values every argument in its unit of record
public record Arguments(Map<String, String> texts, Map<String, Double> values) {
  public Arguments {
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// Throws `InputException`, with the nearest known key, for a key the function has not.
  static Arguments of(List<Argument> known, Machine machine, Map<String, String> set) {
    List<String> keys = known.stream().map(Argument::key).toList();
    for (String key : set.keySet()) {
      if (!keys.contains(key)) {
        throw Nearest.unknown("key", key, keys);
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Double> values = new LinkedHashMap<>();
    for (Argument argument : known) {
      String text = set.getOrDefault(argument.key(), argument.otherwise().apply(machine));
      texts.put(argument.key(), text);
      values.put(argument.key(), argument.parse(text, machine));
    }
    return new Arguments(texts, values);
  }

  double number(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }

  /// A number of things, checked to fit an `int`.
  int count(String key) {
    double number = number(key);
    if (number > Integer.MAX_VALUE) {
      throw new InputException(key + ": " + texts.get(key) + " is too many.");
    }
    return (int) number;
  }

  /// A share between 0 and 1.
  double share(String key) {
    double share = number(key);
    if (share < 0 || share > 1) {
      throw new InputException(key + ": " + texts.get(key) + " is no share: write 0 to 1.");
    }
    return share;
  }

  boolean flag(String key) {
    return number(key) != 0;
  }

  <E extends Enum<E>> E choice(String key, Class<E> words) {
    return words.getEnumConstants()[(int) number(key)];
  }
}
