package org.mapcost.model.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The published table (`coverage.yaml`): for every key of the recordings, which event it is, or of
/// which event it is a step, or why it is none; and which events no recording can show.
///
/// The comparison reads its counts by this table, so what the table says is what is compared.
public final class Coverage {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Coverage PUBLISHED = read();

  private final List<Row> rows;

  /// The rows of each key.
  private final Map<String, List<Row>> byKey;

  private final List<Unseen> unseen;

  private Coverage(List<Row> rows, List<Unseen> unseen) {
    this.rows = List.copyOf(rows);
    this.byKey = rows.stream().collect(Collectors.groupingBy(Row::key));
    this.unseen = List.copyOf(unseen);
  }

  /// What a key is.
  public enum Role {
    /// One call of it, or one unit, is one of its events.
    EVENT,
    /// Work inside its event; it adds nothing of its own.
    STEP,
    /// Not compared as an event but as it stands: a result, an order, a state afterwards.
    RESULT,
    /// No work of a mapping: plumbing of the kernel, of the recorder, or of the guest's driver.
    OUTSIDE;

    /// `event`, `step`, ...
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One key.
  ///
  /// @param key its name, without the suffixes that compilers add
  /// @param part where it stands; null for a member of the recorded call itself
  /// @param scenarios the letters of the scenarios for which this row speaks
  /// @param role what it is
  /// @param events the events, of which a call is one; empty for no event
  /// @param note what else there is to know
  public record Row(
      String key,
      Recording.@Nullable Part part,
      String scenarios,
      Role role,
      Set<Event> events,
      String note) {
    boolean speaksFor(String family) {
      return scenarios.indexOf(family.charAt(0)) >= 0;
    }

    /// Where it stands, as the files write it.
    public String where() {
      return part == null ? "call" : part.key();
    }

    /// The events' keys.
    public String eventKeys() {
      return events.stream().map(Event::key).collect(Collectors.joining(" "));
    }
  }

  /// An event that no recording shows, and why.
  public record Unseen(Event event, String reason) {}

  /// The table that comes with mapcost.
  public static Coverage published() {
    return PUBLISHED;
  }

  public List<Row> rows() {
    return rows;
  }

  public List<Unseen> unseen() {
    return unseen;
  }

  /// The row that speaks for a key in a part of the calls of a family; empty for a key that the
  /// table does not have.
  public Optional<Row> row(String family, Recording.Part part, String key) {
    return byKey.getOrDefault(plain(key), List.of()).stream()
        .filter(row -> row.part == part && row.speaksFor(family))
        .findFirst();
  }

  /// Whether one of a key in a part is one of an event.
  boolean counts(String family, Recording.Part part, String key, Event event) {
    for (Row row : byKey.getOrDefault(plain(key), List.of())) {
      if (row.role == Role.EVENT
          && row.part == part
          && row.events.contains(event)
          && row.speaksFor(family)) {
        return true;
      }
    }
    return false;
  }

  /// The keys by which an event is counted in a part of the calls of a family.
  List<String> keysOf(String family, Recording.Part part, Event event) {
    return rows.stream()
        .filter(row -> row.role == Role.EVENT && row.part == part)
        .filter(row -> row.events.contains(event) && row.speaksFor(family))
        .map(Row::key)
        .toList();
  }

  /// A function's name without what the compiler made of it: `.constprop.0`, `.isra.0`, `.part.0`.
  static String plain(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  private static Coverage read() {
    try (InputStream in = Coverage.class.getResourceAsStream("coverage.yaml")) {
      CoverageFile file = YAML.readValue(Objects.requireNonNull(in), CoverageFile.class);
      return new Coverage(
          file.keys.stream().map(Entry::toRow).toList(),
          file.unseen.stream()
              .map(each -> new Unseen(Event.ofKey(each.event), each.reason))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as it is written.
  record CoverageFile(List<Entry> keys, List<UnseenEntry> unseen) {}

  record UnseenEntry(String event, String reason) {}

  /// One key as it is written.
  record Entry(
      String key,
      @Nullable String in,
      String scenarios,
      String role,
      @Nullable String event,
      @Nullable String note) {
    Row toRow() {
      Set<Event> events = EnumSet.noneOf(Event.class);
      if (event != null) {
        Arrays.stream(event.split(" ", -1)).map(Event::ofKey).forEach(events::add);
      }
      return new Row(
          key,
          in == null ? null : Recording.Part.ofKey(in),
          scenarios,
          Role.valueOf(role.toUpperCase(Locale.ROOT)),
          events,
          note == null ? "" : note);
    }
  }
}
