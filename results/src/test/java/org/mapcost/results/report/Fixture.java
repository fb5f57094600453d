package org.mapcost.results.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.results.run.Build;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// A made-up run on a made-up host. Its numbers are no measurements; they are round so that a
/// reader of a test sees what becomes of them.
public final class Fixture {
  private static final String WALKS = "org.mapcost.benchmarks.mechanism.ResourceWalkBenchmark.";

  private Fixture() {}

  /// A walk at 2, 3, 20 and 200 ns a node in L1, L2, LLC and beyond, the chase at half of that;
  /// forks lie 10 % apart.
  public static List<Measurement> measurements(int forks) {
    List<Measurement> all = new ArrayList<>();
    all.addAll(pair("laptop-cometlake-igpu", "w3", 50, 2, forks));
    all.addAll(pair("laptop-cometlake-igpu", "w2", 100, 2, forks));
    all.addAll(pair("synthetic-1000", "w2", 1_000, 3, forks));
    all.addAll(pair("synthetic-100000", "w2", 100_000, 20, forks));
    all.addAll(pair("synthetic-2000000", "w2", 2_000_000, 200, forks));
    return all;
  }

  static List<Measurement> pair(
      String tree, String behaviour, double visited, double perNode, int forks) {
    return List.of(
        measurement("walk", tree, behaviour, visited, perNode * visited, forks),
        measurement("chase", tree, behaviour, visited, perNode * visited / 2, forks));
  }

  static Measurement measurement(
      String method, String tree, String behaviour, double visited, double nanoseconds, int forks) {
    List<List<Double>> times = new ArrayList<>();
    List<List<Double>> counts = new ArrayList<>();
    List<List<Double>> bytes = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      double time = nanoseconds * (1 + 0.1 * (fork - (forks - 1) / 2.0));
      times.add(List.of(time, time, time));
      counts.add(List.of(visited, visited, visited));
      bytes.add(List.of(64 * visited, 64 * visited, 64 * visited));
    }
    return new Measurement(
        WALKS + method,
        new TreeMap<>(Map.of("tree", tree, "target", "last", "behaviour", behaviour)),
        "avgt",
        "ns/op",
        times,
        Map.of("visited", counts, "footprintBytes", bytes));
  }

  public static Environment environment() {
    return new Environment(
        Environment.SCHEMA,
        "2026-11-23T12:00:00Z",
        "Linux",
        "amd64",
        new Environment.Cpu("Example CPU", 2, 1, 2, 1, null),
        List.of(
            new Environment.Cache(1, "Data", 32 << 10, "0"),
            new Environment.Cache(1, "Instruction", 64 << 10, "0"),
            new Environment.Cache(2, "Unified", 1 << 20, "0"),
            new Environment.Cache(3, "Unified", 32 << 20, "0-1")),
        16L << 30,
        new Environment.Hypervisor(true, "Example", null),
        new Environment.Kernel("6.1.0-50-amd64", "quiet"),
        new TreeMap<>(Map.of("meltdown", "Not affected")),
        "madvise",
        2,
        null,
        "tsc",
        List.of(3.5, 2.0, 1.0),
        new Environment.Steal(100, 350L),
        new Environment.Jvm("Example VM", "Example", "25", List.of("-XX:+UseSerialGC")),
        new Build("0.1.0", "0123456789ab", false));
  }

  static ReportInput input(List<Measurement> measurements) {
    return new ReportInput(
        measurements,
        environment(),
        Optional.empty(),
        BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
        "bundled:laptop-cometlake-igpu (laptop with Comet Lake graphics)",
        false,
        List.of("scripts/mapcost bench --profile quick", "scripts/mapcost report"));
  }

  /// Writes a run folder as `bench` leaves it.
  public static Path runFolder(Path folder, Manifest.Status status, List<Measurement> measurements)
      throws IOException {
    Files.createDirectories(folder);
    JsonMapper json =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.LOWER_CAMEL_CASE)
            .build();
    Manifest manifest =
        new Manifest(
            Manifest.SCHEMA,
            "2026-11-23T12:00:00Z",
            "2026-11-23T12:02:00Z",
            List.of("bench", "--include", "walk .*"),
            "quick",
            environment().mapcost(),
            1,
            3,
            status,
            List.of());
    json.writeValue(folder.resolve("manifest.json"), manifest);
    json.writeValue(folder.resolve("environment.json"), environment());
    List<Object> results = new ArrayList<>();
    for (Measurement each : measurements) {
      Map<String, Object> secondary = new LinkedHashMap<>();
      each.secondary().forEach((name, raw) -> secondary.put(name, Map.of("rawData", raw)));
      results.add(
          Map.of(
              "benchmark", each.benchmark(),
              "mode", each.mode(),
              "params", each.params(),
              "primaryMetric", Map.of("scoreUnit", each.unit(), "rawData", each.forks()),
              "secondaryMetrics", secondary));
    }
    json.writeValue(folder.resolve("jmh.json"), results);
    return folder;
  }
}
