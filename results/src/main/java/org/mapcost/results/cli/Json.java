package org.mapcost.results.cli;

import tools.jackson.databind.json.JsonMapper;

/// JSON as the commands print it: one object a line.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /// A map, list, record or plain value as one line of JSON.
  static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
