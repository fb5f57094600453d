package org.mapcost.results.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.Latency;
import org.mapcost.results.run.WholeFile;

/// The files of a simulation: every latency as HdrHistogram's log and percentile listings, the
/// tables as CSV. They carry no date, so that the same seed gives the same bytes.
final class SimulationFiles {
  private static final double PICOSECONDS_PER_NANOSECOND = Latency.PICOSECONDS;
  private static final int TICKS = 5;

  private SimulationFiles() {}

  /// Writes into a folder, which is made where it is missing. Throws [InputException] when a file
  /// is there already, unless `force`.
  static void write(Path folder, boolean force, SimulationReport report) {
    Map<String, WholeFile.Content> files = new LinkedHashMap<>();
    files.put(
        "latencies.hlog", out -> log(new PrintStream(out, false, StandardCharsets.UTF_8), report));
    report
        .latencies()
        .forEach((name, latency) ->
            files.put(
                name.replace(", ", "-").replace(' ', '-') + ".hgrm",
                out -> {
                  PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
                  latency
                      .histogram()
                      .outputPercentileDistribution(printer, TICKS, PICOSECONDS_PER_NANOSECOND);
                  printer.flush();
                }));
    files.put("operations.csv", csv(report.operations()));
    files.put("cpus.csv", csv(report.cpus()));
    files.put("locks.csv", csv(report.locks()));
    files.put("pool.csv", csv(report.pool()));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be made a folder: " + e.getMessage() + ".", e);
    }
    for (String name : files.keySet()) {
      if (!force && Files.exists(folder.resolve(name))) {
        throw new InputException(
            folder.resolve(name) + ": is there already; name another folder, or give --force.");
      }
    }
    try {
      files.forEach((name, content) -> WholeFile.write(folder.resolve(name), content));
    } catch (UncheckedIOException e) {
      throw new InputException(e.getMessage() + "; is there room, and may you write there?", e);
    }
  }

  private static void log(PrintStream printer, SimulationReport report) {
    HistogramLogWriter log = new HistogramLogWriter(printer);
    log.outputComment("[mapcost simulate " + report.name() + ": values are picoseconds,");
    log.outputComment(" Interval_Max nanoseconds; a line is one kind of operation.]");
    log.outputLogFormatVersion();
    log.outputLegend();
    double seconds = report.best().getFirst().usage().length() / 1e9;
    report
        .latencies()
        .forEach((name, latency) -> {
          Histogram values = latency.histogram();
          values.setTag(name.replaceAll("[,\\s]+", "_"));
          log.outputIntervalHistogram(0, seconds, values, PICOSECONDS_PER_NANOSECOND);
        });
    printer.flush();
  }

  private static WholeFile.Content csv(Table table) {
    return out -> {
      PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
      table.print(OutputFormat.CSV, writer);
      writer.flush();
    };
  }
}
