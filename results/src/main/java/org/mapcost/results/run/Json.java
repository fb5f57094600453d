package org.mapcost.results.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How the files of a run folder are written as JSON: snake case keys, what is not known left out.
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.LOWER_CAMEL_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultPropertyInclusion(each ->
              each.withValueInclusion(
                  com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  static void write(Path file, Object value) {
    WholeFile.write(
        file,
        out -> {
          out.write(MAPPER.writeValueAsBytes(value));
          out.write('\n');
        });
  }

  /// Reads a file that mapcost wrote.
  static <T> T read(Path file, Class<T> type, String schema) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": there is no such file; is this a run folder?");
    }
    try {
      String found = MAPPER.readTree(file).path("schema").asString("no schema");
      if (!found.equals(schema)) {
        throw new InputException(
            file + ": this is " + found + ", and this version of mapcost reads " + schema + ".");
      }
      return Objects.requireNonNull(MAPPER.readValue(file, type));
    } catch (JacksonException e) {
      throw new InputException(where(file.toString(), e.getLocation()) + cause(e), e);
    }
  }

  /// Goes through the object at the current token; a value that is no object has no members.
  ///
  /// @param member is told each key with the parser at its value, which it reads or skips
  static void members(JsonParser json, Consumer<String> member) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      json.nextToken();
      member.accept(key);
    }
  }

  /// The text at the current token; null, and the value is skipped, where that is no text.
  static @Nullable String text(JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return null;
    }
    return json.getString();
  }

  /// `file:line: `, or `file: ` where the line is not known.
  static String where(String file, @Nullable TokenStreamLocation at) {
    return at == null || at.getLineNr() <= 0
        ? file + ": "
        : String.format(Locale.ROOT, "%s:%d: ", file, at.getLineNr());
  }

  /// The parser's reason, without its location and its hints at Java.
  static String cause(JacksonException e) {
    String message = Objects.requireNonNullElse(e.getOriginalMessage(), "unreadable");
    int sentence = message.indexOf('\n');
    return sentence < 0 ? message : message.substring(0, sentence);
  }
}
