package org.mapcost.results.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.published.Prediction.Kind;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The rows that are predicted (`predictions.yaml`).
public final class Predictions {
  private Predictions() {}

  /// The list that comes with mapcost.
  public static List<Prediction> bundled() {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try (InputStream in = Predictions.class.getResourceAsStream("predictions.yaml")) {
      return yaml.readValue(Objects.requireNonNull(in), File.class).rows.stream()
          .map(Entry::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as it is written.
  record File(List<Entry> rows) {}

  /// One row as it is written; a question is a command, or a command and what of it is meant behind
  /// ` => `.
  record Entry(
      String row,
      String what,
      String kind,
      double value,
      @Nullable Double low,
      @Nullable Double high,
      String unit,
      @Nullable String from,
      String mechanism,
      String on,
      @Nullable String kernel,
      String conditions,
      LinkedHashMap<String, String> ask,
      String formula,
      String how,
      @Nullable String explained) {
    private static final String OF = " => ";

    Prediction read() {
      Map<String, Question> asks = new LinkedHashMap<>();
      ask.forEach((letter, text) -> {
        int at = text.indexOf(OF);
        asks.put(
            letter,
            at < 0
                ? new Question(text, "caller")
                : new Question(text.substring(0, at), text.substring(at + OF.length()).trim()));
      });
      return new Prediction(
          row,
          Split.bundled()
              .ofRow(row)
              .orElseThrow(() -> new IllegalArgumentException(row + " is on no side")),
          what,
          Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
          new Interval(low == null ? value : low, value, high == null ? value : high),
          unit,
          text(from),
          mechanism,
          on,
          text(kernel),
          conditions,
          asks,
          formula,
          how,
          text(explained));
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text;
    }
  }
}
