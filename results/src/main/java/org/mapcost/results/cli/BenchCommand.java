package org.mapcost.results.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mapcost.benchmarks.ForkFlags;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.results.compare.Fence;
import org.mapcost.results.compare.NoiseFloor;
import org.mapcost.results.run.Bench;
import org.mapcost.results.run.Build;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.HostReader;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Plan;
import org.mapcost.results.run.Profile;
import org.mapcost.results.run.Progress;
import org.mapcost.results.run.RunFolder;
import org.mapcost.results.stats.Precision;
import org.openjdk.jmh.annotations.Mode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the benchmarks and keeps a run folder.
@Command(
    name = "bench",
    description = "Runs the benchmarks on this host and keeps a run folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Prints every point as [low best high] and where the run folder lies; as json only the"
          + " latter.",
      "Exit code 1: a benchmark failed, or the budget ended before every one had its forks; the"
          + " others are in the run folder, and so is the reason.",
      "Ctrl-C or a kill keep what is measured; the folder is then incomplete, and --resume goes on."
    })
final class BenchCommand implements Callable<Integer> {
  private static final List<String> PLANNING =
      List.of(
          "--profile",
          "--include",
          "--out",
          "--precision",
          "--max-forks",
          "--budget",
          "--mode",
          "--seed");

  /// How many times the profile's forks a benchmark may take to become precise.
  private static final int LONGEST = 4;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "quick",
      description = {
        "quick, ci or full (default: ${DEFAULT-VALUE}).",
        "quick: under three minutes on two CPUs; ci: more forks, and every benchmark once; full:"
            + " every point, hours."
      })
  Profile profile;

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description =
          "Only the points whose full name and parameters contain a match, such as"
              + " 'walk .*tree=xeon' (default: all).")
  @Nullable String include;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where run folders are kept (default: results/runs of the checkout, or of the"
              + " current directory).")
  @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with a run folder that was stopped, killed or had failures; its own plan holds.")
  @Nullable Path resume;

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      converter = Share.class,
      description = {
        "A benchmark ends when half its interval is this narrow three times running, such as 2%%,"
            + " but not before ten forks (default: it ends after the profile's forks)."
      })
  @Nullable Double precision;

  @Option(
      names = "--max-forks",
      paramLabel = "N",
      description =
          "With --precision: a benchmark ends after so many forks in any case (default: four times"
              + " the profile's; with --aa twice as many).")
  @Nullable Integer maxForks;

  @Option(
      names = "--budget",
      paramLabel = "MINUTES",
      description = "No fork begins after this; what is measured is kept (default: none).")
  @Nullable Integer budget;

  @Option(
      names = "--aa",
      description =
          "Twice the forks, taken in turns for A and B, and at the end what this host makes of"
              + " comparing the same with the same: its noise floor.")
  boolean aa;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "JMH's mode: avgt, thrpt, sample or ss; sample keeps each call's time (default: the"
              + " benchmark's own).")
  @Nullable String mode;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the order in which forks run; it is recorded (default: the profile's).")
  @Nullable Long seed;

  @Mixin FormatOption format = new FormatOption();

  @Override
  public Integer call() {
    RunFolder folder = resume == null ? run(plan(), runs(), spec) : resumed(resume);
    PrintWriter out = spec.commandLine().getOut();
    BenchSummary summary = BenchSummary.of(folder);
    summary = aa ? summary.withNoiseFloor() : summary;
    summary.print(format.format, out);
    if (aa && format.format == OutputFormat.TABLE) {
      out.println(
          summary
              .floor()
              .map(NoiseFloor::sentence)
              .orElse("A/A check: no benchmark has two forks in each half."));
    }
    return folder.manifest().status() == Manifest.Status.COMPLETE ? 0 : 1;
  }

  private Path runs() {
    return (out == null ? RunFolder.defaultRuns() : out).toAbsolutePath().normalize();
  }

  private Plan plan() {
    Plan whole = profile.plan();
    Plan plan =
        ResultSelection.pattern("--include", Optional.ofNullable(include))
            .map(whole::including)
            .orElse(whole);
    int halves = aa ? 2 : 1;
    int forks = precision == null ? halves * plan.forks() : Precision.FEWEST;
    int most = maxForks == null ? LONGEST * halves * plan.forks() : maxForks;
    if (maxForks != null && precision == null) {
      throw wrong("--max-forks ends a benchmark that does not reach its --precision; name that.");
    }
    if (most < forks) {
      throw wrong(
          "--max-forks "
              + most
              + " is below the "
              + forks
              + " forks that a benchmark has before it may end by its precision.");
    }
    return plan.with(
        forks,
        seed == null ? plan.seed() : seed,
        new Plan.Effort(
            precision == null ? 0 : precision,
            precision == null ? 0 : most,
            Optional.ofNullable(budget).map(Duration::ofMinutes),
            Optional.ofNullable(mode).map(BenchCommand::mode)));
  }

  private CommandLine.ParameterException wrong(String what) {
    return new CommandLine.ParameterException(spec.commandLine(), what);
  }

  private static Mode mode(String label) {
    List<String> known =
        Stream.of(Mode.values()).filter(each -> each != Mode.All).map(Mode::shortLabel).toList();
    if (!known.contains(label)) {
      throw Nearest.unknown("mode", label, known);
    }
    return Mode.deepValueOf(label);
  }

  /// Goes on with a run, on the host that it began on.
  private RunFolder resumed(Path path) {
    for (String other : PLANNING) {
      if (spec.commandLine().getParseResult().hasMatchedOption(other)) {
        throw wrong("--resume goes on with the run's own plan; leave out " + other + ".");
      }
    }
    RunFolder folder = RunFolder.open(path.toAbsolutePath().normalize());
    Environment now = HostReader.here().read(build(), ForkFlags.ALL);
    List<Fence.Difference> differences = Fence.hosts(folder.environment(), now);
    if (!differences.isEmpty()) {
      throw new InputException(
          path
              + ": the run began under other conditions ("
              + differences.stream()
                  .map(Fence.Difference::toString)
                  .collect(Collectors.joining("; "))
              + "); start a new one.");
    }
    return Bench.resume(folder, progress(spec));
  }

  private static Build build() {
    return new Build(Version.version(), Version.revision(), Version.dirty());
  }

  /// Runs a plan for a command, which shows how it goes.
  static RunFolder run(Plan plan, Path runs, CommandLine.Model.CommandSpec command) {
    List<String> typed = command.root().commandLine().getParseResult().originalArgs();
    return Bench.run(plan, runs, typed, build(), progress(command));
  }

  /// A line for every fork where a person watches, and for every tenth in a log.
  private static Progress progress(CommandLine.Model.CommandSpec command) {
    PrintWriter err = Mapcost.warnings(command);
    boolean watched = System.console() instanceof Console console && console.isTerminal();
    return (done, all, left, what) -> {
      if (watched || done % 10 == 0 || done == all || what.contains("  failed: ")) {
        err.println(BenchSummary.progress(done, all, left, what));
      }
    };
  }
}
