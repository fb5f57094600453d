package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.workload.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Many clients on many CPUs over time.
@Command(
    name = "simulate",
    description = {
      "Many clients over time: how long their operations take, how CPUs and locks spend their"
          + " time.",
      "Every figure is [low best high]: all prices at their low end, at their best guess, at their"
          + " high end."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The machine, kernel, tree and strategy are the workload's unless an option says otherwise.",
      "Locks pass from CPU to CPU at the machine's price for it, flushes interrupt other CPUs and"
          + " wait for",
      "the slowest, and flushed and cleared memory shares the bandwidth of its socket. 'First use'"
          + " are",
      "operations that split large pages of the direct map; those never come again.",
      "",
      "Example:",
      "  mapcost simulate --workload dax-fault-collapse --format json"
    })
final class SimulateCommand implements Runnable {
  @Mixin WorkloadOptions workload = new WorkloadOptions();
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--hand-over",
      paramLabel = "TIME",
      description =
          "How long a spinlock takes from one CPU to the next. Default: the machine's price.")
  @Nullable String handOver;

  @Option(
      names = "--replications",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs with different seeds, put together (default: ${DEFAULT-VALUE}).")
  int replications = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Runs at the same time; the result is the same for any number (default:"
              + " ${DEFAULT-VALUE}).")
  int threads = 2;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes latencies.hlog, one .hgrm for each kind of operation, and the tables as CSV.")
  @Nullable Path out;

  @Option(names = "--force", description = "Overwrite files in --out.")
  boolean force;

  @Override
  public void run() {
    if (replications < 1 || replications > 1000 || threads < 1 || threads > 256) {
      throw new InputException("--replications is 1 to 1000 and --threads 1 to 256.");
    }
    if (workload.workload == null) {
      throw new InputException(
          "give --workload FILE|NAME, for example --workload desktop-compositor.");
    }
    Workload asked = workload.workload(workload.workload);
    Platform on = workload.platform(asked, platform, machine, handOver());
    List<List<SimulationResult>> results =
        Simulation.run(on, asked, List.of(PriceEnd.values()), replications, threads);
    SimulationReport report = new SimulationReport(asked, on, results);
    if (out != null) {
      SimulationFiles.write(out, force, report);
    }
    PrintWriter printer = spec.commandLine().getOut();
    if (format.format == OutputFormat.JSON) {
      printer.println(Json.line(report.json()));
    } else {
      report.print(format.format, printer);
    }
  }

  private OptionalDouble handOver() {
    return handOver == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Nanoseconds.parse(handOver).value());
  }
}
