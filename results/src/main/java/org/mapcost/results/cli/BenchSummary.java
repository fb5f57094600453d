package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.compare.NoiseFloor;
import org.mapcost.results.run.BenchmarkPoint;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.RunFolder;
import org.mapcost.results.stats.Statistics;

/// What `bench` prints when a run has ended.
///
/// @param floor of this host's noise, where it was asked for and can be told
record BenchSummary(
    RunFolder folder,
    Manifest manifest,
    List<Measurement> measurements,
    Optional<NoiseFloor> floor) {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  static BenchSummary of(RunFolder folder) {
    return new BenchSummary(folder, folder.manifest(), folder.measurements(), Optional.empty());
  }

  /// The same with an A/A check.
  BenchSummary withNoiseFloor() {
    return new BenchSummary(
        folder, manifest, measurements, NoiseFloor.of(folder.path(), measurements));
  }

  /// `[12/66] 1 min 20 s left ResourceWalkBenchmark.walk tree=... 12.3 ns/op`.
  static String progress(int done, int all, Duration left, String what) {
    String rest =
        left.toMinutes() == 0
            ? left.toSeconds() + " s left"
            : left.toMinutes() + " min " + left.toSecondsPart() + " s left";
    return String.format(
        Locale.ROOT, "[%d/%d] %s  %s", done, all, done == all ? "done" : rest, what);
  }

  /// Prints every point with its interval; for people also what failed, and the folder in the last
  /// line. As JSON, one object that says where the folder is and how the run ended.
  void print(OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      out.println(Json.line(object()));
      return;
    }
    Table table = table();
    if (format != OutputFormat.TABLE) {
      table.print(format, out);
      return;
    }
    if (!table.isEmpty()) {
      table.print(format, out);
    }
    notExercised()
        .forEach(each ->
            out.println(
                "not exercised: "
                    + name(each)
                    + ": a witness saw that the intended path did not run"));
    manifest
        .points(Manifest.State.FAILED)
        .forEach(each -> out.println("failed: " + each.point().label() + ": " + each.error()));
    int planned = manifest.points(Manifest.State.PLANNED).size();
    if (planned > 0) {
      out.println(
          "incomplete: "
              + planned
              + " of "
              + manifest.points().size()
              + " points lack forks; go on with: mapcost bench --resume "
              + folder.path());
    }
    out.println(folder.path());
  }

  private Table table() {
    Table table =
        new Table("benchmark", "parameters", "forks", "low", "best", "high", "unit", "mean");
    for (Measurement each : measurements) {
      List<List<Double>> forks = each.exercised() ? each.forks() : List.of();
      OptionalDouble best = Statistics.best(forks);
      Optional<Interval> interval = Statistics.median(forks);
      table.row(
          each.shortName(),
          new BenchmarkPoint(each.benchmark(), each.params()).parameters(),
          each.forks().size(),
          interval.<Object>map(i -> rounded(i.low())).orElse(""),
          best.isPresent() ? rounded(best.getAsDouble()) : "",
          interval.<Object>map(i -> rounded(i.high())).orElse(""),
          each.unit(),
          Statistics.mean(forks).map(BenchSummary::words).orElse(""));
    }
    return table;
  }

  /// `[26.42 26.70 26.98]`.
  private static String words(Interval interval) {
    return "["
        + rounded(interval.low())
        + " "
        + rounded(interval.best())
        + " "
        + rounded(interval.high())
        + "]";
  }

  /// Measurements whose numbers are of something else; they are in the run folder.
  private List<Measurement> notExercised() {
    return measurements.stream().filter(each -> !each.exercised()).toList();
  }

  private static String name(Measurement measurement) {
    return (measurement.shortName() + " " + measurement.parameters()).strip();
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/bench/1");
    object.put("run_folder", folder.path().toString());
    object.put("profile", manifest.profile());
    object.put("status", manifest.status().name().toLowerCase(Locale.ROOT));
    object.put("points", manifest.points().size());
    object.put("points_done", manifest.points(Manifest.State.DONE).size());
    object.put(
        "failed",
        manifest.points(Manifest.State.FAILED).stream()
            .map(each ->
                Json.object("point", each.point().label(), "error", String.valueOf(each.error())))
            .toList());
    object.put("not_exercised", notExercised().stream().map(BenchSummary::name).toList());
    floor.ifPresent(each ->
        object.put(
            "noise_floor",
            Json.object(
                "median", Json.rounded(each.median()),
                "largest", Json.rounded(each.largest()),
                "benchmarks", each.benchmarks(),
                "false_alarms", each.falseAlarms())));
    return object;
  }

  /// Four digits, never in scientific notation.
  static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value, FOUR_DIGITS);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
