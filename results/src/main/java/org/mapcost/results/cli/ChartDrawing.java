package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.simulation.Latency;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PoolSweep;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.strategy.Comparison;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Sensitivity;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.model.workload.Workload;
import org.mapcost.results.chart.VisitProfile;
import org.mapcost.results.chart.VisitsByAddress;
import org.mapcost.results.figure.CostBySize;
import org.mapcost.results.figure.CostByStrategy;
import org.mapcost.results.figure.CrossoverMap;
import org.mapcost.results.figure.InsertionCalls;
import org.mapcost.results.figure.LatencyByPercentile;
import org.mapcost.results.figure.LatencyByPercentile.Curve;
import org.mapcost.results.figure.Picture;
import org.mapcost.results.figure.PoolByLimit;
import org.mapcost.results.figure.PoolPictures;
import org.mapcost.results.figure.PredictedAgainstMeasured;
import org.mapcost.results.figure.Setting;
import org.mapcost.results.figure.SweepPicture;
import org.mapcost.results.figure.TransitionByCpus;
import org.mapcost.results.figure.VisitsByTreeSize;
import org.mapcost.results.published.Predictions;
import org.mapcost.results.published.Validation;
import picocli.CommandLine.Model.CommandSpec;

/// Draws what `chart` was asked for.
final class ChartDrawing {
  private static final int MOST_LINES = 40;
  private static final int THREADS = 2;

  private final PlatformOptions platform;
  private final MachineOptions machine;
  private final ScenarioOptions scenario;
  private final WorkloadOptions workload;
  private final ChartOptions options;
  private final Costs costs;
  private final CommandSpec spec;
  private final PrintWriter warnings;

  ChartDrawing(
      PlatformOptions platform,
      MachineOptions machine,
      ScenarioOptions scenario,
      WorkloadOptions workload,
      ChartOptions options,
      Costs costs,
      CommandSpec spec) {
    this.costs = costs;
    this.platform = platform;
    this.machine = machine;
    this.scenario = scenario;
    this.workload = workload;
    this.options = options;
    this.spec = spec;
    this.warnings = Mapcost.warnings(spec);
  }

  Picture draw(ChartKind kind) {
    return switch (kind) {
      case COST_BY_SIZE -> CostBySize.of(setting(true), strategiesBySize(), costs);
      case COST_BY_STRATEGY -> costByStrategy();
      case INSERTION_CALLS -> insertionCalls();
      case VISITS_BY_TREE_SIZE -> VisitsByTreeSize.of();
      case VISITS_BY_ADDRESS -> visitsByAddress();
      case TRANSITION_BY_CPUS -> transitionByCpus();
      case SWEEP -> sweep();
      case CROSSOVER_MAP -> crossoverMap();
      case TORNADO -> tornado();
      case LATENCY -> latency();
      case POOL_COST_BY_LIMIT -> poolByLimit(0);
      case POOL_HITS_BY_LIMIT -> poolByLimit(1);
      case POOL_CONVERSIONS_BY_LIMIT -> poolByLimit(2);
      case POOL_LATENCY -> PoolPictures.byPercentile(ram());
      case POOL_BY_HIT_RATIO -> PoolPictures.byHitRatio(ram());
      case VALIDATION ->
          PredictedAgainstMeasured.of(Validation.of(Predictions.bundled(), new CommandAnswers()));
    };
  }

  /// @param largest whether VRAM is the largest BAR where no address is given; otherwise the first
  ///   one that holds the buffer
  private Setting setting(boolean largest) {
    PlatformTree tree = scenario.tree(platform, warnings);
    Machine on = machine.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    if (largest && scenario.memory.equals("vram") && scenario.at == null) {
      Landmark.largestBar(tree.tree())
          .ifPresent(bar -> {
            scenario.at = "0x" + Long.toHexString(bar.start());
            scenario.buffer = "1pages";
          });
    }
    Cpus cpus = new Cpus(on.cpus(), 0, on.has(Parameter.INVLPGB));
    return new Setting(on, scenario.scenario(tree.tree(), kernel, cpus, warnings), tree.describe());
  }

