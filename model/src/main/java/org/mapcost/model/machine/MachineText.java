package org.mapcost.model.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The text of a machine file as nested keys, each with its line, so that an error can name it.
final class MachineText {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /// A key's value: a text, or further keys.
  ///
  /// @param line where it starts, from 1
  /// @param text empty where there are keys
  record Node(int line, String text, Map<String, Node> keys) {}

  private MachineText() {}

  /// Reads a YAML text. Throws `InputException` with file and line where it is none.
  static Node read(String file, String yaml) {
    try (JsonParser parser = YAML.createParser(yaml)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw InputException.at(
            file, 1, "a machine file starts with keys, such as 'machine: my-machine'.");
      }
      return keys(file, parser);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new InputException(file + ":" + line + ": no YAML: " + e.getOriginalMessage() + ".", e);
    }
  }

  private static Node keys(String file, JsonParser parser) {
    int line = line(parser);
    Map<String, Node> keys = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      int at = line(parser);
      Node node = value(file, parser, key);
      if (keys.put(key, node) != null) {
        throw InputException.at(file, at, "'" + key + "' occurs twice; keep one of them.");
      }
    }
    return new Node(line, "", keys);
  }

  private static Node value(String file, JsonParser parser, String key) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      return keys(file, parser);
    }
    if (token == JsonToken.START_ARRAY) {
      throw InputException.at(
          file, line(parser), "'" + key + "' is a list; a machine file has none.");
    }
    @Nullable String text = token != null && token.isScalarValue() ? parser.getString() : null;
    if (text == null || token == JsonToken.VALUE_NULL) {
      throw InputException.at(
          file, line(parser), "'" + key + "' has no value: write one behind the colon.");
    }
    return new Node(line(parser), text, Map.of());
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
