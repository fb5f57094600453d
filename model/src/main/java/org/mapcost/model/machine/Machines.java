package org.mapcost.model.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;

/// The machines that come with mapcost, one YAML file each, and those that users bring.
///
/// A file may extend another: what it does not say itself is taken from there. `x86`, `intel` and
/// `amd` are such common parts and no machines.
public final class Machines {
  private static final List<String> NAMES =
      List.of(
          "haswell-ep-2s",
          "skylake-sp-2s",
          "cascade-lake-sp-2s",
          "ice-lake-sp-2s",
          "sapphire-rapids-2s",
          "epyc-rome",
          "epyc-milan",
          "epyc-genoa",
          "epyc-vm",
          "client-igpu",
          "tiger-lake-igpu",
          "alder-lake-client",
          "ryzen-7520c");
  private static final List<String> PARTS = List.of("x86", "intel", "amd");

  /// What was read; the files are the same every time.
  private static final Map<String, Machine> MACHINES = new ConcurrentHashMap<>();

  private static final Map<String, Map<Parameter, Quantity>> EXTENDED = new ConcurrentHashMap<>();

  private Machines() {}

  public static List<String> names() {
    return NAMES;
  }

  /// The machine with a name, or in the file with that path. Throws `InputException`, with the
  /// nearest known name, for what is neither.
  public static Machine named(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      return MACHINES.computeIfAbsent(
          nameOrFile,
          name -> new MachineReader(name + ".yaml").read(bundled(name), Machines::part));
    }
    if (nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml") || nameOrFile.contains("/")) {
      return read(Path.of(nameOrFile));
    }
    throw Nearest.unknown("machine", nameOrFile, NAMES);
  }

  /// The machine in a file; it may extend any that comes with mapcost.
  public static Machine read(Path file) {
    try {
      return new MachineReader(file.toString()).read(Files.readString(file), Machines::part);
    } catch (IOException e) {
      throw new InputException(
          file
              + ": cannot be read; give the path of a machine file, or one of the names "
              + String.join(", ", NAMES)
              + ".",
          e);
    }
  }

  public static List<Machine> all() {
    return NAMES.stream().map(Machines::named).toList();
  }

  private static Map<Parameter, Quantity> part(String name) {
    if (!NAMES.contains(name) && !PARTS.contains(name)) {
      throw Nearest.unknown("machine to extend", name, NAMES);
    }
    Map<Parameter, Quantity> known = EXTENDED.get(name);
    if (known == null) {
      known = new MachineReader(name + ".yaml").readPart(bundled(name), Machines::part);
      EXTENDED.put(name, Collections.unmodifiableMap(known));
    }
    return known;
  }

  private static String bundled(String name) {
    try (InputStream in = Machines.class.getResourceAsStream(name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the machine file " + name + ".yaml is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
