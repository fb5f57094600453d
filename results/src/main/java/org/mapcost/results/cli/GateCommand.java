package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mapcost.results.compare.Gate;
import org.mapcost.results.compare.GateRow;
import org.mapcost.results.compare.Row;
import org.mapcost.results.compare.Thresholds;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Whether B may follow A.
@Command(
    name = "gate",
    description = {
      "Says whether B is worse than A by more than a file of thresholds allows.",
      "A and B are run folders, JMH's JSON of any project, or directories of such JSON whose files"
          + " hold forks of the same benchmarks."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:passed: every interval lies within its limit",
      "1:regression: an interval lies beyond its limit, and stands out among all rows",
      "2:bad usage or input, or different conditions of measurement",
      "3:undecided: an interval reaches across its limit, a benchmark is missing in B, or there is"
          + " nothing to compare"
    },
    footer = {
      "",
      "A file of thresholds:",
      "  schema: mapcost/gate/1",
      "  false_alarms: 5%%            # that unchanged code fails, all rows together",
      "  ruler: 'Calibration[.]spin' # optional: its own change is divided out of every other",
      "  rules:                      # of each metric the first rule that matches counts",
      "    - benchmark: 'Parser[.]'  # a regular expression on 'a.B.c avgt size=10'",
      "      metric: p0.99           # score, p0.50 to p1.00, or a secondary metric's name",
      "      relative: 20%%           # this much worse is allowed,",
      "      absolute: 1us           # or this much, whichever is more",
      "    - metric: score",
      "      relative: 5%%",
      "      absolute: 1ns",
      "    - metric: instructions    # by -prof perfnorm: steady even on a shared machine",
      "      relative: 2%%",
      "Without --thresholds: score 5%% or 1ns, and instructions 2%% where they were counted."
    })
final class GateCommand implements Callable<Integer> {
  private static final int REGRESSION = 1;
  private static final int UNDECIDED = 3;

  @Parameters(index = "0", paramLabel = "A", description = "The base.")
  Path a;

  @Parameters(index = "1", paramLabel = "B", description = "What is to follow it.")
  Path b;

  @Option(
      names = "--thresholds",
      paramLabel = "FILE",
      description = "What is let pass, as YAML (default: see below).")
  @Nullable Path thresholds;

  @Mixin ResultSelection selection = new ResultSelection();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Thresholds limits =
        Optional.ofNullable(thresholds).map(Thresholds::read).orElse(Thresholds.USUAL);
    List<ResultFile> both = ResultFile.read(a, b);
    Gate gate = Gate.of(both.getFirst(), both.getLast(), limits, selection.include());
    gate.comparison().fenced(selection.anyway);
    print(gate, limits);
    return switch (gate.outcome()) {
      case PASSED -> 0;
      case REGRESSION -> REGRESSION;
      case UNDECIDED -> UNDECIDED;
    };
  }

  private void print(Gate gate, Thresholds limits) {
    PrintWriter out = spec.commandLine().getOut();
    if (format.format == OutputFormat.JSON) {
      out.println(Json.line(json(gate, limits)));
      return;
    }
    Table table =
        new Table(
            "benchmark", "parameters", "metric", "A", "B", "unit", "worse by", "limit", "outcome");
    for (GateRow each : gate.rows()) {
      Row row = each.row();
      table.row(
          row.measurement().shortName(),
          row.measurement().parameters(),
          row.metric().name(),
          number(row.a()),
          number(row.b()),
          row.metric().unit(),
          each.worsening().map(DiffPrinter::factors).orElse(""),
          Json.rounded(Math.round(each.bound() * 1e4) / 1e4),
          each.outcome());
    }
    if (!table.isEmpty()) {
      table.print(format.format, out);
    }
    if (format.format == OutputFormat.CSV) {
      return;
    }
    out.println();
    if (format.format == OutputFormat.TABLE) {
      notes(gate)
          .forEach(
              (note, count) -> out.println(count == 1 ? note : note + " (" + count + " rows)"));
    }
    out.println(sentence(gate));
  }

  /// Reasons of rows that are not decided, and what holds for the whole; with how often.
  private static Map<String, Integer> notes(Gate gate) {
    Map<String, Integer> notes = new LinkedHashMap<>();
    for (GateRow each : gate.rows()) {
      if (each.worsening().isEmpty()) {
        each.row().notes().forEach(note -> notes.merge(note, 1, Integer::sum));
      }
    }
    for (Measurement each : gate.comparison().onlyInA()) {
      notes.put("missing in B: " + each.key(), 1);
    }
    gate.comparison()
        .fence()
        .differences()
        .forEach(each -> notes.put("compared although this differs: " + each, 1));
    gate.comparison().fence().notes().forEach(each -> notes.put(each, 1));
    gate.notes().forEach(each -> notes.put(each, 1));
    return notes;
  }

  private static String sentence(Gate gate) {
    int missing = gate.comparison().onlyInA().size();
    return "gate: "
        + gate.outcome()
        + " ("
        + gate.count(GateRow.Outcome.REGRESSION)
        + " regressions, "
        + gate.count(GateRow.Outcome.UNDECIDED)
        + " undecided, "
        + gate.count(GateRow.Outcome.PASSED)
        + " passed"
        + (missing == 0 ? "" : ", " + missing + " missing in B")
        + ")";
  }

  private static Object number(java.util.OptionalDouble value) {
    return value.isPresent() ? BenchSummary.rounded(value.getAsDouble()) : "";
  }

  private static Map<String, Object> json(Gate gate, Thresholds limits) {
    return Json.object(
        "schema", "mapcost/gate-result/1",
        "outcome", gate.outcome().toString(),
        "false_alarms", limits.falseAlarms(),
        "rows",
            gate.rows().stream()
                .map(each -> {
                  Map<String, Object> object = DiffPrinter.json(each.row());
                  each.worsening().ifPresent(i -> object.put("worse_by", Json.interval(i)));
                  object.put("limit", Json.rounded(each.bound()));
                  object.put("outcome", each.outcome().toString());
                  return object;
                })
                .toList(),
        "missing_in_b", gate.comparison().onlyInA().stream().map(Measurement::key).toList(),
        "notes", List.copyOf(notes(gate).keySet()));
  }
}
