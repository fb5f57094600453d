package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.units.Bytes;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Capacity;
import org.mapcost.model.whatif.Objective;
import org.mapcost.model.whatif.SimulatedPlan;
import org.mapcost.model.whatif.SimulatedPlan.Resource;
import org.mapcost.model.workload.Workload;
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
      "Simulated on all cores, with several seeds, at the best prices and with all prices at either"
          + " end:",
      "'at least N (between A and B)', for prices and for chance."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An objective is p99<50us, fault.p99.9<20us, mean<5us or max<1ms; without a name it is about"
          + " allocations (pool)",
      "or faults (clients, cpus). First uses, which split the direct map once, are left out. The"
          + " workload is",
      "desktop-compositor unless one is named; --set replaces its keys too, such as"
          + " clients.windows.size=8MiB.",
      "",
      "Examples:",
      "  mapcost plan --workload desktop-compositor --slo 'p99<50us' --for pool",
      "  mapcost plan --workload browser-many-tabs --slo 'fault.p99<20us' --for clients --up-to 512"
    })
final class PlanCommand implements Runnable {
  private static final double PERCENT = 100;

  /// So many calls beyond a percentile tell where it is.
  private static final double FEW = 10;

  private static final String USUAL_WORKLOAD = "desktop-compositor";

  @Mixin WorkloadOptions workload = new WorkloadOptions();
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin ChartFolder chart = new ChartFolder();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

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
      names = "--replications",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Runs with different seeds at each number, which say what chance does (default:"
              + " ${DEFAULT-VALUE}).")
  int replications = 5;

