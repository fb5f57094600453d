package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Typeface;
import org.mapcost.results.report.Proof;
import org.mapcost.results.report.Publication;
import org.mapcost.results.report.Report;
import org.mapcost.results.report.ReportInput;
import org.mapcost.results.run.Environment;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.Profile;
import org.mapcost.results.run.RunFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The main job: measures if need be, and writes the report of a run into its folder.
@Command(
    name = "report",
    description = {
      "Writes the report of a run: question, answer, evidence and limits, as one HTML page.",
      "Takes the newest complete run; where there is none, runs the benchmarks first."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Writes report.html, report.md and charts/ into the run folder; the page's path is the last"
          + " line. csv and markdown print the report's numbers per kernel, or the whole report.",
      "Exit code 1: a benchmark failed in the run made for this report; the page names it."
    })
final class ReportCommand implements Callable<Integer> {
  private static final Path PUBLISHED = Path.of("results", "published");

  @Spec CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run folder (default: the newest complete one that bench kept).")
  @Nullable Path run;

  @Option(
      names = "--iomem",
      paramLabel = "FILE",
      description =
          "Whose resource tree to look at: the text of a machine's /proc/iomem, read as root, or"
              + " bundled:NAME. Default: this host's own.")
  @Nullable String iomem;

  @Option(names = "--fresh", description = "Measure anew even where there is a run.")
  boolean fresh;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "quick",
      description = "How thoroughly to measure: quick, ci or full (default: ${DEFAULT-VALUE}).")
  Profile profile;

  @Option(
      names = "--publish",
      description =
          "Also makes a folder of this date and machine below results/published, with a README, and"
              + " refreshes the index there.")
  boolean publish;

  @Option(
      names = "--index",
      description =
          "Only writes the index of results/published anew from what lies there, and ends.")
  boolean index;

  @Option(names = "--force", description = "With --publish: replace a folder that is there.")
  boolean force;

  @Mixin FormatOption format = new FormatOption();

  @Override
  public Integer call() {
    if (run != null && fresh) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--run names a run and --fresh makes one; give one of them.");
    }
    PrintWriter warnings = Mapcost.warnings(spec);
    Path root = Path.of(System.getProperty("mapcost.home", ".")).resolve(PUBLISHED);
    if (index) {
      Publication.index(root);
      return 0;
    }
    PlatformTree on = PlatformTree.of(Optional.ofNullable(iomem), warnings);
    // What this host lacks for charts is said before minutes of measuring, not after.
    Typeface.bundled();
    Optional<RunFolder> kept = kept(warnings);
    RunFolder folder = kept.orElseGet(this::measured);
    // By far the largest file: read while the others are.
    ForkJoinTask<List<Measurement>> measurements =
        ForkJoinPool.commonPool().submit(folder::measurements);
    Manifest manifest = folder.manifest();
    Environment environment = folder.environment();
    Proof proof = BuiltProof.proof();
    ReportInput input =
        new ReportInput(
            measurements.join(),
            environment,
            Optional.of(manifest),
            on.tree(),
            on.describe(),
            on.ownHost(),
            proof,
            commands(manifest));
    Report.Written report = Report.write(input, folder.path());
    print(report, folder, on);
    if (publish) {
      Path published = Publication.publish(report.page(), input, folder.path(), root, force);
      warnings.println("mapcost: published in " + published + ".");
    }
    boolean complete = manifest.status() == Manifest.Status.COMPLETE;
    return kept.isPresent() || complete ? 0 : 1;
  }

  /// The run to report on, if it is not to be made now.
  private Optional<RunFolder> kept(PrintWriter warnings) {
    if (run != null) {
      return Optional.of(RunFolder.open(run));
    }
    if (fresh) {
      return Optional.empty();
    }
    for (RunFolder folder : RunFolder.list(RunFolder.defaultRuns()).reversed()) {
      try {
        if (folder.manifest().status() == Manifest.Status.COMPLETE) {
          warnings.println(
              "mapcost: using the run of "
                  + folder.manifest().created()
                  + " in "
                  + folder.path()
                  + "; --fresh measures anew.");
          return Optional.of(folder);
        }
      } catch (InputException e) {
        warnings.println("mapcost: warning: passed over: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private RunFolder measured() {
    Path runs = RunFolder.defaultRuns().toAbsolutePath().normalize();
    return BenchCommand.run(profile.plan(), runs, spec);
  }

  /// What to type to get the run and its report again.
  private List<String> commands(Manifest manifest) {
    List<String> commands = new ArrayList<>();
    List<String> typed = manifest.commandLine();
    boolean bench = !typed.isEmpty() && typed.getFirst().equals("bench");
    List<String> words = bench ? typed : List.of("bench", "--profile", manifest.profile());
    commands.add(
        "scripts/mapcost "
            + words.stream().map(ReportCommand::quoted).collect(Collectors.joining(" ")));
    commands.add("scripts/mapcost report" + (iomem == null ? "" : " --iomem " + quoted(iomem)));
    return commands;
  }

  /// A word as a shell takes it.
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void print(Report.Written report, RunFolder folder, PlatformTree on) {
    PrintWriter out = spec.commandLine().getOut();
    String page = report.html().toAbsolutePath().normalize().toString();
    switch (format.format) {
      case JSON -> {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("schema", "mapcost/report/1");
        object.put("report", page);
        object.put("run", folder.path().toAbsolutePath().normalize().toString());
        object.put("iomem", on.describe());
        object.put("answer", report.answer());
        out.println(Json.line(object));
      }
      case MARKDOWN -> out.print(report.markdown());
      case CSV -> out.print(report.byKernel().csv());
      case TABLE -> {
        report.answer().forEach(out::println);
        out.println(page);
      }
    }
  }
}
