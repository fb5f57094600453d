package org.mapcost.model.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.mapcost.model.Nearest;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The kernels that come with mapcost, one YAML file each.
public final class Kernels {
  private static final List<String> NAMES = List.of("4.19", "5.11", "6.1.0", "6.1", "7.2");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Kernels() {}

  /// The names, oldest first.
  public static List<String> names() {
    return NAMES;
  }

  /// The kernel with a name. Throws `InputException`, with the nearest known name, for any other.
  public static Kernel named(String name) {
    if (!NAMES.contains(name)) {
      throw Nearest.unknown("kernel", name, NAMES);
    }
    return read(name);
  }

  public static List<Kernel> all() {
    return NAMES.stream().map(Kernels::read).toList();
  }

  private static Kernel read(String name) {
    try (InputStream in = Kernels.class.getResourceAsStream(name + ".yaml")) {
      KernelFile file = YAML.readValue(Objects.requireNonNull(in, name), KernelFile.class);
      Map<Behaviour, Kernel.Setting> settings = new EnumMap<>(Behaviour.class);
      file.behaviours.forEach((key, entry) ->
          settings.put(Behaviour.ofKey(key), entry.toSetting(Behaviour.ofKey(key))));
      return new Kernel(file.kernel, file.stands_for, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as it is written.
  record KernelFile(String kernel, String stands_for, LinkedHashMap<String, Entry> behaviours) {}

  /// One behaviour as it is written.
  record Entry(String value, String evidence, String source) {
    Kernel.Setting toSetting(Behaviour behaviour) {
      return new Kernel.Setting(
          behaviour.check(value), Evidence.valueOf(evidence.toUpperCase(Locale.ROOT)), source);
    }
  }
}
