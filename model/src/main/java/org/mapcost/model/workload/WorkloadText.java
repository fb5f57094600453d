package org.mapcost.model.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The text of a workload file as nested keys, each with its file and line, so that an error can
/// name them.
final class WorkloadText {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /// A key's value: a text, further keys, or a list.
  ///
  /// @param file as the user named it
  /// @param line where it starts, from 1
  /// @param text empty where there are keys or a list
  record Node(String file, int line, String text, Map<String, Node> keys, List<Node> items) {
    InputException error(String cause) {
      return InputException.at(file, line, cause);
    }
  }

  private final String file;
  private final JsonParser parser;

  private WorkloadText(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /// Reads a YAML text. Throws `InputException` with file and line where it is none.
  static Node read(String file, String yaml) {
    try (JsonParser parser = YAML.createParser(yaml)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw InputException.at(
            file, 1, "a workload file starts with keys, such as 'workload: my-workload'.");
      }
      return new WorkloadText(file, parser).keys();
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new InputException(file + ":" + line + ": no YAML: " + e.getOriginalMessage() + ".", e);
    }
  }

  private Node keys() {
    int line = line();
    Map<String, Node> keys = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      int at = line();
      Node node = value(key);
      if (keys.put(key, node) != null) {
        throw InputException.at(file, at, "'" + key + "' occurs twice; keep one of them.");
      }
    }
    return new Node(file, line, "", keys, List.of());
  }

  private Node value(String key) {
    return of(parser.nextToken(), key);
  }

  private Node of(@Nullable JsonToken token, String key) {
    if (token == JsonToken.START_OBJECT) {
      return keys();
    }
    int line = line();
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        items.add(of(next, key));
      }
      return new Node(file, line, "", Map.of(), items);
    }
    String text = token != null && token.isScalarValue() ? parser.getString() : null;
    if (text == null || token == JsonToken.VALUE_NULL) {
      throw InputException.at(
          file, line, "'" + key + "' has no value: write one behind the colon.");
    }
    return new Node(file, line, text, Map.of(), List.of());
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
