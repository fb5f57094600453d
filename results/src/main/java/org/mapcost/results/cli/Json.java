package org.mapcost.results.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mapcost.model.cost.Interval;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the commands print it: one object a line.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /// A map, list, record or plain value as one line of JSON.
  static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// An object with its keys in the order given: `object("a", 1, "b", 2)`. A map of `Map.of` would
  /// print them in another order in every run.
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  /// An interval as `[low, best, high]`, rounded here and nowhere else.
  static List<BigDecimal> interval(Interval interval) {
    return List.of(rounded(interval.low()), rounded(interval.best()), rounded(interval.high()));
  }

  /// Six significant digits, without an exponent.
  static BigDecimal rounded(double value) {
    return digits(value, 6);
  }

  /// So many significant digits, without an exponent.
  static BigDecimal digits(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
