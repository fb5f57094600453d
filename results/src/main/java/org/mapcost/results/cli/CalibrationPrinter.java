package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.Quantity;
import org.mapcost.results.calibrate.Calibration;

/// What a calibration found, and what it could not find.
record CalibrationPrinter(Calibration calibration, Path file) {
  void print(OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      out.println(Json.line(json()));
      return;
    }
    measured().print(format, out);
    if (format != OutputFormat.TABLE) {
      return;
    }
    out.println();
    Table also = new Table("also measured", "ns");
    calibration.also().forEach(each -> also.row(each.what(), Json.digits(each.nanoseconds(), 3)));
    also.print(format, out);
    out.println();
    out.println("Not identifiable here, class default of " + calibration.className() + ":");
    reasons()
        .forEach(
            (why, parameters) -> out.println("  " + String.join(", ", parameters) + ": " + why));
    if (!calibration.missing().isEmpty()) {
      out.println();
      out.println("Missing:");
      calibration.missing().forEach(each -> out.println("  " + each));
    }
    out.println();
    out.printf(
        "%d values measured in %d forks, %d told by the host, %d of its class. Written to %s; use"
            + " it with --machine %s.%n",
        calibration.measured().size(),
        calibration.forks(),
        calibration.told().size(),
        calibration.unidentified().size(),
        file,
        name());
  }

  /// As `--machine` understands it: every path with a separator, or ending as it must.
  private String name() {
    return file.toString();
  }

  private Table measured() {
    Table table = new Table("measured", "low", "best", "high", "unit", "how");
    calibration
        .measured()
        .forEach((parameter, quantity) -> {
          Interval interval = quantity.interval();
          table.row(
              parameter.path(),
              number(interval.low()),
              number(interval.best()),
              number(interval.high()),
              quantity.unit(),
              quantity.note());
        });
    return table;
  }

  private static BigDecimal number(double value) {
    return Json.digits(value, 3);
  }

  private Map<String, List<String>> reasons() {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    calibration
        .unidentified()
        .forEach((parameter, why) ->
            reasons.computeIfAbsent(why, any -> new ArrayList<>()).add(parameter.key()));
    return reasons;
  }

  private Map<String, Object> json() {
    Map<String, Object> measured = new LinkedHashMap<>();
    calibration
        .measured()
        .forEach((parameter, quantity) -> measured.put(parameter.path(), value(quantity)));
    Map<String, Object> reasons = new TreeMap<>();
    for (Map.Entry<Parameter, String> each : calibration.unidentified().entrySet()) {
      reasons.put(each.getKey().path(), each.getValue());
    }
    List<Map<String, Object>> also =
        calibration.also().stream()
            .map(each -> Json.object("what", each.what(), "ns", Json.rounded(each.nanoseconds())))
            .toList();
    return Json.object(
        "schema", "mapcost/calibration/1",
        "file", file.toString(),
        "machine", calibration.machine().name(),
        "class", calibration.className(),
        "forks", calibration.forks(),
        "measured", measured,
        "also_measured_ns", also,
        "not_identifiable", reasons,
        "missing", calibration.missing());
  }

  private static Map<String, Object> value(Quantity quantity) {
    return Json.object(
        "interval", Json.interval(quantity.interval()),
        "unit", quantity.unit(),
        "source", quantity.source(),
        "note", quantity.note());
  }
}
