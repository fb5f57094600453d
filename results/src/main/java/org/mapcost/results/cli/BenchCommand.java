package org.mapcost.results.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.results.run.Bench;
import org.mapcost.results.run.Build;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Plan;
import org.mapcost.results.run.Profile;
import org.mapcost.results.run.Progress;
import org.mapcost.results.run.RunFolder;
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
      "Exit code 1: a benchmark failed; the others are in the run folder, and so is the reason.",
      "Ctrl-C keeps what is measured; the folder's manifest then says 'incomplete'."
    })
final class BenchCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "quick",
      description = {
        "quick, ci or full (default: ${DEFAULT-VALUE}).",
        "quick: under three minutes on two CPUs; ci: more forks; full: every point, hours."
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

  @Mixin FormatOption format = new FormatOption();

  @Override
  public Integer call() {
    Plan plan = include == null ? profile.plan() : profile.plan().including(pattern(include));
    Path runs = (out == null ? RunFolder.defaultRuns() : out).toAbsolutePath().normalize();
    RunFolder folder = run(plan, runs, spec);
    BenchSummary.of(folder).print(format.format, spec.commandLine().getOut());
    return folder.manifest().status() == Manifest.Status.COMPLETE ? 0 : 1;
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "--include '"
              + regex
              + "' is no regular expression: "
              + e.getDescription()
              + " at character "
              + (e.getIndex() + 1)
              + ".",
          e);
    }
  }

  /// Runs a plan for a command, which shows how it goes.
  static RunFolder run(Plan plan, Path runs, CommandLine.Model.CommandSpec command) {
    List<String> typed = command.root().commandLine().getParseResult().originalArgs();
    Build build = new Build(Version.version(), Version.revision(), Version.dirty());
    return Bench.run(plan, runs, typed, build, progress(command));
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
