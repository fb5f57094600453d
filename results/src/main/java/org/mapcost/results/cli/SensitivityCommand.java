package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Sensitivity;
import org.mapcost.model.whatif.Sensitivity.Unknown;
import org.mapcost.model.whatif.SimulatedSensitivity;
import org.mapcost.model.whatif.SimulatedSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which unknown an answer depends on most.
@Command(
    name = "sensitivity",
    description = {
      "Which uncertain price or key a cost, or the ratio of two, depends on most, and what"
          + " measuring it would narrow.",
      "Each unknown goes to its ends alone (a tornado), and all vary together (Sobol indices)."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "'Share' is the part of the variance that would be gone if that unknown were known; 'with"
          + " others' counts what",
      "it does together with others. Keys that --vary names vary evenly over their ranges.",
      "",
      "With --workload the figure is read off simulations, in the words of 'whatif --workload';"
          + " which seed a run has",
      "is an unknown like the others: what chance does.",
      "",
      "Examples:",
      "  mapcost sensitivity --strategy ttm-fault",
      "  mapcost sensitivity --strategy ttm-fault --against ttm-fault-io-mapping --vary"
          + " platform.reserved=0..500"
    })
final class SensitivityCommand implements Runnable {
  /// Each point is a simulation for every unknown.
  private static final int OF_WORKLOADS = 64;

  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin MachineOptions machine = new MachineOptions();
  @Mixin ScenarioOptions scenario = new ScenarioOptions();
  @Mixin SweepOptions options = new SweepOptions();
  @Mixin SimulatedOptions simulated = new SimulatedOptions();
  @Mixin ChartFolder chart = new ChartFolder();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "ttm-fault",
      description = "Whose cost (default: ${DEFAULT-VALUE}).")
  String strategy = "ttm-fault";

  @Option(
      names = "--against",
      paramLabel = "NAME",
      description = "Asks for the ratio to this strategy's cost instead.")
  @Nullable String against;

  @Option(
      names = "--vary",
      paramLabel = "KEY=RANGE",
      description = "A key that varies besides the prices, as in 'whatif'. Repeatable.")
  List<String> vary = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "Points of the quasi-random sequence, a power of two (default: ${DEFAULT-VALUE}; of a"
              + " workload: 64).")
  int samples = Sensitivity.SAMPLES;

  @Override
  public void run() {
    if (samples < 16 || samples > 1 << 20) {
      throw new InputException("--samples is 16 to 1048576, not " + samples + ".");
    }
    print(simulated.asked() ? ofWorkload() : ofBuffer());
  }

  private SensitivityAnswer ofBuffer() {
    List<Range> ranges = vary.stream().map(SweepOptions::range).toList();
    SweepOptions.Asked asked = options.asked(platform, machine, scenario, Mapcost.warnings(spec));
    Optional<Strategy> other = Optional.ofNullable(against).map(Strategies::named);
    Sensitivity found =
        Sensitivity.of(
            new Sensitivity.Question(
                Strategies.named(strategy),
                other,
                asked.setup(),
                options.measure(),
                ranges,
                new Costs(options.free())),
            samples);
    return new SensitivityAnswer(
        found, strategy, Optional.ofNullable(against), options.measure(), asked.setup());
  }

  private SensitivityAnswer ofWorkload() {
    SimulatedSetup setup = simulated.setup(platform, machine, options);
    List<SimulatedSetup.Axis> axes =
        vary.stream().map(each -> SimulatedSetup.Axis.parse(each, setup.workload())).toList();
    SimulatedSensitivity.Question question =
        new SimulatedSensitivity.Question(
            setup,
            Strategies.named(
                simulated.isGiven("--strategy")
                    ? strategy
                    : setup.workload().strategy().orElse(strategy)),
            Optional.ofNullable(against).map(Strategies::named),
            simulated.measure(
                options, axes.stream().map(axis -> axis.range().key().name()).toList()),
            axes,
            Runtime.getRuntime().availableProcessors());
    int points = simulated.isGiven("--samples") ? samples : OF_WORKLOADS;
    SimulatedProgress progress =
        new SimulatedProgress(
            "figures",
            SimulatedSensitivity.figures(question, points),
            simulated.limitNanos(),
            Mapcost.warnings(spec));
    return new SensitivityAnswer(
        SimulatedSensitivity.of(question, points, progress), question, points);
  }

  private void print(SensitivityAnswer answer) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format.format) {
      case JSON -> out.println(Json.line(json(answer)));
      case CSV, MARKDOWN -> table(answer).print(format.format, out);
      case TABLE -> {
        table(answer).print(format.format, out);
        out.println();
        answer.sentences().forEach(out::println);
      }
    }
    if (chart.asked()) {
      chart.draw(answer.picture(), Mapcost.warnings(spec));
    }
  }

  private static Table table(SensitivityAnswer answer) {
    Table table =
        new Table(
            "unknown",
            "at its low end",
            "at its high end",
            "share %",
            "with others %",
            "if measured");
    for (Unknown each : answer.found().unknowns()) {
      table.row(
          each.name(),
          answer.shown(each.atLow()),
          answer.shown(each.atHigh()),
          SensitivityAnswer.percent(each.index().first()),
          SensitivityAnswer.percent(each.index().total()),
          each.key() ? "-" : answer.shown(each.measured()));
    }
    return table;
  }

  private Map<String, Object> json(SensitivityAnswer answer) {
    return Json.object(
        "schema",
        "mapcost/sensitivity/1",
        "strategy",
        answer.strategy(),
        "against",
        against == null ? "" : against,
        "measure",
        options.measure,
        "figure",
        answer.figure(),
        "answer",
        Json.interval(answer.found().answer()),
        "unknowns",
        answer.found().unknowns().stream()
            .map(each ->
                Json.object(
                    "name", each.name(),
                    "kind", each.key() ? "key" : "price",
                    "at_low", Json.rounded(each.atLow()),
                    "at_high", Json.rounded(each.atHigh()),
                    "first", Json.rounded(each.index().first()),
                    "total", Json.rounded(each.index().total()),
                    "if_measured", Json.interval(each.measured())))
            .toList(),
        "sentences",
        answer.sentences());
  }
}
