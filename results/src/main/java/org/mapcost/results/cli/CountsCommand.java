package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.tlb.Cpus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The exact counts of one strategy, phase by phase.
@Command(
    name = "counts",
    description =
        "How often each event occurs in a buffer's life under one strategy, phase by phase.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Counts are those of the first buffer; with --steady those of a later, equal one, for which",
      "direct-map splits are done and the page pool is filled.",
      "",
      "Example:",
      "  mapcost counts --strategy ttm-fault --kernel 6.1 --buffer 1024pages --memory vram"
    })
final class CountsCommand implements Runnable {
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin ScenarioOptions options = new ScenarioOptions();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      required = true,
      description = "The strategy; see 'mapcost strategies'.")
  String strategy = "";

  @Option(
      names = "--cpus",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Online CPUs, all running; kernel-range flushes reach them (default: ${DEFAULT-VALUE}).")
  int cpus = 1;

  @Option(names = "--steady", description = "Count a later buffer instead of the first.")
  boolean steady;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (cpus < 1) {
      throw new org.mapcost.model.InputException("--cpus is at least 1, not " + cpus + ".");
    }
    Strategy chosen = Strategies.named(strategy);
    Kernel kernel = platform.kernel();
    PrintWriter warnings = Mapcost.warnings(spec);
    PlatformTree on = platform.tree(warnings);
    Scenario scenario = options.scenario(on.tree(), kernel, Cpus.running(cpus), warnings);
    BufferLife life = BufferLife.of(chosen, scenario);
    Ledger ledger = steady ? life.steady() : life.first();
    switch (format.format) {
      case JSON -> out.println(Json.line(json(on, scenario, life, ledger)));
      case TABLE, CSV, MARKDOWN -> table(ledger).print(format.format, out);
    }
    if (format.format == OutputFormat.TABLE) {
      out.printf(
          "%n%s of %s in %s at %s, asked for %s, mapped %s. Tree: %s. Kernel: %s. Counts are"
              + " exact.%n",
          strategy,
          new org.mapcost.model.units.Pages(scenario.pages()),
          scenario.memory().key(),
          scenario.at(),
          scenario.mode().key(),
          life.effectiveMode().key(),
          on.describe(),
          kernel.label());
    }
  }

  private Map<String, Object> json(
      PlatformTree on, Scenario scenario, BufferLife life, Ledger ledger) {
    Map<String, Object> phases = new LinkedHashMap<>();
    ledger.phases().forEach((phase, counts) -> phases.put(phase.key(), counts));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/counts/1");
    object.put("strategy", strategy);
    object.put("use", steady ? "steady" : "first");
    object.put("kernel", scenario.kernel().label());
    object.put("iomem", on.describe());
    object.put("memory", scenario.memory().key());
    object.put("at", scenario.at().toString());
    object.put("pages", scenario.pages());
    object.put("touch", scenario.touch().key());
    object.put("cpus", scenario.cpus().online());
    object.put("effective_mode", life.effectiveMode().key());
    object.put("phases", phases);
    object.put("total", ledger.totals());
    return object;
  }

  private static Table table(Ledger ledger) {
    Table table = new Table("event", "load", "allocate", "map", "touch", "unmap", "free", "total");
    for (Event event : Event.values()) {
      if (ledger.total(event) > 0) {
        table.row(
            event.key(),
            ledger.count(Phase.LOAD, event),
            ledger.count(Phase.ALLOCATE, event),
            ledger.count(Phase.MAP, event),
            ledger.count(Phase.TOUCH, event),
            ledger.count(Phase.UNMAP, event),
            ledger.count(Phase.FREE, event),
            ledger.total(event));
      }
    }
    return table;
  }
}