  private Setting ram() {
    scenario.memory = "ram";
    return setting(false);
  }

  private List<String> strategiesBySize() {
    if (options.strategies.isEmpty()) {
      return scenario.memory.equals("vram") ? CostBySize.TELLING : CostBySize.TELLING_RAM;
    }
    return all() ? Strategies.all().stream().map(Strategy::name).toList() : options.strategies;
  }

  private boolean all() {
    return options.strategies.equals(List.of("all"));
  }

  private Picture costByStrategy() {
    Setting setting = setting(false);
    if (options.strategies.isEmpty() || all()) {
      return CostByStrategy.of(setting);
    }
    List<Strategy> chosen = options.strategies.stream().map(Strategies::named).toList();
    return CostByStrategy.of(
        setting, Comparison.of(setting.scenario(), setting.prices(), Conditions.USUAL, chosen));
  }

  /// Device memory as asked for, and RAM write-back: in another mode its pages would have to be
  /// converted, which is not what the calls cost.
  private Picture insertionCalls() {
    scenario.memory = "vram";
    Setting vram = setting(false);
    scenario.memory = "ram";
    scenario.at = null;
    scenario.mode = "wb";
    if (!spec.commandLine().getParseResult().hasMatchedOption("--buffer")) {
      scenario.buffer = "2MiB";
    }
    return InsertionCalls.of(vram, setting(false));
  }

  private Picture visitsByAddress() {
    PlatformTree tree = platform.tree(warnings);
    return new Picture(
        VisitsByAddress.of(tree.tree(), tree.describe(), VisitProfile.of(tree.tree())),
        "Each line is one way of searching. Counts come from the model's own search, asked once"
            + " between every two places where a node begins or ends.");
  }

