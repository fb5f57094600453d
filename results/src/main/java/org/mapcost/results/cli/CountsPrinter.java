package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mapcost.model.cost.Event;
import org.mapcost.model.lab.ComparedCall;
import org.mapcost.model.lab.Coverage;
import org.mapcost.model.lab.KnownDifferences;
import org.mapcost.model.lab.Validation;

/// Prints how far the model agrees with recordings: agreement by scenario and kernel, every
/// difference with both sides, and the coverage.
final class CountsPrinter {
  private final Validation validation;
  private final Coverage coverage;
  private final KnownDifferences known;

  CountsPrinter(Validation validation, Coverage coverage, KnownDifferences known) {
    this.validation = validation;
    this.coverage = coverage;
    this.known = known;
  }

  void print(OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      out.println(Json.line(json()));
      return;
    }
    agreement().print(format, out);
    if (format == OutputFormat.CSV) {
      return;
    }
    section(out, format, "Differences", differences(), "none");
    section(out, format, "Not compared", notCompared(), "nothing");
    section(out, format, "Which event a recorded key is", coverage(), "");
    section(out, format, "Events that no recording shows", unseen(), "none");
    out.println();
    out.println(verdict());
  }

  private static void section(
      PrintWriter out, OutputFormat format, String title, Table table, String ifEmpty) {
    out.println();
    out.println(format == OutputFormat.MARKDOWN ? "## " + title + "\n" : title + ":");
    if (table.isEmpty()) {
      out.println(ifEmpty);
    } else {
      table.print(format, out);
    }
  }

  private Table agreement() {
    Table table =
        new Table("scenario", "kernel", "release", "calls", "agree", "excepted", "differ", "file");
    for (Validation.Agreement each : validation.agreements()) {
      table.row(
          each.scenario(),
          each.kernel(),
          each.release(),
          each.calls(),
          each.agree(),
          each.excepted(),
          each.differ(),
          each.file());
    }
    return table;
  }

  private Table differences() {
    Table table = new Table("file", "call", "key", "recorded", "model", "excepted");
    for (Validation.Difference each : validation.differences()) {
      for (String key : each.call().differing()) {
        ComparedCall.Sides sides = each.call().sides().get(key);
        table.row(
            each.file(),
            each.call().name(),
            key,
            sides == null ? "" : sides.recorded(),
            sides == null ? "" : sides.modelled(),
            each.excepted() ? "yes" : "no");
      }
    }
    return table;
  }

  private Table notCompared() {
    Table table = new Table("file", "reason");
    validation.notCompared().forEach(each -> table.row(each.file(), each.reason()));
    validation
        .unknownKeys()
        .forEach(key -> table.row("key " + key, "the table of keys has no row for it"));
    return table;
  }

  private Table coverage() {
    Table table = new Table("key", "stands in", "scenarios", "role", "event", "note");
    for (Coverage.Row row : coverage.rows()) {
      table.row(
          row.key(), row.where(), row.scenarios(), row.role().key(), row.eventKeys(), row.note());
    }
    return table;
  }

  private Table unseen() {
    Table table = new Table("event", "reason");
    coverage.unseen().forEach(each -> table.row(each.event().key(), each.reason()));
    return table;
  }

  private String verdict() {
    int calls = validation.agreements().stream().mapToInt(Validation.Agreement::calls).sum();
    int agree = validation.agreements().stream().mapToInt(Validation.Agreement::agree).sum();
    int excepted = validation.agreements().stream().mapToInt(Validation.Agreement::excepted).sum();
    String overdrawn =
        validation.overdrawn().entrySet().stream()
            .map(each ->
                " Exceptions are %.1f %% of the calls of %s, more than %.0f %%."
                    .formatted(100 * each.getValue(), each.getKey(), 100 * KnownDifferences.MOST))
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "%d of %d calls agree, %d differ as known, %d differ. %d keys in the table; %d events seen,"
            + " %d not.%s",
        agree,
        calls,
        excepted,
        calls - agree - excepted,
        coverage.rows().size(),
        Event.values().length - coverage.unseen().size(),
        coverage.unseen().size(),
        overdrawn);
  }

  private Map<String, Object> json() {
    List<Object> differences = new ArrayList<>();
    for (Validation.Difference each : validation.differences()) {
      Map<String, Object> keys = new LinkedHashMap<>();
      each.call().differing().forEach(key -> keys.put(key, each.call().sides().get(key)));
      differences.add(
          Json.object(
              "file", each.file(),
              "scenario", each.scenario(),
              "kernel", each.kernel(),
              "call", each.call().name(),
              "excepted", each.excepted(),
              "keys", keys));
    }
    List<Object> agreement = new ArrayList<>();
    for (Validation.Agreement each : validation.agreements()) {
      agreement.add(
          Json.object(
              "file", each.file(),
              "scenario", each.scenario(),
              "kernel", each.kernel(),
              "release", each.release(),
              "calls", each.calls(),
              "agree", each.agree(),
              "excepted", each.excepted(),
              "differ", each.differ()));
    }
    List<Object> rows = new ArrayList<>();
    for (Coverage.Row row : coverage.rows()) {
      rows.add(
          Json.object(
              "key", row.key(),
              "in", row.where(),
              "scenarios", row.scenarios(),
              "role", row.role().key(),
              "events", row.events().stream().map(Event::key).toList(),
              "note", row.note()));
    }
    return Json.object(
        "schema", "mapcost/validate-counts/1",
        "recordings", validation.folder(),
        "holds", validation.holds(),
        "agreement", agreement,
        "differences", differences,
        "not_compared", validation.notCompared(),
        "exceptions", known.entries(),
        "coverage", rows,
        "unseen_events",
            coverage.unseen().stream()
                .map(each -> Json.object("event", each.event().key(), "reason", each.reason()))
                .toList(),
        "unknown_keys", validation.unknownKeys());
  }
}
