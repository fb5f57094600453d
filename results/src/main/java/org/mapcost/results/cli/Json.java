package org.mapcost.results.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
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

  /// An interval as `[low, best, high]`, rounded here and nowhere else.
  static List<BigDecimal> interval(Interval interval) {
    return List.of(rounded(interval.low()), rounded(interval.best()), rounded(interval.high()));
  }

  /// Six significant digits, without an exponent.
  static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