  @Override
  public void run() {
    if (replications < 1 || replications > 100) {
      throw new InputException("--replications is 1 to 100, not " + replications + ".");
    }
    String named = workload.workload == null ? USUAL_WORKLOAD : workload.workload;
    Workload asked = workload.workload(named, platform.set);
    Resource resource = resource();
    Platform on = workload.platform(asked, platform, machine, OptionalDouble.empty());
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
      case CSV -> curve(plan, found.curve()).print(format.format, out);
      case MARKDOWN -> curve(plan, telling(found)).print(format.format, out);
      case TABLE -> {
        curve(plan, telling(found)).print(format.format, out);
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

  /// The points with all ends of the prices, and either side of every border.
  private static List<Capacity.Point> telling(Capacity found) {
    Set<Long> near = new HashSet<>();
    Stream.of(found.best(), found.low(), found.high(), found.lucky(), found.unlucky())
        .flatMapToLong(OptionalLong::stream)
        .forEach(border -> near.addAll(List.of(border, found.more() ? border - 1 : border + 1)));
    return found.curve().stream()
        .filter(point ->
            point.latencies().size() == PriceEnd.values().length || near.contains(point.number()))
        .toList();
  }

  private static Table curve(SimulatedPlan plan, List<Capacity.Point> points) {
    Table table =
        new Table(
            key(plan.resource()),
            "low prices",
            "best prices",
            "lowest and highest run",
            "high prices",
            "holds at best");
    for (Capacity.Point point : points) {
      Interval best = point.latencies().get(PriceEnd.BEST);
      table.row(
          String.valueOf(point.number()),
          shown(point.latencies().get(PriceEnd.LOW)),
          shown(best),
          best == null ? "-" : new Nanoseconds(best.low()) + " .. " + new Nanoseconds(best.high()),
          shown(point.latencies().get(PriceEnd.HIGH)),
          best == null ? "-" : best.best() < plan.objective().limit() ? "yes" : "no");
    }
    return table;
  }

  private static String shown(@Nullable Interval latency) {
    return latency == null ? "-" : new Nanoseconds(latency.best()).toString();
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
                  new Nanoseconds(least(found, PriceEnd.BEST))));
    } else if (found.unbounded()) {
      sentences.add(
          plan.resource().more()
              ? "%s holds without any: 1 of %s is enough (%s)."
                  .formatted(objective, unit, ends(plan, found, most))
              : "%s holds up to %d %s, the largest number tried (%s)."
                  .formatted(objective, most, unit, ends(plan, found, most)));
    } else {
      sentences.add(
          "%s %s %d %s (%s).%s"
              .formatted(
                  objective,
                  plan.resource().more() ? "takes at least" : "holds with at most",
                  found.best().getAsLong(),
                  unit,
                  ends(plan, found, most),
                  plan.resource() == Resource.POOL
                      ? " That is %s.".formatted(Bytes.ofPages(found.best().getAsLong()))
                      : ""));
    }
    if (found.best().isPresent() && found.high().isEmpty()) {
      sentences.add(
          "With all prices high it cannot be met: the best found is %s."
              .formatted(new Nanoseconds(least(found, PriceEnd.HIGH))));
    }
    long border = found.best().orElse(plan.resource().more() ? most : 1);
    SimulatedPlan.Look look = plan.look(border);
    sentences.add(obstacle(plan, border, look, found.best().isEmpty()));
    fewCalls(plan, border, look.calls() * plan.replications()).ifPresent(sentences::add);
    return sentences;
  }

  private static double least(Capacity found, PriceEnd end) {
    return found.curve().stream()
        .flatMap(point -> Stream.ofNullable(point.latencies().get(end)))
        .mapToDouble(Interval::best)
        .min()
        .orElse(Double.NaN);
  }

  /// `between A and B`, for prices and for chance, the smaller number first.
  private static String ends(SimulatedPlan plan, Capacity found, long most) {
    String prices =
        found.low().equals(found.best()) && found.high().equals(found.best())
            ? "whatever the prices within their intervals"
            : between(
                found,
                end(found, found.low(), most) + " with all prices low",
                end(found, found.high(), most) + " with all prices high");
    if (plan.replications() == 1) {
      return prices;
    }
    String chance =
        found.lucky().equals(found.unlucky())
            ? "the same in each of %d runs".formatted(plan.replications())
            : between(found, end(found, found.lucky(), most), end(found, found.unlucky(), most))
                + " by chance, as %d runs tell".formatted(plan.replications());
    return prices + "; " + chance;
  }

  private static String between(Capacity found, String cheap, String dear) {
    return found.more()
        ? "between %s and %s".formatted(cheap, dear)
        : "between %s and %s".formatted(dear, cheap);
  }

  private static String end(Capacity found, OptionalLong end, long most) {
    if (end.isPresent()) {
      boolean open = !found.more() && end.getAsLong() == most;
      return end.getAsLong() + (open ? " or more" : "");
    }
    return found.more() ? "more than " + most : "none";
  }

  /// Says where a percentile rests on few calls.
  private static Optional<String> fewCalls(SimulatedPlan plan, long number, long calls) {
    double beyond = plan.objective().figure().percentile().orElse(PERCENT);
    double tail = calls * (1 - beyond / PERCENT);
    return tail >= FEW || beyond == PERCENT
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s at %d rests on about %,d calls, %.0f of them beyond it: few to tell it by; give"
                    + " a longer --duration or more --replications.",
                plan.objective().figure().words(),
                number,
                calls,
                tail));
  }

  private static String obstacle(
      SimulatedPlan plan, long number, SimulatedPlan.Look look, boolean inTheWay) {
    Map<String, Double> costs = look.mechanisms();
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
    found.lucky().ifPresent(number -> object.put("by_the_lowest_run", number));
    found.unlucky().ifPresent(number -> object.put("by_the_highest_run", number));
    object.put("replications", plan.replications());
    object.put("seed", plan.workload().seed());
    object.put("unbounded", found.unbounded());
    object.put(
        "curve",
        found.curve().stream()
            .map(point -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("number", point.number());
              for (PriceEnd end : PriceEnd.values()) {
                Interval latency = point.latencies().get(end);
                if (latency != null) {
                  row.put(end.key() + "_ns", Json.rounded(latency.best()));
                  row.put(end.key() + "_runs_ns", Json.interval(latency));
                }
              }
              return row;
            })
            .toList());
    object.put("answer", sentences(plan, found, most));
    return object;
  }
}
