package org.mapcost.model.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The kernels that come with mapcost, one YAML file for each stretch of releases that behaves
/// alike.
///
/// A series has one file, or two where its stable releases changed: `6.12.0` for the first and
/// `6.12` for the newest. A point release is followed to the file whose stretch it is in.
public final class Kernels {
  private static final List<String> NAMES =
      List.of(
          "4.8", "4.19", "5.4", "5.10", "5.11", "5.15", "6.1.0", "6.1", "6.6.0", "6.6", "6.12.0",
          "6.12", "6.16", "6.17.0", "6.17", "7.2");

  /// `6.1.0-50-amd64`: what `uname -r` prints.
  private static final Pattern DISTRIBUTION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?[-+_~].+");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Map<String, KernelFile> FILES =
      NAMES.stream()
          .collect(Collectors.toMap(name -> name, Kernels::read, (a, _) -> a, LinkedHashMap::new));

  private Kernels() {}

  /// The names that have a file of their own, oldest first.
  public static List<String> names() {
    return NAMES;
  }

  /// The kernel with a name: one of [#names] or a point release of their series, such as `6.12.43`.
  /// Throws [InputException], with the nearest known names, for any other.
  public static Kernel named(String name) {
    Release release = Release.parse(name).orElseThrow(() -> unknown(name));
    KernelFile newest = FILES.get(release.major() + "." + release.minor());
    if (newest == null) {
      throw unknown(name);
    }
    if (!release.isPoint()) {
      return newest.kernel(release.toString(), newest.isRecorded());
    }
    KernelFile first = FILES.get(release.major() + "." + release.minor() + ".0");
    if (release.point() >= newest.releases.first) {
      return newest.kernel(release.toString(), newest.isRecorded(release));
    }
    KernelFile oldest = Objects.requireNonNull(first, name);
    int last = Objects.requireNonNull(oldest.releases.last, name);
    Kernel kernel = oldest.kernel(release.toString(), oldest.isRecorded(release));
    return release.point() <= last ? kernel : inGap(kernel, oldest, newest);
  }

  /// The files' kernels, oldest first.
  public static List<Kernel> all() {
    return NAMES.stream().map(Kernels::named).toList();
  }

  /// A release between two files: as the older, and every value in which they differ is assumed.
  private static Kernel inGap(Kernel older, KernelFile before, KernelFile after) {
    String last = before.release(Objects.requireNonNull(before.releases.last));
    String first = after.release(after.releases.first);
    Map<Behaviour, Kernel.Setting> settings = new EnumMap<>(older.settings());
    Map<Behaviour, String> changed = new EnumMap<>(Behaviour.class);
    after.settings.forEach((behaviour, later) -> {
      Kernel.Setting earlier = older.setting(behaviour);
      if (!earlier.value().equals(later.value())) {
        changed.put(behaviour, later.value());
        settings.put(
            behaviour,
            new Kernel.Setting(
                earlier.value(),
                Evidence.INFERRED,
                "assumed: %s in %s, %s in %s; where between them it changed is not known"
                    .formatted(earlier.value(), last, later.value(), first)));
      }
    });
    return new Kernel(
        older.name(),
        "%s, in the gap between %s and %s; treated as %s"
            .formatted(older.name(), last, first, last),
        settings,
        new Gap(last, first, changed));
  }

  private static InputException unknown(String name) {
    Optional<Release> release = Release.parse(name);
    if (DISTRIBUTION.matcher(name).matches()) {
      return new InputException(
          "unknown kernel '%s': a distribution's name hides the point release. Give that, such as 6.1.176 (it is in /proc/version). Known: %s, and the point releases of these series."
              .formatted(name, String.join(", ", NAMES)));
    }
    if (release.isEmpty()) {
      return Nearest.unknown("kernel", name, NAMES);
    }
    return new InputException(
        "unknown kernel '%s'; did you mean '%s'? Known: %s, and the point releases of these series."
            .formatted(name, nearest(release.get()), String.join(", ", NAMES)));
  }

  /// The series closest to a release, the older of two.
  private static String nearest(Release release) {
    return NAMES.stream()
        .filter(name -> !Release.parse(name).orElseThrow().isPoint())
        .min(Comparator.comparingInt(name -> Release.parse(name).orElseThrow().distance(release)))
        .orElseThrow();
  }

  private static KernelFile read(String name) {
    try (InputStream in = Kernels.class.getResourceAsStream(name + ".yaml")) {
      Text text = YAML.readValue(Objects.requireNonNull(in, name), Text.class);
      Map<Behaviour, Kernel.Setting> settings = new EnumMap<>(Behaviour.class);
      text.behaviours.forEach((key, entry) ->
          settings.put(Behaviour.ofKey(key), entry.toSetting(Behaviour.ofKey(key))));
      return new KernelFile(text.kernel, text.stands_for, text.releases, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file as it is used.
  private record KernelFile(
      String name, String standsFor, Releases releases, Map<Behaviour, Kernel.Setting> settings) {
    Kernel kernel(String as, boolean recorded) {
      Map<Behaviour, Kernel.Setting> known = new EnumMap<>(settings);
      if (!recorded) {
        String seen = releases.recorded == null ? "a neighbour" : release(releases.recorded);
        known.replaceAll((_, setting) -> setting.elsewhere(seen));
      }
      return new Kernel(as, standsFor, known, null);
    }

    /// Whether the release that a series' name stands for was recorded.
    boolean isRecorded() {
      return releases.recorded != null;
    }

    boolean isRecorded(Release release) {
      return Objects.equals(releases.recorded, release.point());
    }

    String release(int point) {
      Release of = Release.parse(name).orElseThrow();
      return new Release(of.major(), of.minor(), point).toString();
    }
  }

  /// Which point releases a file is for.
  ///
  /// @param first the first one
  /// @param last the last one known to be so; null where all later ones are
  /// @param recorded the one whose behaviour was recorded, if one was
  private record Releases(int first, @Nullable Integer last, @Nullable Integer recorded) {}

  /// The file as it is written.
  private record Text(
      String kernel,
      String stands_for,
      Releases releases,
      LinkedHashMap<String, Entry> behaviours) {}

  /// One behaviour as it is written.
  private record Entry(String value, String evidence, String source) {
    Kernel.Setting toSetting(Behaviour behaviour) {
      return new Kernel.Setting(
          behaviour.check(value), Evidence.valueOf(evidence.toUpperCase(Locale.ROOT)), source);
    }
  }
}
