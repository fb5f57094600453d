package org.mapcost.results.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.results.compare.Fence;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;

/// A directory of stored runs, in the order of their names.
///
/// @param runs their names
/// @param series one for each benchmark that two runs or more have
/// @param known named changes, by the place of the first run with each
/// @param hosts what changed on the host between a run and the one before, by the run's place
public record History(
    List<String> runs,
    List<Series> series,
    Map<Integer, List<String>> known,
    Map<Integer, List<String>> hosts) {
  public History {
    runs = List.copyOf(runs);
    series = List.copyOf(series);
  }

  /// How a history is read.
  ///
  /// @param include only benchmarks whose name, mode and parameters contain a match
  /// @param level the chance to see a change where there is none
  /// @param smallest changes by less than this share are left out
  public record Options(Optional<Pattern> include, double level, double smallest) {}

  /// Reads the run folders and JMH files of a directory.
  ///
  /// @param passedOver is told of what cannot be read, and of measurements that were not exercised
  /// @throws InputException if there are fewer than two runs, or a known change fits none
  public static History read(
      Path directory, List<KnownChange> changes, Options options, Consumer<String> passedOver) {
    List<String> names = new ArrayList<>();
    List<ResultFile> results = new ArrayList<>();
    for (Path each : entries(directory)) {
      try {
        results.add(ResultFile.read(each));
        names.add(Objects.toString(each.getFileName()));
      } catch (InputException e) {
        passedOver.accept("passed over: " + e.getMessage());
      }
    }
    if (results.size() < 2) {
      throw new InputException(
          directory
              + ": a history is two runs or more, run folders or files of JMH's JSON, and here are "
              + results.size()
              + ".");
    }
    return new History(
        names, series(results, options, passedOver), known(names, changes), hosts(results));
  }

  private static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new InputException(directory + ": there is no such directory.");
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(each ->
              Files.isRegularFile(each.resolve("manifest.json"))
                  || (Files.isRegularFile(each) && each.toString().endsWith(".json")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputException(directory + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static List<Series> series(
      List<ResultFile> results, Options options, Consumer<String> passedOver) {
    Map<String, List<Series.Point>> points = new LinkedHashMap<>();
    Map<String, Measurement> newest = new LinkedHashMap<>();
    for (int run = 0; run < results.size(); run++) {
      for (Measurement each : results.get(run).measurements()) {
        String key = each.key();
        if (options.include.map(pattern -> pattern.matcher(key).find()).orElse(true)) {
          if (!each.exercised()) {
            passedOver.accept(
                "passed over: "
                    + results.get(run).path()
                    + ": "
                    + key
                    + " was not exercised, as a witness saw.");
            continue;
          }
          Series.point(run, each)
              .ifPresent(point -> points.computeIfAbsent(key, _ -> new ArrayList<>()).add(point));
          newest.put(key, each);
        }
      }
    }
    List<Series> series = new ArrayList<>();
    points.forEach((key, values) -> {
      if (values.size() > 1) {
        series.add(
            Series.of(
                Objects.requireNonNull(newest.get(key)), values, options.level, options.smallest));
      }
    });
    return series;
  }

  private static Map<Integer, List<String>> known(List<String> names, List<KnownChange> changes) {
    Map<Integer, List<String>> known = new LinkedHashMap<>();
    for (KnownChange change : changes) {
      int at = 0;
      while (at < names.size() && !names.get(at).startsWith(change.at())) {
        at++;
      }
      if (at == names.size()) {
        throw new InputException(
            "the known change '"
                + change.name()
                + "' is at '"
                + change.at()
                + "', and no run's name begins so; the first is "
                + names.getFirst()
                + ".");
      }
      known.computeIfAbsent(at, _ -> new ArrayList<>()).add(change.name());
    }
    return known;
  }

  private static Map<Integer, List<String>> hosts(List<ResultFile> results) {
    Map<Integer, List<String>> hosts = new LinkedHashMap<>();
    for (int run = 1; run < results.size(); run++) {
      if (results.get(run - 1).environment().isPresent()
          && results.get(run).environment().isPresent()) {
        List<String> differences =
            Fence.hosts(
                    results.get(run - 1).environment().get(), results.get(run).environment().get())
                .stream()
                .map(Fence.Difference::toString)
                .toList();
        if (!differences.isEmpty()) {
          hosts.put(run, differences);
        }
      }
    }
    return hosts;
  }

  /// The names of what is known to have changed with a run, one before or one after: a change of
  /// the values is seldom seen to the run.
  public List<String> explanations(int run) {
    List<String> names = new ArrayList<>();
    for (int near : new int[] {run, run - 1, run + 1}) {
      names.addAll(known.getOrDefault(near, List.of()));
    }
    return names;
  }
}
