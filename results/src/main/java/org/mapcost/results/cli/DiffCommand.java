package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mapcost.results.compare.Comparison;
import org.mapcost.results.compare.DiffOptions;
import org.mapcost.results.compare.Verdict;
import org.mapcost.results.run.ResultFile;
import org.mapcost.results.stats.ForkValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Two stored results side by side.
@Command(
    name = "diff",
    description = {
      "Compares B with A: for every benchmark in both the ratio B/A as low, best and high, and a"
          + " verdict in words.",
      "A and B are run folders, JMH's JSON (-rf json) of any project, directories of such JSON"
          + " whose files hold forks of the same benchmarks, or HdrHistogram's .hlog and .hgrm"
          + " files."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The fork is the unit of replication: with one fork there is no interval and nothing to"
          + " compare (JMH: -f 5). Below ten forks the interval is Student's over the logarithms of"
          + " the forks' values, from ten on a bootstrap of whole forks; both at 95 %%.",
      "Which way is better follows from the unit: throughputs up, times down.",
      "Exit code 0 whatever the verdicts; 'gate' is what fails."
    })
final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "The base.")
  Path a;

  @Parameters(index = "1", paramLabel = "B", description = "What is compared with it.")
  Path b;

  @Option(
      names = "--same-within",
      paramLabel = "SHARE",
      defaultValue = "2%",
      converter = Share.class,
      description = "A change within this is called the same (default: ${DEFAULT-VALUE}).")
  double tolerance = DiffOptions.TOLERANCE;

  @Mixin ResultSelection selection = new ResultSelection();

  @Option(
      names = "--metric",
      paramLabel = "REGEX",
      description =
          "Which metrics: score, p0.50 to p1.00, or a secondary one's name (default: the score,"
              + " and of samples p0.50 and p0.99).")
  @Nullable String metric;

  @Option(
      names = "--ruler",
      paramLabel = "REGEX",
      description =
          "The one benchmark whose own change is divided out of every other: the machine's drift.")
  @Nullable String ruler;

  @Option(
      names = "--mean",
      description =
          "Compare forks by the means of their iterations, in which each outlier counts by its size"
              + " (default: by their medians).")
  boolean mean;

  @Option(names = "--changed", description = "Leave out rows that are the same or undecided.")
  boolean changed;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    DiffOptions options =
        new DiffOptions(
            tolerance,
            selection.include(),
            ResultSelection.pattern("--metric", Optional.ofNullable(metric)),
            ResultSelection.pattern("--ruler", Optional.ofNullable(ruler)),
            mean ? ForkValue.MEAN : ForkValue.MEDIAN);
    List<ResultFile> both = ResultFile.read(a, b);
    Comparison comparison =
        Comparison.of(both.getFirst(), both.getLast(), options).fenced(selection.anyway);
    PrintWriter out = spec.commandLine().getOut();
    new DiffPrinter(
            comparison,
            tolerance,
            row -> !changed || !List.of(Verdict.SAME, Verdict.UNDECIDED).contains(row.verdict()))
        .print(format.format, out);
    return 0;
  }
}
