package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.pageattr.CpaLimits;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.script.ScriptLine;
import org.mapcost.model.script.TransitionScript;
import org.mapcost.model.script.TransitionScript.Step;
import org.mapcost.model.units.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Changes of caching attributes, operation by operation, with their exact counts.
@Command(
    name = "transition",
    description = {
      "What changes of caching attributes do: passes, splits of the direct map, cache and TLB"
          + " flushes, step by step of a script, or of one change and the next equal one."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A script has one operation a line; # starts a comment:",
      "  pages S contiguous 64    64 neighbours, from a 2 MiB border on",
      "  pages S scattered 64     every second of 128 pages, from a 2 MiB border on",
      "  pages S one-per-2M 64    one page in each of 64 blocks of 2 MiB",
      "  set S wc array           set_pages_array_wc of all of them; also uc, wb",
      "  set S wc range           set_memory_wc; only for contiguous pages",
      "Each name has blocks of its own that nobody split before. A refused change has the result"
          + " -22.",
      "",
      "Examples:",
      "  mapcost transition --pages 64 --to wc --kernel 6.1 --machine skylake-sp-2s",
      "  mapcost transition --script changes.txt --cpus 2 --format json"
    })
final class TransitionCommand implements Runnable {
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin PricingOptions pricing = new PricingOptions();
  @Mixin RecordFormatOption format = new RecordFormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "The operations, one a line; see below.")
  @Nullable Path script;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "Without a script: how many pages are changed, and changed again later.")
  @Nullable Integer pages;

  @Option(
      names = "--to",
      paramLabel = "wc|uc|wb",
      defaultValue = "wc",
      description =
          "Without a script: to what; wb from wc, the others from wb (default: ${DEFAULT-VALUE}).")
  String to = "wc";

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "contiguous",
      description =
          "Without a script: contiguous, scattered or one-per-2M (default: ${DEFAULT-VALUE}).")
  String layout = "contiguous";

  @Option(
      names = "--call",
      paramLabel = "array|range",
      defaultValue = "array",
      description =
          "Without a script: set_pages_array_* or set_memory_* (default: ${DEFAULT-VALUE}).")
  String call = "array";

  @Option(
      names = "--large-pages",
      paramLabel = "4k|2m|1g",
      defaultValue = "2m",
      description = "The largest pages of the direct map at boot (default: ${DEFAULT-VALUE}).")
  String largePages = "2m";

  @Option(
      names = "--no-clflush",
      description = "The CPU cannot flush single cache lines, as before the Pentium 4.")
  boolean noClflush;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description =
          "How many large pages can be split before there is no memory for another page table."
              + " Default: as many as there are.")
  @Nullable Long splits;

  @Override
  public void run() {
    if ((script == null) == (pages == null)) {
      throw new InputException("give either --script FILE or --pages N.");
    }
    Optional<Machine> on = pricing.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    PlatformTree tree = platform.tree(Mapcost.warnings(spec));
    TransitionScript machine =
        new TransitionScript(kernel, tree.tree(), pricing.cpus(on), level(largePages), limits());
    PrintWriter out = spec.commandLine().getOut();
    if (script != null) {
      List<Step> steps = ScriptLine.read(script).stream().map(machine::perform).toList();
      print(steps, on, kernel, out);
    } else {
      print(new OneChange(machine), on, kernel, out);
    }
    if (shape() == OutputFormat.TABLE) {
      out.printf(
          "Kernel %s, %s. Tree: %s. Counts are exact%s.%n",
          kernel.label(),
          pricing.describe(on),
          tree.describe(),
          on.isPresent() ? "; times are [low best high]" : "");
    }
  }

  private OutputFormat shape() {
    return script != null ? format.format() : format.orElse(OutputFormat.TABLE);
  }

  private void print(List<Step> steps, Optional<Machine> on, Kernel kernel, PrintWriter out) {
    StepTable table = new StepTable("result");
    for (Step step : steps) {
      Optional<Estimate> estimate = PricingOptions.price(on, kernel, step.ledger());
      if (shape() == OutputFormat.JSON) {
        out.println(Json.line(json(step, estimate)));
      }
      String result = step.error() == 0 ? "done" : "refused: " + step.errorName();
      table.add(new StepTable.Step(step.line().text(), List.of(result), step.ledger(), estimate));
    }
    table.print(shape(), out);
  }

  private static Map<String, Object> json(Step step, Optional<Estimate> estimate) {
    Map<String, Object> object =
        Json.object(
            "op", step.line().text(),
            "result", step.result());
    if (step.error() != 0) {
      object.put("errno", step.errorName());
    }
    object.put("counts", step.ledger().totals());
    Bill.into(object, estimate);
    return object;
  }

  /// The change of the short form, the way back, and the change once more.
  private final class OneChange {
    final Step first;
    final Step later;

    OneChange(TransitionScript machine) {
      String back = to.equals("wb") ? "wc" : "wb";
      machine.perform(line("pages S " + layout + " " + pages));
      if (to.equals("wb")) {
        machine.perform(line("set S wc " + call));
      }
      first = machine.perform(line("set S " + to + " " + call));
      machine.perform(line("set S " + back + " " + call));
      later = machine.perform(line("set S " + to + " " + call));
    }

    private static ScriptLine line(String text) {
      return ScriptLine.of("--pages, --to, --layout, --call", 1, text);
    }
  }

  private void print(OneChange change, Optional<Machine> on, Kernel kernel, PrintWriter out) {
    Optional<Estimate> first = PricingOptions.price(on, kernel, change.first.ledger());
    Optional<Estimate> later = PricingOptions.price(on, kernel, change.later.ledger());
    if (shape() == OutputFormat.JSON) {
      Map<String, Object> object = Json.object("schema", "mapcost/transition/1");
      object.putAll(json(change.first, first));
      Map<String, Object> again = json(change.later, later);
      again.remove("op");
      object.put("pages", pages);
      object.put("layout", layout);
      object.put("later", again);
      out.println(Json.line(object));
      return;
    }
    new Itemised(first)
        .column("first", change.first.ledger())
        .column("later", change.later.ledger())
        .table()
        .print(shape(), out);
    if (shape() != OutputFormat.TABLE) {
      return;
    }
    out.println();
    first.ifPresent(price -> out.println("First: " + Bill.sentence(price.total())));
    later.ifPresent(price -> out.println("Later: " + Bill.sentence(price.total())));
    out.printf(
        "%s, %s, to %s by %s. 'first' splits the direct map for good, 'later' finds it split.%n",
        new Pages(Objects.requireNonNull(pages)),
        layout,
        to,
        call.equals("array") ? "set_pages_array_" + to : "set_memory_" + to);
  }

  private CpaLimits limits() {
    if (splits != null && splits < 0) {
      throw new InputException("--splits is zero or more, not " + splits + ".");
    }
    return new CpaLimits(!noClflush, splits == null ? Long.MAX_VALUE : splits);
  }

  private static DirectMap.Level level(String key) {
    for (DirectMap.Level level : DirectMap.Level.values()) {
      if (level.key().equals(key)) {
        return level;
      }
    }
    throw new InputException("--large-pages is 4k, 2m or 1g, not '" + key + "'.");
  }
}
