package org.mapcost.results.published;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.results.published.PublishedSource.Side;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Which published measurements give prices and which test them: every source of the survey on one
/// side, decided before anything was fitted.
///
/// @param sources all of them, in the order of the survey
public record Split(List<PublishedSource> sources) {
  private static final Split BUNDLED = read();

  public Split {
    sources = List.copyOf(sources);
    Map<String, String> seen = new LinkedHashMap<>();
    for (PublishedSource source : sources) {
      for (String row : source.rows()) {
        String before = seen.put(row, source.source());
        if (before != null) {
          throw new IllegalArgumentException(
              row + " is on the list of two sources: " + before + " and " + source.source());
        }
      }
    }
  }

  /// The split that comes with mapcost (`sources.yaml`).
  public static Split bundled() {
    return BUNDLED;
  }

  /// The source of a row, by the row's id.
  public Optional<PublishedSource> ofRow(String row) {
    return sources.stream().filter(source -> source.rows().contains(row)).findFirst();
  }

  /// The test source that a reference names, by one of its rows or by its marks: a value with this
  /// reference is no price.
  public Optional<PublishedSource> testSourceIn(String reference) {
    List<String> ids = PublishedSource.ids(reference);
    return sources.stream()
        .filter(source -> source.side() == Side.TEST)
        .filter(source ->
            ids.stream().anyMatch(source.rows()::contains)
                || source.marks().stream().anyMatch(reference::contains))
        .findFirst();
  }

  private static Split read() {
    YAMLMapper yaml =
        YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    try (InputStream in = Split.class.getResourceAsStream("sources.yaml")) {
      return new Split(
          yaml.readValue(Objects.requireNonNull(in), File.class).sources.stream()
              .map(Entry::read)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as it is written.
  record File(List<Entry> sources) {}

  /// One source as it is written.
  record Entry(
      String source,
      String by,
      String rows,
      String side,
      String why,
      @Nullable List<String> marks) {
    PublishedSource read() {
      return new PublishedSource(
          source,
          by,
          PublishedSource.ids(rows),
          Side.valueOf(side.toUpperCase(Locale.ROOT)),
          why,
          marks == null ? List.of() : marks);
    }
  }
}
