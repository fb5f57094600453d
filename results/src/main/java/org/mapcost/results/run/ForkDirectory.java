package org.mapcost.results.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mapcost.model.InputException;

/// A directory of JMH's JSON, each file with more forks of the same benchmarks: what is left when
/// two programs are measured in turns, a fork at a time, so that a slow minute of the machine falls
/// on both alike.
final class ForkDirectory {
  private final Map<String, Measurement> byKey = new LinkedHashMap<>();

  private ForkDirectory() {}

  /// Whether a directory is one: it is no run folder, and holds a file that ends in `.json`.
  static boolean isOne(Path directory) {
    return !Files.exists(new RunFolder(directory).manifestFile()) && !files(directory).isEmpty();
  }

  /// Reads all files in the order of their names, and puts their forks together.
  ///
  /// @throws InputException if a file cannot be read, has a benchmark twice, or was measured
  ///   otherwise than the ones before
  static List<Measurement> read(Path directory) {
    ForkDirectory all = new ForkDirectory();
    for (Path file : files(directory)) {
      Set<String> seen = new HashSet<>();
      for (Measurement each : JmhJson.read(file)) {
        if (!seen.add(each.key())) {
          throw new InputException(
              file + ": " + each.key() + " stands here twice; which of them is the next fork?");
        }
        all.add(file, each);
      }
    }
    return List.copyOf(all.byKey.values());
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(each -> each.toString().endsWith(".json") && Files.isRegularFile(each))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(directory + ": cannot be read (" + WholeFile.reason(e) + ").", e);
    }
  }

  private void add(Path file, Measurement next) {
    Measurement before = byKey.get(next.key());
    if (before == null) {
      byKey.put(next.key(), next);
      return;
    }
    if (!before.unit().equals(next.unit()) || !before.setup().equals(next.setup())) {
      throw new InputException(
          file
              + ": "
              + next.key()
              + " was measured otherwise than in the files before ("
              + difference(before, next)
              + "); these are not forks of one result.");
    }
    byKey.put(next.key(), together(before, next));
  }

  private static String difference(Measurement before, Measurement next) {
    if (!before.unit().equals(next.unit())) {
      return "unit " + before.unit() + " and " + next.unit();
    }
    Map<String, String> of = before.setup().values();
    Map<String, String> against = next.setup().values();
    Set<String> keys = new TreeSet<>(of.keySet());
    keys.addAll(against.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(of.get(key), against.get(key)))
        .map(key -> key + " " + of.get(key) + " and " + against.get(key))
        .collect(Collectors.joining(", "));
  }

  private static Measurement together(Measurement a, Measurement b) {
    Map<String, String> units = new LinkedHashMap<>(b.secondaryUnits());
    units.putAll(a.secondaryUnits());
    return new Measurement(
        a.benchmark(),
        a.params(),
        a.mode(),
        a.unit(),
        joined(a.forks(), b.forks()),
        secondary(a, b),
        units,
        percentiles(a, b),
        a.setup());
  }

  /// A fork that lacks a metric has no values of it, so that each metric keeps a list a fork.
  private static Map<String, List<List<Double>>> secondary(Measurement a, Measurement b) {
    Set<String> names = new LinkedHashSet<>(a.secondary().keySet());
    names.addAll(b.secondary().keySet());
    Map<String, List<List<Double>>> both = new LinkedHashMap<>();
    for (String name : names) {
      both.put(
          name,
          joined(
              a.secondary().getOrDefault(name, Collections.nCopies(a.forks().size(), List.of())),
              b.secondary().getOrDefault(name, Collections.nCopies(b.forks().size(), List.of()))));
    }
    return both;
  }

  private static SortedMap<Double, List<Double>> percentiles(Measurement a, Measurement b) {
    SortedMap<Double, List<Double>> both = new TreeMap<>();
    a.percentiles()
        .forEach((share, values) -> {
          List<Double> others = b.percentiles().get(share);
          if (others != null) {
            both.put(share, joined(values, others));
          }
        });
    return both;
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }
}
