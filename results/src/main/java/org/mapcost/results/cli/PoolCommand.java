package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.script.PoolScript;
import org.mapcost.model.script.PoolScript.Step;
import org.mapcost.model.script.ScriptLine;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PoolSweep;
import org.mapcost.model.units.Pages;
import org.mapcost.model.workload.Workload;
import org.mapcost.results.figure.PoolByLimit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The page pool of a kernel, operation by operation, with its exact counts.
@Command(
    name = "pool",
    description = {
      "What a kernel's page pool does with each operation of a script: hits, misses, changes of"
          + " caching, and what it keeps.",
      "Or, with --workload, how every pool of every size serves many clients over time, and where"
          + " a larger one hardly saves more."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A script has one operation a line; # starts a comment:",
      "  alloc B wc 64     gives buffer B 64 pages; also uc, cached",
      "  free B            takes them back",
      "  limit 256         page_pool_size: before the first alloc as ttm is loaded, later a write"
          + " to sysfs",
      "  shrink            one read of debugfs page_pool_shrink",
      "  drop              drop_caches until nothing is kept",
      "'pool' in JSON counts the kept chunks by order, 0 to 10. The pool up to 5.10 keeps single"
          + " pages (order 0) and blocks of 2 MiB (order 9), and knows neither limit nor shrink.",
      "",
      "A workload is simulated once; what its clients ask of the pool then is put to every pool,"
          + " in the same order.",
      "The limit is given as the driver loads; ttm-pool-7 has it for each NUMA node (a socket here)"
          + " and cannot change it later.",
      "",
      "Examples:",
      "  mapcost pool --script steps.txt --kernel 7.2 --ram 2GiB --format json",
      "  mapcost pool --workload browser-many-tabs --limits 1MiB,4MiB,16MiB --out charts"
    })
