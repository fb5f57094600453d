package org.mapcost.results.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The benchmarks of this program, with the parameters that they declare.
final class Suite {
  private Suite() {}

  /// Every benchmark, by its full name.
  static Map<String, BenchmarkListEntry> benchmarks() {
    Map<String, BenchmarkListEntry> known = new TreeMap<>();
    BenchmarkList.defaultList()
        .getAll(
            OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                VerboseMode.SILENT),
            List.of())
        .forEach(each -> known.put(each.getUsername(), each));
    return known;
  }

  /// Benchmarks of the live host, which belong to `calibrate` and to those who ask for them by
  /// name: some need devices, and all measure the kernel and not mapcost.
  private static final String HOST = "org.mapcost.benchmarks.host.";

  /// The points of every benchmark of a mechanism whose class is not the given one.
  ///
  /// @param all every combination of the declared values; otherwise the first value of each
  static List<BenchmarkPoint> pointsBeside(String classPrefix, boolean all) {
    List<BenchmarkPoint> points = new ArrayList<>();
    benchmarks()
        .forEach((name, entry) -> {
          if (!name.startsWith(classPrefix) && !name.startsWith(HOST)) {
            Map<String, String[]> declared =
                new TreeMap<>(entry.getParams().orElse(Collections.emptyMap()));
            combinations(declared, all)
                .forEach(params -> points.add(new BenchmarkPoint(name, params)));
          }
        });
    return points;
  }

  private static List<Map<String, String>> combinations(
      Map<String, String[]> declared, boolean all) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Map.Entry<String, String[]> parameter : declared.entrySet()) {
      String[] values = parameter.getValue();
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> begun : combinations) {
        for (int i = 0; i < (all ? values.length : 1); i++) {
          Map<String, String> next = new TreeMap<>(begun);
          next.put(parameter.getKey(), values[i]);
          longer.add(next);
        }
      }
      combinations = longer;
    }
    return combinations;
  }
}
