package org.mapcost.model.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.mapcost.model.cost.Event;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The exceptions (`exceptions.yaml`): calls of the bundled recordings on which the model and the
/// recording are known to differ. Each names a key that no recording shows truly, or an artefact of
/// recording; they may be no more than [#MOST] of the calls of a scenario.
public final class KnownDifferences {
  /// The largest share of a scenario's calls that exceptions may make up.
  public static final double MOST = 0.02;

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final List<Entry> entries;

  KnownDifferences(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Why an exception is none of the model's faults.
  public enum Kind {
    /// The key is an event that no recording shows.
    UNOBSERVABLE,
    /// The recorder itself, or what else the guest did meanwhile, is in the counts.
    ARTEFACT;

    /// `unobservable`, `artefact`.
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One exception: on this call of this file these keys differ.
  ///
  /// @param file the recording
  /// @param call the name of the call
  /// @param keys the keys that may differ there
  /// @param kind why
  /// @param reason what was seen
  public record Entry(String file, String call, List<String> keys, Kind kind, String reason) {
    public Entry {
      keys = List.copyOf(keys);
      if (keys.isEmpty() || reason.isBlank()) {
        throw new IllegalArgumentException("an exception names its keys and its reason");
      }
    }
  }

  /// Those that come with mapcost.
  public static KnownDifferences published() {
    try (InputStream in = KnownDifferences.class.getResourceAsStream("exceptions.yaml")) {
      ExceptionsFile file = YAML.readValue(Objects.requireNonNull(in), ExceptionsFile.class);
      return new KnownDifferences(file.exceptions.stream().map(Written::toEntry).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Entry> entries() {
    return entries;
  }

  /// Whether everything on which a call differs is excepted.
  boolean cover(String file, ComparedCall call) {
    return entries.stream()
        .anyMatch(each ->
            each.file.equals(file)
                && each.call.equals(call.name())
                && each.keys.containsAll(call.differing()));
  }

  /// Throws `IllegalArgumentException` for an exception that names an event as unobservable which
  /// the table does not list as such.
  void check(Coverage coverage) {
    for (Entry each : entries) {
      if (each.kind == Kind.UNOBSERVABLE
          && !each.keys.stream()
              .allMatch(key ->
                  coverage.unseen().stream()
                      .map(Coverage.Unseen::event)
                      .map(Event::key)
                      .anyMatch(key::equals))) {
        throw new IllegalArgumentException(
            "exception on %s, '%s': %s can be observed".formatted(each.file, each.call, each.keys));
      }
    }
  }

  /// The file as it is written.
  record ExceptionsFile(List<Written> exceptions) {}

  record Written(String file, String call, List<String> keys, String kind, String reason) {
    Entry toEntry() {
      return new Entry(file, call, keys, Kind.valueOf(kind.toUpperCase(Locale.ROOT)), reason);
    }
  }
}
