package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Range;
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
      "What a buffer costs when one or two things vary, where the cheapest strategy changes, and"
          + " how surely.",
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
      "Examples:",
      "  mapcost whatif --vary buffer=4KiB..64MiB:x2",
      "  mapcost whatif --vary platform.reserved=0..5000 --strategies"
          + " ttm-fault,ttm-fault-range-lookup",
      "  mapcost whatif --vary kernel=5.11,6.1.0,6.1,7.2 --counterfactual free-walk",
      "  mapcost whatif --vary buffer=4KiB..1GiB:4KiB --vary machine.cpus=1..256 --out sweep.csv"
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
      KeyList.print(format.format, printer);
      return;
    }
    run(new Costs(options.free()), printer);
  }

  /// Answers.
  ///
  /// @param costs what is known before, of the same counterfactuals
  void run(Costs costs, PrintWriter printer) {
    PrintWriter warnings = Mapcost.warnings(spec);
    SweepOptions.Asked asked = options.asked(platform, machine, scenario, warnings);
    Sweep sweep = new Sweep(asked.setup(), ranges(vary), options.strategies(), costs);
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

  /// What was typed behind each `--vary`.
  static List<Range> ranges(List<String> vary) {
    if (vary.isEmpty()) {
      throw new InputException(
          "nothing varies; give --vary KEY=RANGE, such as --vary buffer=4KiB..64MiB:x2.");
    }
    return vary.stream().map(SweepOptions::range).toList();
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
