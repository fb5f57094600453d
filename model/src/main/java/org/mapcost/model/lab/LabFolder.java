package org.mapcost.model.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.mapcost.model.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A folder of recordings.
///
/// @param name what to call it
/// @param recordings its files of schema `lab/1`, in the order of their names
/// @param others files that are something else, with the reason
public record LabFolder(String name, List<Recording> recordings, List<NotCompared> others) {
  private static final String SCHEMA = "lab/1";

  /// A file that the comparison leaves out.
  public record NotCompared(String file, String reason) {}

  public LabFolder {
    recordings = List.copyOf(recordings);
    others = List.copyOf(others);
  }

  /// The recordings that come with mapcost.
  public static LabFolder bundled() {
    List<Recording> recordings = new ArrayList<>();
    for (String line : new String(resource("index.txt"), StandardCharsets.UTF_8).lines().toList()) {
      try (InputStream packed = LabFolder.class.getResourceAsStream("recordings/" + line + ".gz");
          InputStream json = new GZIPInputStream(Objects.requireNonNull(packed, line))) {
        recordings.add(parse(line, json.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new LabFolder("bundled recordings", recordings, List.of());
  }

  private static byte[] resource(String name) {
    try (InputStream in = LabFolder.class.getResourceAsStream("recordings/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads every file of a folder. Throws `InputException` when there is no folder or no recording
  /// in it, or when a recording is damaged.
  public static LabFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + ": no such folder. Give one with recordings of schema " + SCHEMA + ".");
    }
    List<Recording> recordings = new ArrayList<>();
    List<NotCompared> others = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = Objects.requireNonNull(file.getFileName()).toString();
      if (!name.endsWith(".json")) {
        others.add(new NotCompared(name, "no JSON file"));
        continue;
      }
      Recording recording = parse(file.toString(), bytes(file));
      String schema = recording.root().path("schema").asString("none");
      if (schema.equals(SCHEMA)) {
        recordings.add(new Recording(name, recording.root()));
      } else {
        others.add(new NotCompared(name, "schema is " + schema + ", not " + SCHEMA));
      }
    }
    if (recordings.isEmpty()) {
      throw new InputException(folder + ": holds no recording of schema " + SCHEMA + ".");
    }
    return new LabFolder(folder.toString(), recordings, others);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static Recording parse(String file, byte[] json) {
    try {
      JsonNode root = JsonMapper.shared().readTree(json);
      if (!root.isObject()) {
        throw new InputException(file + ": no JSON object; take the file out of the folder.");
      }
      return new Recording(file, root);
    } catch (JacksonException e) {
      throw new InputException(
          "%s:%d: damaged JSON: %s. Copy the file again, or take it out of the folder."
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }
}
