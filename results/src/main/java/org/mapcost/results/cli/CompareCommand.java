package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.strategy.Comparison;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.units.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// All strategies on one buffer, priced for one machine and ranked.
@Command(
    name = "compare",
    description = {
      "Which way of mapping a buffer is cheapest on a machine, why, and how sure that is.",
      "Every price is [low best high]; overlapping intervals are a tie."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ranked is what the caller waits for a first buffer, from its allocation to its end. The"
          + " driver's",
      "load is shown apart. 'Later' is the same for a later, equal buffer: direct-map splits are"
          + " done and",
      "the page pool is filled. 'Use' is what writing and reading the whole buffer once costs in"
          + " the",
      "caching mode that the mapping really has.",
      "",
      "Example:",
      "  mapcost compare --kernel 6.1 --machine epyc-milan --buffer 64MiB --memory vram"
    })
final class CompareCommand implements Runnable {
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin ScenarioOptions options = new ScenarioOptions();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      defaultValue = "ttm-fault",
      description =
          "The strategy against which a dearer driver load must be repaid (default:"
              + " ${DEFAULT-VALUE}).")
  String baseline = "ttm-fault";

  @Option(
      names = "--strategies",
      paramLabel = "NAME,...",
      split = ",",
      description = "Compares only these (default: all).")
  List<String> strategies = new ArrayList<>();

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter warnings = Mapcost.warnings(spec);
    Strategies.named(baseline);
    PlatformTree tree = options.tree(platform, warnings);
    Machine on = machine.machine(platform.set);
    Scenario scenario = scenario(tree, on, warnings);
    MachinePrices prices = MachinePrices.of(on, scenario.kernel().name());
    Comparison comparison = Comparison.of(scenario, prices, Conditions.USUAL, chosen());
    CostOfUse use = new CostOfUse(prices.platform(), scenario);
    switch (format.format) {
      case JSON -> out.println(Json.line(json(comparison, scenario, tree, on, use)));
      case TABLE -> print(comparison, scenario, tree, on, use, out);
      case CSV, MARKDOWN -> table(comparison, scenario, use).print(format.format, out);
    }
  }

  /// The comparison that this command would print.
  Comparison comparison(PrintWriter warnings) {
    Machine on = machine.machine(platform.set);
    Scenario scenario = scenario(options.tree(platform, warnings), on, warnings);
    return Comparison.of(
        scenario, MachinePrices.of(on, scenario.kernel().name()), Conditions.USUAL, chosen());
  }

  private List<Strategy> chosen() {
    return strategies.isEmpty()
        ? Strategies.all()
        : strategies.stream().distinct().map(Strategies::named).toList();
  }

  private Scenario scenario(PlatformTree tree, Machine on, PrintWriter warnings) {
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    Cpus cpus = new Cpus(on.cpus(), 0, on.has(Parameter.INVLPGB));
    return options.scenario(tree.tree(), kernel, cpus, warnings);
  }

  private void print(
      Comparison comparison,
      Scenario scenario,
      PlatformTree tree,
      Machine on,
      CostOfUse use,
      PrintWriter out) {
    table(comparison, scenario, use).print(OutputFormat.TABLE, out);
    out.println();
    for (Comparison.Entry entry : comparison.entries()) {
      out.println(why(entry));
    }
    if (!comparison.refused().isEmpty()) {
      out.println();
      comparison
          .refused()
          .forEach(each ->
              out.println(each.strategy().name() + ": not applicable, " + each.reason() + "."));
    }
    out.printf(
        "%n%s of %s at %s, asked for %s, touched %s, on %s with %d CPUs, kernel %s.%nTree: %s, %d"
            + " nodes. Counts are exact; times are [low best high].%n",
        new Pages(scenario.pages()),
        scenario.memory().key(),
        scenario.at(),
        scenario.mode().key(),
        scenario.touch().key(),
        on.name(),
        on.cpus(),
        scenario.kernel().label(),
        tree.describe(),
        tree.tree().size());
    TreeSet<String> unsourced = new TreeSet<>();
    comparison.entries().forEach(e -> unsourced.addAll(e.first().total().provenance().unsourced()));
    if (!unsourced.isEmpty()) {
      out.println(
          "* rests on values without a published source, given wide: "
              + String.join(", ", unsourced)
              + ".");
    }
  }

  private Table table(Comparison comparison, Scenario scenario, CostOfUse use) {
    Table table =
        new Table(
            "mode",
            "rank",
            "strategy",
            "caller, a page",
            "caller, the buffer",
            "ties with",
            "stolen from others",
            "later buffer",
            "use: write, read",
            "driver load",
            "repaid after");
    Optional<Comparison.Entry> base = baseline(comparison);
    for (Comparison.Entry entry : comparison.entries()) {
      boolean none = entry.first().total().provenance().restsOnNone();
      table.row(
          entry.effectiveMode().key(),
          entry.rank(),
          entry.strategy().name() + (none ? " *" : ""),
          time(entry.caller().times(1.0 / scenario.pages())),
          time(entry.caller()),
          ranksOfTies(entry, comparison),
          time(entry.stolen()),
          time(entry.steadyCaller()),
          new Nanoseconds(use.write(entry.effectiveMode()).best())
              + ", "
              + new Nanoseconds(use.read(entry.effectiveMode()).best()),
          time(entry.load()),
          base.map(other -> repaid(entry, other)).orElse("-"));
    }
    return table;
  }

  /// The ranks of those whose intervals overlap an entry's, such as `2 3 7`.
  private static String ranksOfTies(Comparison.Entry entry, Comparison comparison) {
    return comparison.entries().stream()
        .filter(each -> each.effectiveMode() == entry.effectiveMode())
        .filter(each -> entry.tiedWith().contains(each.strategy().name()))
        .map(each -> String.valueOf(each.rank()))
        .collect(Collectors.joining(" "));
  }

  private Optional<Comparison.Entry> baseline(Comparison comparison) {
    return comparison.entries().stream()
        .filter(entry -> entry.strategy().name().equals(baseline))
        .findFirst();
  }

  private static String repaid(Comparison.Entry entry, Comparison.Entry base) {
    if (entry.equals(base)) {
      return "(baseline)";
    }
    return entry.repaidAgainst(base).map(CompareCommand::buffers).orElse("never");
  }

  private static String buffers(Interval count) {
    long best = (long) Math.ceil(count.best());
    if (best == 0) {
      return "at once";
    }
    String guess = best + (best == 1 ? " buffer" : " buffers");
    return Double.isInfinite(count.high())
        ? guess + ", perhaps never"
        : guess + ", at most " + (long) Math.ceil(count.high());
  }

  /// The mechanisms that make most of a strategy's cost, with their shares of the caller's time.
  private static String why(Comparison.Entry entry) {
    Map<String, Price> mechanisms = entry.first().byMechanism();
    double total = entry.first().total().caller().best();
    String shares =
        mechanisms.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    (Map.Entry<String, Price> each) -> -each.getValue().caller().best()))
            .limit(4)
            .map(each ->
                "%s %.0f %%"
                    .formatted(
                        each.getKey(),
                        100 * each.getValue().caller().best() / Math.max(total, 1e-9)))
            .collect(Collectors.joining(", "));
    return entry.strategy().name() + ": " + (shares.isEmpty() ? "nothing" : shares) + ".";
  }

  private static String time(Interval ns) {
    return "["
        + new Nanoseconds(ns.low())
        + " "
        + new Nanoseconds(ns.best())
        + " "
        + new Nanoseconds(ns.high())
        + "]";
  }

  private Map<String, Object> json(
      Comparison comparison, Scenario scenario, PlatformTree tree, Machine on, CostOfUse use) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/compare/1");
    object.put("machine", on.name());
    object.put("cpus", on.cpus());
    object.put("kernel", scenario.kernel().label());
    object.put("iomem", tree.describe());
    object.put("memory", scenario.memory().key());
    object.put("at", scenario.at().toString());
    object.put("pages", scenario.pages());
    object.put("mode", scenario.mode().key());
    object.put("touch", scenario.touch().key());
    object.put("pool", scenario.pool().key());
    object.put("baseline", baseline);
    List<Object> strategies = new ArrayList<>();
    Optional<Comparison.Entry> base = baseline(comparison);
    for (Comparison.Entry entry : comparison.entries()) {
      strategies.add(json(entry, base, scenario, use));
    }
    for (Comparison.Refused refused : comparison.refused()) {
      Map<String, Object> none = new LinkedHashMap<>();
      none.put("strategy", refused.strategy().name());
      none.put("applicable", false);
      none.put("reason", refused.reason());
      none.put("traits", StrategiesCommand.json(refused.strategy().traits(scenario.kernel())));
      strategies.add(none);
    }
    object.put("strategies", strategies);
    return object;
  }

  /// `[low, best, high]`, where a high of null says: perhaps never.
  private static List<@Nullable Object> repaidJson(Interval buffers) {
    List<@Nullable Object> ends = new ArrayList<>();
    ends.add(Json.rounded(buffers.low()));
    ends.add(Json.rounded(buffers.best()));
    ends.add(Double.isInfinite(buffers.high()) ? null : Json.rounded(buffers.high()));
    return ends;
  }

  private static Map<String, Object> json(
      Comparison.Entry entry, Optional<Comparison.Entry> base, Scenario scenario, CostOfUse use) {
    Price all = entry.first().total();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("strategy", entry.strategy().name());
    object.put("applicable", true);
    object.put("effective_mode", entry.effectiveMode().key());
    object.put("rank", entry.rank());
    object.put("tied_with", entry.tiedWith());
    object.put("caller_ns", Json.interval(entry.caller()));
    object.put("stolen_ns", Json.interval(entry.stolen()));
    object.put("caller_ns_per_page", Json.interval(entry.caller().times(1.0 / scenario.pages())));
    object.put("load_ns", Json.interval(entry.load()));
    object.put("later_caller_ns", Json.interval(entry.steadyCaller()));
    object.put("later_stolen_ns", Json.interval(entry.steadyStolen()));
    object.put("use_write_ns", Json.interval(use.write(entry.effectiveMode())));
    object.put("use_read_ns", Json.interval(use.read(entry.effectiveMode())));
    base.flatMap(entry::repaidAgainst)
        .ifPresent(buffers -> object.put("repaid_after_buffers", repaidJson(buffers)));
    Map<String, Object> mechanisms = new LinkedHashMap<>();
    entry
        .first()
        .byMechanism()
        .forEach((mechanism, price) ->
            mechanisms.put(
                mechanism,
                Json.object(
                    "caller_ns", Json.interval(price.caller()),
                    "stolen_ns", Json.interval(price.stolen()))));
    object.put("by_mechanism", mechanisms);
    object.put("counts", entry.life().first().totals());
    object.put("later_counts", entry.life().steady().totals());
    object.put("traits", StrategiesCommand.json(entry.strategy().traits(scenario.kernel())));
    object.put("sources", all.provenance().sources());
    object.put("rests_on_none", all.provenance().restsOnNone());
    object.put("unsourced", all.provenance().unsourced());
    return object;
  }
}
