package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.Argument;
import org.mapcost.model.machine.price.Arguments;
import org.mapcost.model.machine.price.Platform;
import org.mapcost.model.machine.price.PriceFunction;
import org.mapcost.model.machine.price.PriceFunctions;
import org.mapcost.model.machine.price.Quote;
import org.mapcost.model.units.Nanoseconds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One price function by itself; without a name, what there is and what it can be told.
@Command(
    name = "price",
    description =
        "Prices one step on a machine: what the caller waits and what other CPUs lose, each as low,"
            + " best and high. Without FUNCTION, lists the functions and their keys.",
    mixinStandardHelpOptions = true)
final class PriceCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "FUNCTION", description = "wbinvd, node-visit, ...")
  @Nullable String function;

  @Mixin MachineOptions machine = new MachineOptions();

  @Option(
      names = "--kernel",
      paramLabel = "VERSION",
      defaultValue = "6.1",
      description =
          "The kernel whose instructions are counted; see 'mapcost kernels' (default:"
              + " ${DEFAULT-VALUE}).")
  String kernel = "6.1";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "One of the function's keys, or a value of the machine such as machine.cpus=128 or"
              + " machine.prices.invlpg=100ns..150ns..200ns. Repeatable.")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--explain",
      description =
          "Adds the formula with its numbers, its terms, what each uncertain input does, and all"
              + " sources.")
  boolean explain;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (function == null) {
      list(out);
      return;
    }
    PriceFunction priced = PriceFunctions.named(function);
    PlatformTree.print(Kernels.named(kernel).warnings(), Mapcost.warnings(spec));
    Platform platform = platform(priced);
    Arguments arguments = priced.arguments(platform, MachineOptions.others(set));
    Quote quote = priced.price(platform, arguments);
    if (format.format == OutputFormat.JSON) {
      out.println(Json.line(json(priced, arguments, quote)));
    } else {
      print(priced, arguments, quote, out);
    }
  }

  /// The price that this command would print, for a function that was named.
  Price price() {
    PriceFunction priced = PriceFunctions.named(String.valueOf(function));
    Platform platform = platform(priced);
    return priced.price(platform, priced.arguments(platform, MachineOptions.others(set))).price();
  }

  private Platform platform(PriceFunction priced) {
    refuseUnknown(priced);
    return Platform.of(machine.machine(set), Kernels.named(kernel).name());
  }

  /// A key that is neither the function's nor, behind `machine.`, the machine's.
  private void refuseUnknown(PriceFunction priced) {
    List<String> keys = new ArrayList<>(priced.arguments().stream().map(Argument::key).toList());
    for (String key : MachineOptions.others(set).keySet()) {
      if (!keys.contains(key)) {
        keys.add("machine.KEY");
        throw Nearest.unknown("key of " + priced.name(), key, keys);
      }
    }
  }

  private Map<String, Object> json(PriceFunction priced, Arguments arguments, Quote quote) {
    Price price = quote.price();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/price/1");
    object.put("function", priced.name());
    object.put("machine", machine.machine);
    object.put("kernel", kernel);
    Map<String, Object> parameters = new LinkedHashMap<>(arguments.texts());
    set.forEach((key, value) -> {
      if (key.startsWith(MachineOptions.PREFIX)) {
        parameters.put(key, value);
      }
    });
    object.put("parameters", parameters);
    object.put("caller_ns", Json.interval(price.caller()));
    object.put("stolen_ns", Json.interval(price.stolen()));
    object.put("sources", price.provenance().sources());
    object.put("rests_on_none", price.provenance().restsOnNone());
    object.put("unsourced", price.provenance().unsourced());
    if (explain) {
      object.put("formula", quote.formula());
      object.put("formula_with_numbers", quote.formulaWithNumbers());
      Map<String, Object> terms = new LinkedHashMap<>();
      quote.terms().forEach((name, ns) -> terms.put(name, Json.interval(ns)));
      object.put("terms_ns", terms);
      Map<String, Object> inputs = new LinkedHashMap<>();
      price
          .callerTime()
          .effects()
          .forEach((input, ends) ->
              inputs.put(
                  input,
                  Json.object(
                      "caller_ns_at_low", Json.rounded(ends.atLow()),
                      "caller_ns_at_high", Json.rounded(ends.atHigh()))));
      object.put("inputs", inputs);
    }
    return object;
  }

  private void print(PriceFunction priced, Arguments arguments, Quote quote, PrintWriter out) {
    Price price = quote.price();
    Table table = new Table("what", "low", "best", "high");
    row(table, "caller", price.caller());
    row(table, "stolen from others", price.stolen());
    if (explain) {
      quote.terms().forEach((name, ns) -> row(table, "term: " + name, ns));
    }
    table.print(format.format, out);
    if (format.format != OutputFormat.TABLE) {
      return;
    }
    out.println();
    out.println(
        "%s on %s, kernel %s: %s."
            .formatted(priced.name(), machine.machine, kernel, priced.description()));
    if (!arguments.texts().isEmpty()) {
      out.println("With " + arguments.texts().toString().replaceAll("[{}]", "") + ".");
    }
    if (price.provenance().restsOnNone()) {
      out.println(
          "Rests on values without a source: "
              + String.join(", ", price.provenance().unsourced())
              + ".");
    }
    if (explain) {
      out.println("Formula: " + quote.formulaWithNumbers() + ".");
      inputs(price, out);
      price.provenance().sources().forEach(source -> out.println("Source: " + source));
    }
  }

  /// What each uncertain input alone does to the caller's time, the strongest first.
  private static void inputs(Price price, PrintWriter out) {
    double best = price.callerTime().best();
    price.callerTime().effects().entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -spread(entry.getValue())))
        .forEach(entry ->
            out.println(
                "Input: %s alone moves the best of %s to %s at its low end, %s at its high end."
                    .formatted(
                        entry.getKey(),
                        new Nanoseconds(best),
                        new Nanoseconds(entry.getValue().atLow()),
                        new Nanoseconds(entry.getValue().atHigh()))));
  }

  private static double spread(Uncertain.Ends ends) {
    return Math.abs(ends.atHigh() - ends.atLow());
  }

  private static void row(Table table, String what, Interval ns) {
    table.row(
        what, new Nanoseconds(ns.low()), new Nanoseconds(ns.best()), new Nanoseconds(ns.high()));
  }

  private void list(PrintWriter out) {
    if (!set.isEmpty()) {
      throw new InputException(
          "--set needs a function to set something of; name one, such as 'mapcost price wbinvd'.");
    }
    Machine chosen = Machines.named(machine.machine);
    if (format.format == OutputFormat.JSON) {
      List<Object> functions = new ArrayList<>();
      PriceFunctions.all().forEach(each -> functions.add(json(each, chosen)));
      out.println(
          Json.line(Json.object("schema", "mapcost/price-functions/1", "functions", functions)));
      return;
    }
    Table table = new Table("function", "key", "default", "units or words", "meaning");
    for (PriceFunction each : PriceFunctions.all()) {
      table.row(each.name(), "", "", "", each.description());
      for (Argument argument : each.arguments()) {
        table.row(
            each.name(),
            argument.key(),
            argument.otherwise().apply(chosen),
            argument.units(),
            argument.description());
      }
    }
    table.print(format.format, out);
  }

  private static Map<String, Object> json(PriceFunction each, Machine machine) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (Argument argument : each.arguments()) {
      keys.put(
          argument.key(),
          Json.object(
              "default", argument.otherwise().apply(machine),
              "units", argument.units(),
              "meaning", argument.description()));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("function", each.name());
    object.put("meaning", each.description());
    object.put("keys", keys);
    return object;
  }
}
