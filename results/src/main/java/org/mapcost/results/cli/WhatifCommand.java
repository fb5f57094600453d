package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.SimulatedSetup;
import org.mapcost.model.whatif.SimulatedSweep;
import org.mapcost.model.whatif.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Strategies over the values of one or two keys, and where the cheapest changes.
@Command(
    name = "whatif",
    description = {
      "What a buffer costs, or how a workload fares, when one or two things vary: where the best"
          + " strategy changes, and how surely.",
      "Intervals of crossovers hold 95 %% of possible worlds in which every price deviates within"
          + " its own."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A range is a..b (up to 51 values), a..b:step, a..b:x2 (each twice the one before) or a,b,c."
          + " Any key",
      "can vary: buffer, touch, mode, memory, pool, kernel, kernel.NAME, machine.NAME,"
          + " platform.nodes,",
      "platform.reserved, platform.pci_devices, state.tree, state.memtypes, state.llc_dirty;"
          + " --keys lists them.",
      "",
      "With --workload every point is simulated under each strategy, with several seeds and in as"
          + " many possible",
      "worlds, on all cores. Its own keys vary too: clients, clients.NAME.count, .size, .think,"
          + " .lifetime, ...,",
      "pool.limit (--workload NAME --keys lists them); a mean takes the whole distribution along."
          + " --measure is then",
      "p50, p99, max, mean, fault.p99.9 (of calls; without a name of faults, or of allocations"
          + " where the pool varies),",
      "buffer (all calls for one), throughput, fault.throughput or stolen.",
      "",
      "Examples:",
      "  mapcost whatif --vary buffer=4KiB..64MiB:x2",
      "  mapcost whatif --vary platform.reserved=0..5000 --strategies"
          + " ttm-fault,ttm-fault-range-lookup",
      "  mapcost whatif --vary kernel=5.11,6.1.0,6.1,7.2 --counterfactual free-walk",
      "  mapcost whatif --vary buffer=4KiB..128MiB:4KiB --out sweep.csv",
      "  mapcost whatif --workload dax-fault-collapse --vary clients=4..64:x2 --duration 5ms"
    })
final class WhatifCommand implements Runnable {
  /// More rows than this are for a file.
  private static final long MOST_ON_TERMINAL = 2000;

  /// Points that are held in memory, for tables, JSON and charts.
  private static final long MOST_IN_MEMORY = 100_000;

  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin ScenarioOptions scenario = new ScenarioOptions();
  @Mixin SweepOptions options = new SweepOptions();
  @Mixin SimulatedOptions simulated = new SimulatedOptions();
  @Mixin ChartFolder chart = new ChartFolder();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(names = "--vary", paramLabel = "KEY=RANGE", description = "What varies; once or twice.")
  List<String> vary = new ArrayList<>();

  @Option(names = "--keys", description = "List the keys that can vary, and end.")
  boolean keys;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      defaultValue = "ttm-fault",
      description =
          "The strategy against which gains are told (default: ${DEFAULT-VALUE}, where it serves).")
  String baseline = "ttm-fault";

  @Option(
      names = "--replications",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "With --workload: seeds at each point, and as many possible worlds in which each price is"
              + " somewhere within its interval (default: ${DEFAULT-VALUE}).")
  int replications = 8;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Streams every point to a CSV file, of any size; shows progress. Killed, it goes on with"
              + " --resume.")
  @Nullable Path out;

  @Option(names = "--resume", description = "Go on with an unfinished --out.")
  boolean resume;

  @Option(names = "--force", description = "Overwrite --out, or begin an unfinished one anew.")
  boolean force;

  @Override
  public void run() {
    PrintWriter printer = spec.commandLine().getOut();
    if (keys) {
      KeyList.print(simulated.keys(), format.format, printer);
      return;
    }
    simulated.needsWorkload("--replications");
    if (simulated.asked()) {
      simulate(printer);
      return;
    }
    run(new Costs(options.free()), printer);
  }

  /// Answers.
  ///
  /// @param costs what is known before, of the same counterfactuals
  void run(Costs costs, PrintWriter printer) {
    List<Range> ranges = ranges(vary);
    PrintWriter warnings = Mapcost.warnings(spec);
    SweepOptions.Asked asked = options.asked(platform, machine, scenario, warnings);
    Sweep sweep = new Sweep(asked.setup(), ranges, options.strategies(), costs);
    if (out != null) {
      new SweepFile(out, sweep).write(resume, force, warnings);
      return;
    }
    refuseTooMany(sweep);
    if (format.format == OutputFormat.CSV && !chart.asked()) {
      WhatifReport.printPoints(sweep, printer);
      return;
    }
    WhatifReport report = WhatifReport.of(sweep, options, baseline, asked.tree());
    report.print(format.format, printer);
    if (chart.asked()) {
      chart.draw(report.picture(), warnings);
    }
  }

  /// Answers for a workload, by simulations.
  private void simulate(PrintWriter printer) {
    if (out != null || resume) {
      throw new InputException(
          "--out and --resume are for sweeps over one buffer; with --workload write --format csv >"
              + " FILE.");
    }
    refuseNothing(vary);
    PrintWriter warnings = Mapcost.warnings(spec);
    SimulatedSetup setup = simulated.setup(platform, machine, options);
    List<SimulatedSetup.Axis> axes =
        vary.stream().map(each -> SimulatedSetup.Axis.parse(each, setup.workload())).toList();
    if (chart.asked() && axes.size() > 1) {
      throw new InputException(
          "a chart of simulations goes along one key; vary one, or leave --chart out.");
    }
    options.strategies = simulated.strategies(options, setup.workload());
    SimulatedSweep sweep =
        new SimulatedSweep(
            setup,
            axes,
            options.strategies(),
            simulated.measure(
                options, axes.stream().map(axis -> axis.range().key().name()).toList()),
            replications,
            Runtime.getRuntime().availableProcessors());
    if (sweep.size() > MOST_ON_TERMINAL) {
      throw new InputException(
          "%,d points of %,d simulations each are too many; take larger steps."
              .formatted(sweep.size(), sweep.runsAtPoint()));
    }
    SimulatedReport report =
        SimulatedReport.of(
            sweep,
            baseline,
            new SimulatedProgress("points", sweep.size(), simulated.limitNanos(), warnings));
    report.print(format.format, printer);
    if (chart.asked()) {
      chart.draw(report.picture(), warnings);
    }
  }

  /// What was typed behind each `--vary`.
  static List<Range> ranges(List<String> vary) {
    refuseNothing(vary);
    return vary.stream().map(SweepOptions::range).toList();
  }

  private static void refuseNothing(List<String> vary) {
    if (vary.isEmpty()) {
      throw new InputException(
          "nothing varies; give --vary KEY=RANGE, such as --vary buffer=4KiB..64MiB:x2.");
    }
  }

  private void refuseTooMany(Sweep sweep) {
    boolean terminal = format.format == OutputFormat.TABLE;
    long most = terminal ? MOST_ON_TERMINAL : MOST_IN_MEMORY;
    if (sweep.size() > most) {
      throw new InputException(
          "%,d points are too many for %s; write them with --out FILE.csv, or take larger steps."
              .formatted(sweep.size(), terminal ? "a terminal" : "one answer"));
    }
  }
}
