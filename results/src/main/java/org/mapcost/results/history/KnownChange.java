package org.mapcost.results.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Something that people know to have changed: a new JDK, another host, a rewrite.
///
/// ```yaml
/// schema: mapcost/changes/1
/// changes:
///   - at: 20261120-093000-ci      # the first run with it: the run's name or how that begins
///     name: JDK 25
/// ```
///
/// @param at how the name of the first run with it begins
/// @param name what changed
public record KnownChange(String at, String name) {
  static final String SCHEMA = "mapcost/changes/1";

  /// Reads a file of known changes.
  ///
  /// @throws InputException if it is none; the message names the file and the place
  public static List<KnownChange> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": there is no such file of known changes.");
    }
    try {
      @Nullable Map<String, Object> root =
          new YAMLMapper().readValue(file, new TypeReference<Map<String, Object>>() {});
      if (root == null || !SCHEMA.equals(root.get("schema"))) {
        throw new InputException(file + ": schema: this version reads " + SCHEMA + ".");
      }
      List<KnownChange> changes = new ArrayList<>();
      if (root.get("changes") instanceof List<?> list) {
        for (Object each : list) {
          changes.add(change(file, changes.size(), each));
        }
      }
      return changes;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new InputException(
          file + (line > 0 ? ":" + line : "") + ": not a file of known changes: " + reason + ".",
          e);
    }
  }

  private static KnownChange change(Path file, int index, Object change) {
    if (change instanceof Map<?, ?> keys
        && keys.get("at") != null
        && keys.get("name") != null
        && keys.size() == 2) {
      return new KnownChange(String.valueOf(keys.get("at")), String.valueOf(keys.get("name")));
    }
    throw new InputException(
        file + ": changes[" + index + "]: a known change has 'at', a run's name, and 'name'.");
  }
}