final class PoolCommand implements Runnable {
  private static final Pages MOST_RAM = new Pages(1L << 28);

  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin WorkloadOptions workload = new WorkloadOptions();
  @Mixin PricingOptions pricing = new PricingOptions();
  @Mixin RecordFormatOption format = new RecordFormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "The operations, one a line; see below.")
  @Nullable Path script;

  @Option(
      names = "--ram",
      paramLabel = "SIZE",
      defaultValue = "2GiB",
      description =
          "The RAM that the kernel manages, in one piece (default: ${DEFAULT-VALUE}). The usual"
              + " limit of the pool follows from it: half, up to 5.10 a quarter for each list. From"
              + " 7.0 on pools and limits are those of a NUMA node: give its RAM.")
  String ram = "2GiB";

  @Option(
      names = "--failing-orders",
      paramLabel = "ORDER",
      split = ",",
      description =
          "Orders, 1 to 10, of which the page allocator has nothing, as in fragmented memory: 9,10."
              + " Default: none.")
  int[] failingOrders = {};

  @Option(
      names = "--limits",
      paramLabel = "SIZE",
      split = ",",
      description =
          "With --workload: the limits to try, such as 4MiB,16MiB. Default: powers of two up to"
              + " what all buffers have at once.")
  @Nullable List<String> limits;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "With --workload: draws cost, pages found and pages converted by the pool's limit into"
              + " this directory.")
  @Nullable Path out;

  @Option(names = "--force", description = "Overwrite charts in --out.")
  boolean force;

  @Override
  public void run() {
    String named = workload.workload;
    if ((script == null) == (named == null)) {
      throw new InputException(
          "give --script FILE with the operations, one a line, or --workload FILE|NAME.");
    }
    if (script != null) {
      script(script);
    } else if (named != null) {
      workload(named);
    }
  }

  private OutputFormat shape() {
    return script != null ? format.format() : format.orElse(OutputFormat.TABLE);
  }

  private void workload(String named) {
    if (pricing.cpus != null) {
      throw new InputException("with --workload write --set machine.cpus=N instead of --cpus.");
    }
    MachineOptions machine = new MachineOptions();
    if (pricing.machine != null) {
      machine.machine = pricing.machine;
    }
    Workload asked = workload.workload(named, platform.set);
    Platform on = workload.platform(asked, platform, machine, OptionalDouble.empty());
    PoolSweep sweep = PoolSweep.of(on, asked, limits());
    PoolWorkloadReport report = new PoolWorkloadReport(asked, on, sweep);
    List<Path> drawn =
        out == null ? List.of() : Drawing.into(out, force, PoolByLimit.figures(asked, on, sweep));
    PrintWriter printer = spec.commandLine().getOut();
    if (shape() == OutputFormat.JSON) {
      report.json(printer);
    } else {
      report.print(shape(), printer);
    }
    if (shape() == OutputFormat.TABLE) {
      drawn.stream()
          .filter(path -> path.toString().endsWith(".svg"))
          .forEach(path -> printer.println("Chart: " + path));
    }
  }

  private List<Long> limits() {
    if (limits == null) {
      return List.of();
    }
    List<Long> pages = limits.stream().map(Pages::parse).map(Pages::value).sorted().toList();
    if (pages.getFirst() < 1) {
      throw new InputException("--limits are one page or more; without a pool is tried anyway.");
    }
    return pages.stream().distinct().toList();
  }

  private void script(Path script) {
    Optional<Machine> on = pricing.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    if (Arrays.stream(failingOrders).anyMatch(order -> order < 1 || order > 10)) {
      throw new InputException(
          "--failing-orders are 1 to 10, not " + Arrays.toString(failingOrders) + ".");
    }
    Pages memory = Pages.parse(ram);
    if (memory.compareTo(MOST_RAM) > 0) {
      throw new InputException("--ram is at most " + MOST_RAM.bytes() + ", not " + ram + ".");
    }
    PoolScript pool = new PoolScript(kernel, pricing.cpus(on), memory.value(), failingOrders);
    List<Step> steps = ScriptLine.read(script).stream().map(pool::perform).toList();
    PrintWriter out = spec.commandLine().getOut();
    StepTable table = new StepTable("attribute calls", "kept");
    for (Step step : steps) {
      Optional<Estimate> estimate = PricingOptions.price(on, kernel, step.ledger());
      if (shape() == OutputFormat.JSON) {
        out.println(Json.line(json(step, estimate)));
      }
      table.add(
          new StepTable.Step(
              step.line().text(),
              List.of(calls(step), new Pages(step.kept()) + kept(step)),
              step.ledger(),
              estimate));
    }
    table.print(shape(), out);
    if (shape() == OutputFormat.TABLE) {
      out.printf(
          "Pool %s of kernel %s, %s; %s of RAM, at most %s kept. Counts are exact%s.%n",
          kernel.ttmPool().key(),
          kernel.label(),
          pricing.describe(on),
          memory.bytes(),
          new Pages(steps.getLast().limit()),
          on.isPresent() ? "; times are [low best high]" : "");
      out.println("Kept chunks stand as ORDER:COUNT.");
    }
  }

  private static Map<String, Object> json(Step step, Optional<Estimate> estimate) {
    Map<String, Object> object = Json.object("op", step.line().text());
    if (step.result() != 0) {
      object.put("result", step.result());
    }
    object.put("counts", step.ledger().totals());
    object.put("attribute_calls", step.attributeCalls());
    object.put("pool", Json.object("wc", step.writeCombined(), "uc", step.uncached()));
    Bill.into(object, estimate);
    return object;
  }

  private static String calls(Step step) {
    if (step.result() != 0) {
      return "out of memory";
    }
    return step.attributeCalls().isEmpty()
        ? "-"
        : step.attributeCalls().stream().map(String::valueOf).collect(Collectors.joining(" + "));
  }

  private static String kept(Step step) {
    String wc = chunks("wc", step.writeCombined());
    String uc = chunks("uc", step.uncached());
    return wc.isEmpty() && uc.isEmpty() ? "" : ":" + wc + uc;
  }

  private static String chunks(String name, int[] byOrder) {
    StringBuilder text = new StringBuilder();
    for (int order = 0; order < byOrder.length; order++) {
      if (byOrder[order] > 0) {
        text.append(' ').append(order).append(':').append(byOrder[order]);
      }
    }
    return text.isEmpty() ? "" : " " + name + text;
  }
}
