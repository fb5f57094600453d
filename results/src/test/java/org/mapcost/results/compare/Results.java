package org.mapcost.results.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.MeasurementSetup;
import org.mapcost.results.run.ResultFile;

/// Stored results made up for a test.
final class Results {
  private Results() {}

  static ResultFile of(Measurement... measurements) {
    return new ResultFile(
        Path.of("made-up.json"), List.of(measurements), Optional.empty(), Optional.empty());
  }

  static Measurement time(String name, double... forks) {
    return new Measurement("a.B." + name, Map.of(), "avgt", "ns/op", forks(forks), Map.of());
  }

  static Measurement throughput(String name, double... forks) {
    return new Measurement("a.B." + name, Map.of(), "thrpt", "ops/s", forks(forks), Map.of());
  }

  /// A time with a secondary metric beside it.
  static Measurement with(Measurement time, String metric, String unit, List<List<Double>> values) {
    return new Measurement(
        time.benchmark(),
        time.params(),
        time.mode(),
        time.unit(),
        time.forks(),
        Map.of(metric, values),
        Map.of(metric, unit),
        Collections.emptySortedMap(),
        time.setup());
  }

  /// Samples: of each fork the median, which is its score too, and the 99th percentile.
  static Measurement samples(String name, double[] medians, double[] percentiles) {
    return new Measurement(
        "a.B." + name,
        Map.of(),
        "sample",
        "us/op",
        forks(medians),
        Map.of(),
        Map.of(),
        new TreeMap<>(Map.of(0.5, boxed(medians), 0.99, boxed(percentiles))),
        MeasurementSetup.UNKNOWN);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static Measurement measuredBy(Measurement time, Map<String, String> setup) {
    return new Measurement(
        time.benchmark(),
        time.params(),
        time.mode(),
        time.unit(),
        time.forks(),
        Map.of(),
        Map.of(),
        Collections.emptySortedMap(),
        new MeasurementSetup(setup));
  }

  static List<List<Double>> forks(double... values) {
    return Arrays.stream(values).mapToObj(List::of).toList();
  }
}
