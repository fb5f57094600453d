package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.Use;
import org.mapcost.model.units.Pages;
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
      "direct-map splits are done and the page pool is filled. With --fork there are two phases",
      "more: what the parent's fork does, and what the child's end does.",
      "",
      "Examples:",
      "  mapcost counts --strategy ttm-fault --kernel 6.1 --buffer 1024pages --memory vram",
      "  mapcost counts --strategy remap-pfn-range --private --fork --machine epyc-milan"
    })
final class CountsCommand implements Runnable {
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin ScenarioOptions options = new ScenarioOptions();
  @Mixin PricingOptions pricing = new PricingOptions();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      required = true,
      description = "The strategy; see 'mapcost strategies'.")
  String strategy = "";

  @Option(names = "--steady", description = "Count a later buffer instead of the first.")
  boolean steady;

  @Option(
      names = "--mappings",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often the buffer is mapped and touched, at the same time (default:"
              + " ${DEFAULT-VALUE}).")
  int mappings = 1;

  @Option(
      names = "--private",
      description =
          "Map it privately and writable: writes copy the page, or mmap refuses, with its errno.")
  boolean privately;

  @Option(
      names = "--fork",
      description = "Fork after the touches; the child ends before anything is unmapped.")
  boolean fork;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Use use = new Use(mappings, privately, fork);
    Strategy chosen = Strategies.named(strategy);
    Optional<Machine> on = pricing.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    PrintWriter warnings = Mapcost.warnings(spec);
    PlatformTree tree = options.tree(platform, warnings);
    Scenario scenario = options.scenario(tree.tree(), kernel, pricing.cpus(on), warnings);
    BufferLife life = BufferLife.of(chosen, scenario, use);
    Ledger ledger = steady ? life.steady() : life.first();
    Optional<Estimate> estimate = PricingOptions.price(on, kernel, ledger);
    switch (format.format) {
      case JSON -> out.println(Json.line(json(tree, scenario, life, ledger, estimate)));
      case TABLE, CSV, MARKDOWN -> table(ledger).print(format.format, out);
    }
    if (format.format == OutputFormat.TABLE) {
      out.println();
      estimate.ifPresent(price -> out.println(Bill.sentence(price.total())));
      out.printf(
          "%s of %s in %s at %s, asked for %s, %s. Tree: %s. Kernel: %s, %s. Counts are exact.%n",
          strategy,
          new Pages(scenario.pages()),
          scenario.memory().key(),
          scenario.at(),
          scenario.mode().key(),
          mapped(life),
          tree.describe(),
          kernel.label(),
          pricing.describe(on));
    }
  }

  private String mapped(BufferLife life) {
    if (life.mapErrno() != 0) {
      return "mmap refuses a private mapping with " + Errno.name(life.mapErrno());
    }
    String how = "mapped " + life.effectiveMode().key();
    return life.forkErrno() == 0 ? how : how + ", fork fails with " + Errno.name(life.forkErrno());
  }

  private Map<String, Object> json(
      PlatformTree tree,
      Scenario scenario,
      BufferLife life,
      Ledger ledger,
      Optional<Estimate> estimate) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/counts/1");
    object.put("strategy", strategy);
    object.put("use", steady ? "steady" : "first");
    object.put("kernel", scenario.kernel().label());
    object.put("iomem", tree.describe());
    object.put("memory", scenario.memory().key());
    object.put("at", scenario.at().toString());
    object.put("pages", scenario.pages());
    object.put("touch", scenario.touch().key());
    object.put("cpus", scenario.cpus().online());
    if (life.mapErrno() == 0) {
      object.put("effective_mode", life.effectiveMode().key());
    }
    if (privately) {
      object.put("private", true);
      object.put("mmap_result", life.mapErrno());
    }
    if (fork) {
      object.put("fork_result", life.forkErrno());
    }
    Map<String, Object> phases = new LinkedHashMap<>();
    for (Phase phase : shown()) {
      phases.put(phase.key(), ledger.counts(phase));
    }
    object.put("phases", phases);
    object.put("total", ledger.totals());
    if (mappings > 1 && !steady) {
      object.put("mappings", life.mappings().stream().map(CountsCommand::mapping).toList());
    }
    Bill.into(object, estimate);
    return object;
  }

  private static Map<String, Object> mapping(Ledger own) {
    return Json.object(
        "map", own.counts(Phase.MAP),
        "touch", own.counts(Phase.TOUCH),
        "unmap", own.counts(Phase.UNMAP));
  }

  /// The phases of a buffer's life; those of a fork only where there is one.
  private List<Phase> shown() {
    List<Phase> phases = new ArrayList<>(List.of(Phase.values()));
    if (!fork) {
      phases.removeAll(List.of(Phase.FORK, Phase.EXIT));
    }
    return phases;
  }

  private Table table(Ledger ledger) {
    List<String> heads = new ArrayList<>(List.of("event"));
    shown().forEach(phase -> heads.add(phase.key()));
    heads.add("total");
    Table table = new Table(heads.toArray(String[]::new));
    for (Event event : Event.values()) {
      if (ledger.total(event) > 0) {
        List<Object> row = new ArrayList<>(List.of(event.key()));
        shown().forEach(phase -> row.add(ledger.count(phase, event)));
        row.add(ledger.total(event));
        table.row(row.toArray());
      }
    }
    return table;
  }
}
