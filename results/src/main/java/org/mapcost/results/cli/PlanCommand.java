package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Capacity;
import org.mapcost.model.whatif.Objective;
import org.mapcost.model.whatif.SimulatedPlan;
import org.mapcost.model.whatif.SimulatedPlan.Resource;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;
import org.mapcost.results.figure.PlanPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How much of something an objective needs.
@Command(
    name = "plan",
    description = {
      "The smallest page pool, the most clients or the most CPUs with which a workload holds an"
          + " objective.",
      "Simulated at the best prices and with all prices at either end: 'at least N (between A and"
          + " B)'."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An objective is p99<50us, fault.p99.9<20us, mean<5us or max<1ms; without a name it is about"
          + " allocations (pool)",
      "or faults (clients, cpus). First uses, which split the direct map once, are left out.",
      "",
      "Examples:",
      "  mapcost plan --workload desktop-compositor --slo 'p99<50us' --for pool",
      "  mapcost plan --workload browser-many-tabs --slo 'fault.p99<20us' --for clients --up-to 512"
    })
final class PlanCommand implements Runnable {
  private static final double PERCENT = 100;

  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin ChartFolder chart = new ChartFolder();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--workload",
      paramLabel = "FILE|NAME",
      defaultValue = "desktop-compositor",
      description = "A workload file, or one that comes with mapcost (default: ${DEFAULT-VALUE}).")
  String workload = "desktop-compositor";

  @Option(
      names = "--slo",
      paramLabel = "OBJECTIVE",
      required = true,
      description = "What is to hold, such as 'p99<50us'.")
  String slo = "";

  @Option(
      names = "--for",
      paramLabel = "WHAT",
      required = true,
      description = "pool (pages it keeps), clients (of the workload's first kind) or cpus.")
  String what = "";

  @Option(
      names = "--up-to",
      paramLabel = "N",
      description = "The largest number tried. Default: 262144 pages, 1024 clients, 512 CPUs.")
  @Nullable Long upTo;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "How buffers are mapped. Default: the workload's, or ttm-fault.")
  @Nullable String strategy;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long each number is observed, such as 100ms. Default: the workload's.")
  @Nullable String duration;

  @Option(
      names = "--replications",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs with different seeds at each number (default: ${DEFAULT-VALUE}).")
  int replications = 1;

  @Override
  public void run() {
    if (replications < 1 || replications > 100) {
      throw new InputException("--replications is 1 to 100, not " + replications + ".");
    }
    Workload asked = Workloads.named(workload);
    if (duration != null) {
      asked = asked.withDuration(Nanoseconds.parse(duration).value());
    }
    Resource resource = resource();
    Platform on = platform(asked, Mapcost.warnings(spec));
    refusePoolWithoutLimit(asked, on, resource);
    Objective objective =
        Objective.parse(
            slo, resource == Resource.POOL ? OperationKind.ALLOCATE : OperationKind.FAULT);
    int threads = Runtime.getRuntime().availableProcessors();
    SimulatedPlan plan = new SimulatedPlan(on, asked, resource, objective, replications, threads);
    long most = upTo == null ? most(resource) : upTo;
    Capacity found = plan.search(1, most);
    PrintWriter out = spec.commandLine().getOut();
    switch (format.format) {
      case JSON -> out.println(Json.line(json(plan, found, most)));
      case CSV, MARKDOWN -> curve(plan, found).print(format.format, out);
      case TABLE -> {
        curve(plan, found).print(format.format, out);
        out.println();
        sentences(plan, found, most).forEach(out::println);
      }
    }
    if (chart.asked()) {
      chart.draw(
          PlanPicture.of(
              found,
              key(resource),
              "%s on %s, kernel %s"
                  .formatted(asked.name(), on.machine().name(), on.kernel().name()),
              objective.words(),
              objective.limit(),
              sentences(plan, found, most).getFirst()),
          Mapcost.warnings(spec));
    }
  }

  private Resource resource() {
    for (Resource each : Resource.values()) {
      if (key(each).equals(what)) {
        return each;
      }
    }
    throw Nearest.unknown("capacity", what, List.of("pool", "clients", "cpus"));
  }

  private static String key(Resource resource) {
    return resource.name().toLowerCase(Locale.ROOT);
  }

  private static long most(Resource resource) {
    return switch (resource) {
      case POOL -> 1L << 18;
      case CLIENTS -> 1024;
      case CPUS -> 512;
    };
  }

  private static void refusePoolWithoutLimit(Workload asked, Platform on, Resource resource) {
    PoolKind kind = asked.pool().kind().orElseGet(on.kernel()::ttmPool);
    if (resource == Resource.POOL && (kind == PoolKind.NONE || kind == PoolKind.TTM_LEGACY)) {
      throw new InputException(
          "pool '%s' has no limit to plan; choose --kernel 5.11 or later.".formatted(kind.key()));
    }
  }

  private Platform platform(Workload asked, PrintWriter warnings) {
    if (!isGiven("--machine")) {
      asked.machine().ifPresent(name -> machine.machine = name);
    }
    if (!isGiven("--kernel")) {
      asked.kernel().ifPresent(name -> platform.kernel = name);
    }
    if (!isGiven("--iomem")) {
      asked.iomem().ifPresent(name -> platform.iomem = name);
    }
    String how = strategy != null ? strategy : asked.strategy().orElse("ttm-fault");
    return new Platform(
        machine.machine(platform.set),
        platform.kernelBesides(MachineOptions.PREFIX),
        WorkloadOptions.tree(Optional.of(asked), platform, warnings),
        Strategies.named(how),
        Conditions.USUAL,
        OptionalDouble.empty());
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static Table curve(SimulatedPlan plan, Capacity found) {
    Table table =
        new Table(
            key(plan.resource()), "low prices", "best prices", "high prices", "holds at best");
    for (Capacity.Point point : found.curve()) {
      Double best = point.latencies().get(PriceEnd.BEST);
      table.row(
          String.valueOf(point.number()),
          shown(point.latencies().get(PriceEnd.LOW)),
          shown(best),
          shown(point.latencies().get(PriceEnd.HIGH)),
          best == null ? "-" : best < plan.objective().limit() ? "yes" : "no");
    }
    return table;
  }

  private static String shown(@Nullable Double ns) {
    return ns == null ? "-" : new Nanoseconds(ns).toString();
  }

  private static List<String> sentences(SimulatedPlan plan, Capacity found, long most) {
    List<String> sentences = new ArrayList<>();
    String unit =
        switch (plan.resource()) {
          case POOL -> "pages in the pool";
          case CLIENTS -> "clients '" + plan.workload().clients().getFirst().name() + "'";
          case CPUS -> "CPUs";
        };
    String objective = plan.objective().words();
    if (found.best().isEmpty()) {
      sentences.add(
          "%s cannot be met with %s %s: the best found is %s."
              .formatted(
                  objective,
                  plan.resource().more() ? "up to " + most : "even one of",
                  unit,
                  new Nanoseconds(least(found))));
    } else if (found.unbounded()) {
      sentences.add(
          plan.resource().more()
              ? "%s holds without any: 1 of %s is enough (%s)."
                  .formatted(objective, unit, ends(found, most))
              : "%s holds up to %d %s, the largest number tried (%s)."
                  .formatted(objective, most, unit, ends(found, most)));
    } else {
      sentences.add(
          "%s takes at %s %d %s (%s)."
              .formatted(
                  objective,
                  plan.resource().more() ? "least" : "most",
                  found.best().getAsLong(),
                  unit,
                  ends(found, most)));
    }
    long border = found.best().orElse(plan.resource().more() ? most : 1);
    sentences.add(obstacle(plan, border, found.best().isEmpty()));
    return sentences;
  }

  private static double least(Capacity found) {
    return found.curve().stream()
        .map(point -> point.latencies().get(PriceEnd.BEST))
        .filter(latency -> latency != null)
        .min(Comparator.naturalOrder())
        .orElse(Double.NaN);
  }

  /// `between A and B`: with all prices low and all prices high.
  private static String ends(Capacity found, long most) {
    if (found.low().equals(found.best()) && found.high().equals(found.best())) {
      return "whatever the prices within their intervals";
    }
    return "between %s and %s, as prices are all low or all high"
        .formatted(end(found, found.low(), most), end(found, found.high(), most));
  }

  private static String end(Capacity found, OptionalLong end, long most) {
    if (end.isPresent()) {
      return String.valueOf(end.getAsLong());
    }
    return found.more() ? "more than " + most : "none";
  }

  private static String obstacle(SimulatedPlan plan, long number, boolean inTheWay) {
    Map<String, Double> costs = plan.mechanisms(number);
    double all = costs.values().stream().mapToDouble(Double::doubleValue).sum();
    String shares =
        costs.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(3)
            .map(each ->
                String.format(
                    Locale.ROOT, "%s %.0f %%", each.getKey(), PERCENT * each.getValue() / all))
            .collect(Collectors.joining(", "));
    String head = inTheWay ? "What stands in the way" : "What takes the time there";
    return "%s: %s (of the time of %s at %d)."
        .formatted(head, shares, plan.objective().operation().key(), number);
  }

  private static Map<String, Object> json(SimulatedPlan plan, Capacity found, long most) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/plan/1");
    object.put("workload", plan.workload().name());
    object.put("for", key(plan.resource()));
    object.put("objective", plan.objective().words());
    object.put("met", found.best().isPresent());
    found.best().ifPresent(number -> object.put("best", number));
    found.low().ifPresent(number -> object.put("at_low_prices", number));
    found.high().ifPresent(number -> object.put("at_high_prices", number));
    object.put("unbounded", found.unbounded());
    object.put(
        "curve",
        found.curve().stream()
            .map(point -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("number", point.number());
              for (PriceEnd end : PriceEnd.values()) {
                Double latency = point.latencies().get(end);
                if (latency != null) {
                  row.put(end.key() + "_ns", Json.rounded(latency));
                }
              }
              return row;
            })
            .toList());
    object.put("answer", sentences(plan, found, most));
    return object;
  }
}
