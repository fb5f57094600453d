package org.mapcost.model.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.TextFile;

/// The workloads that come with mapcost, one YAML file each, and those that users bring.
public final class Workloads {
  private static final List<String> NAMES =
      List.of(
          "desktop-compositor",
          "browser-many-tabs",
          "video-decode-ring",
          "game-streaming-vms",
          "compute-large-buffers",
          "driver-start-up",
          "dax-fault-collapse",
          "reference");

  private Workloads() {}

  /// The bundled ones; the last, `reference`, explains every key.
  public static List<String> names() {
    return NAMES;
  }

  /// The workload with a name, or in the file with that path. Throws `InputException`, with the
  /// nearest known name, for what is neither.
  public static Workload named(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      return new WorkloadReader().read(nameOrFile + ".yaml", text(nameOrFile));
    }
    Path file = Path.of(nameOrFile);
    if (!Files.exists(file) && !nameOrFile.contains("/") && !nameOrFile.contains(".")) {
      throw Nearest.unknown("workload", nameOrFile, NAMES);
    }
    return new WorkloadReader().read(nameOrFile, TextFile.read(file, "a workload file"));
  }

  /// Reads a workload file's text.
  ///
  /// @param file as errors name it; included files are looked for beside it
  public static Workload parse(String file, String yaml) {
    return new WorkloadReader().read(file, yaml);
  }

  /// Throws [InputException], with the nearest known name, for a name of no bundled workload.
  public static void known(String name) {
    if (!NAMES.contains(name)) {
      throw Nearest.unknown("workload", name, NAMES);
    }
  }

  /// The text of a bundled workload.
  public static String text(String name) {
    try (InputStream in = Workloads.class.getResourceAsStream(name + ".yaml")) {
      if (in == null) {
        throw new InputException("no bundled workload '" + name + "'.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isBundled(String name) {
    return NAMES.contains(name);
  }
}