  private Picture transitionByCpus() {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--machine")) {
      machine.machine = TransitionByCpus.MACHINE;
    }
    return TransitionByCpus.of(ram(), options.pages);
  }

  private Picture tornado() {
    Setup setup = setup(scenario.tree(platform, warnings));
    String whose = workload.strategy == null ? "ttm-fault" : workload.strategy;
    Measure measure = Measure.ofKey(options.measure);
    Optional<String> against = Optional.ofNullable(options.against);
    Sensitivity found =
        Sensitivity.of(
            new Sensitivity.Question(
                Strategies.named(whose),
                against.map(Strategies::named),
                setup,
                measure,
                options.vary.stream().map(SweepOptions::range).toList(),
                costs),
            Sensitivity.SAMPLES);
    return new SensitivityAnswer(found, whose, against, measure, setup).picture();
  }

  private Setup setup(PlatformTree tree) {
    Machine on = machine.machine(platform.set);
    Kernel kernel = platform.kernelBesides(MachineOptions.PREFIX);
    return scenario.setup(tree.tree(), kernel, on, warnings);
  }

  private Picture sweep() {
    Sweep sweep = sweep(scenario.tree(platform, warnings));
    if (sweep.ranges().size() != 1) {
      throw new InputException("a sweep goes along one key; give --vary once.");
    }
    Measure measure = Measure.ofKey(options.measure);
    List<Sweep.Point> points = sweep.points().toList();
    return SweepPicture.of(
        sweep,
        points,
        measure,
        "At %s the cheapest is %s, at %s %s."
            .formatted(
                points.getFirst().values().getFirst(),
                cheapest(sweep, points.getFirst(), measure),
                points.getLast().values().getFirst(),
                cheapest(sweep, points.getLast(), measure)));
  }

  private static String cheapest(Sweep sweep, Sweep.Point point, Measure measure) {
    return sweep.strategies().stream()
        .filter(each -> point.cost(each).isPresent())
        .min(
            Comparator.comparingDouble(each -> measure.time(point.cost(each).orElseThrow()).best()))
        .map(Strategy::name)
        .orElse("none");
  }

  private Picture crossoverMap() {
    PlatformTree tree = scenario.tree(platform, warnings);
    return CrossoverMap.of(sweep(tree), Measure.ofKey(options.measure), tree.describe());
  }

  private Sweep sweep(PlatformTree tree) {
    List<Strategy> asked =
        options.strategies.isEmpty() || all()
            ? Strategies.all()
            : options.strategies.stream().map(Strategies::named).toList();
    return new Sweep(setup(tree), WhatifCommand.ranges(options.vary), asked, costs);
  }

  private Picture latency() {
    String named = workload.workload;
    if ((named == null) == options.from.isEmpty()) {
      throw new InputException("give either --from FILE or --workload NAME.");
    }
    return named == null ? ofFiles() : ofWorkload(named);
  }

  private Picture ofFiles() {
    double unit = Nanoseconds.parse(options.unit).value();
    List<Curve> curves = new ArrayList<>();
    for (Path file : options.from) {
      curves.addAll(LatencyByPercentile.read(file, unit));
    }
    return LatencyByPercentile.of(
        included(curves),
        "Times recorded",
        options.from.stream()
            .map(each -> String.valueOf(each.getFileName()))
            .collect(Collectors.joining(", ")),
        "The line is the middle of the forks, the area reaches from the lowest to the highest.");
  }

  /// @param nth which of the charts of a sweep
  private Picture poolByLimit(int nth) {
    String named = workload.workload;
    if (named == null) {
      throw new InputException(
          "give --workload FILE|NAME, for example --workload browser-many-tabs.");
    }
    Workload asked = workload.workload(named, platform.set);
    Platform on = workload.platform(asked, platform, machine, OptionalDouble.empty());
    return new Picture(
        PoolByLimit.figures(asked, on, PoolSweep.of(on, asked, List.of())).get(nth),
        "The workload is simulated once; what its clients ask of the pool is then put to every pool"
            + " in every size, in the same order.");
  }

  private List<Curve> included(List<Curve> curves) {
    Optional<Pattern> pattern =
        ResultSelection.pattern("--include", Optional.ofNullable(options.include));
    Predicate<Curve> included =
        curve -> pattern.map(each -> each.matcher(curve.name()).find()).orElse(true);
    List<Curve> kept = curves.stream().filter(included).toList();
    if (kept.isEmpty()) {
      throw new InputException(
          "no line of the chart matches --include; there are: "
              + curves.stream().map(Curve::name).limit(5).collect(Collectors.joining(", "))
              + (curves.size() > 5 ? ", ..." : "")
              + ".");
    }
    if (kept.size() > MOST_LINES) {
      throw new InputException(
          kept.size() + " lines are too many to tell apart; choose some with --include REGEX.");
    }
    return kept;
  }

  private Picture ofWorkload(String named) {
    Workload asked = workload.workload(named, platform.set);
    Platform on = workload.platform(asked, platform, machine, OptionalDouble.empty());
    SimulationReport report =
        new SimulationReport(
            asked, on, Simulation.run(on, asked, List.of(PriceEnd.values()), 1, THREADS));
    List<Curve> curves = new ArrayList<>();
    report
        .latenciesByEnd()
        .forEach((name, ends) ->
            curves.add(
                new Curve(
                    name,
                    ends.stream().map(ChartDrawing::shares).toList(),
                    ends.getFirst().count())));
    return LatencyByPercentile.of(
        included(curves),
        "Operations of " + report.name(),
        "Simulated: " + report.conditions(),
        "The area reaches from the run with all prices at their low end to the one with all at"
            + " their high end.");
  }

  private static SortedMap<Double, Double> shares(Latency latency) {
    Histogram values = latency.histogram();
    SortedMap<Double, Double> shares = new TreeMap<>();
    values
        .recordedValues()
        .forEach(each ->
            shares.put(
                (double) each.getTotalCountToThisValue() / values.getTotalCount(),
                each.getValueIteratedTo() / Latency.PICOSECONDS));
    return shares;
  }
}
