package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.Pictures;
import org.mapcost.results.history.History;
import org.mapcost.results.history.HistoryFigure;
import org.mapcost.results.history.KnownChange;
import org.mapcost.results.history.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A series of runs.
@Command(
    name = "history",
    description = {
      "Follows each benchmark through a directory of runs, in the order of their names, and says"
          + " where it changed.",
      "Runs are run folders or files of JMH's JSON of any project."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Changes are found by energy distance and permutations (E-divisive); three runs on either"
          + " side are the fewest. Named changes are read from DIR/changes.yaml:",
      "  schema: mapcost/changes/1",
      "  changes:",
      "    - at: 20261120          # how the name of the first run with it begins",
      "      name: JDK 25"
    })
final class HistoryCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "DIR", description = "Where the runs are.")
  Path directory;

  @Option(
      names = "--changes",
      paramLabel = "FILE",
      description = "Named changes (default: DIR/changes.yaml, if there is one).")
  @Nullable Path changes;

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description =
          "Only benchmarks whose name, mode and parameters contain a match (default: all).")
  @Nullable String include;

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      defaultValue = "1%",
      converter = Share.class,
      description = "The chance to see a change where there is none (default: ${DEFAULT-VALUE}).")
  double level;

  @Option(
      names = "--smallest",
      paramLabel = "SHARE",
      defaultValue = "2%",
      converter = Share.class,
      description = "Smaller changes are left out (default: ${DEFAULT-VALUE}).")
  double smallest;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Draw history.svg, .png and .csv into this directory (default: no chart).")
  @Nullable Path out;

  @Option(names = "--force", description = "Overwrite a chart that is there.")
  boolean force;

  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public void run() {
    PrintWriter warnings = Mapcost.warnings(spec);
    History history =
        History.read(
            directory,
            known(),
            new History.Options(
                ResultSelection.pattern("--include", Optional.ofNullable(include)),
                level,
                smallest),
            warning -> warnings.println("mapcost: warning: " + warning));
    List<Path> drawn = out == null ? List.of() : draw(history, out);
    print(history, drawn);
  }

  private List<KnownChange> known() {
    Path usual = directory.resolve("changes.yaml");
    if (changes != null) {
      return KnownChange.read(changes);
    }
    return Files.isRegularFile(usual) ? KnownChange.read(usual) : List.of();
  }

  private List<Path> draw(History history, Path into) {
    Figure figure = HistoryFigure.of(history);
    Path svg = into.resolve(figure.name() + ".svg");
    if (Files.exists(svg) && !force) {
      throw new InputException(svg + ": is there already; overwrite it with --force.");
    }
    return Pictures.write(figure, into);
  }

  private void print(History history, List<Path> drawn) {
    PrintWriter text = spec.commandLine().getOut();
    if (format.format == OutputFormat.JSON) {
      text.println(Json.line(json(history, drawn)));
      return;
    }
    Table table =
        new Table(
            "benchmark", "parameters", "runs", "first", "last", "unit", "last/first", "changes");
    for (Series each : history.series()) {
      double first = each.points().getFirst().best();
      double last = each.points().getLast().best();
      table.row(
          each.measurement().shortName(),
          each.measurement().parameters(),
          each.points().size(),
          BenchSummary.rounded(first),
          BenchSummary.rounded(last),
          each.measurement().unit(),
          String.format(Locale.ROOT, "%.3f", last / first),
          String.join("; ", each.changes().stream().map(c -> words(history, c)).toList()));
    }
    table.print(format.format, text);
    if (format.format == OutputFormat.TABLE) {
      text.println();
      history
          .hosts()
          .forEach((run, differences) ->
              text.println(
                  "the host changed with "
                      + history.runs().get(run)
                      + ": "
                      + String.join("; ", differences)));
      drawn.forEach(text::println);
    }
  }

  /// `x1.120 from 20261120-093000-ci on (JDK 25)`.
  private static String words(History history, Series.Change change) {
    List<String> names = history.explanations(change.run());
    return String.format(
        Locale.ROOT,
        "x%.3f from %s on (%s)",
        change.ratio(),
        history.runs().get(change.run()),
        names.isEmpty() ? "nothing known" : String.join(", ", names));
  }

  private static Map<String, Object> json(History history, List<Path> drawn) {
    List<Object> series = new ArrayList<>();
    for (Series each : history.series()) {
      series.add(
          Json.object(
              "benchmark", each.measurement().benchmark(),
              "params", each.measurement().params(),
              "mode", each.measurement().mode(),
              "unit", each.measurement().unit(),
              "points",
                  each.points().stream()
                      .map(point -> {
                        Map<String, Object> object = new LinkedHashMap<>();
                        object.put("run", history.runs().get(point.run()));
                        object.put("best", Json.rounded(point.best()));
                        point.interval().ifPresent(i -> object.put("interval", Json.interval(i)));
                        return object;
                      })
                      .toList(),
              "changes",
                  each.changes().stream()
                      .map(change ->
                          Json.object(
                              "from", history.runs().get(change.run()),
                              "ratio", Json.rounded(change.ratio()),
                              "known", history.explanations(change.run())))
                      .toList()));
    }
    return Json.object(
        "schema",
        "mapcost/history/1",
        "runs",
        history.runs(),
        "series",
        series,
        "files",
        drawn.stream().map(Path::toString).toList());
  }
}
