package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.compare.Comparison;
import org.mapcost.results.compare.Fence;
import org.mapcost.results.compare.Row;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.Ratio;

/// Prints what `diff` found.
///
/// @param shown which rows
record DiffPrinter(Comparison comparison, double tolerance, Predicate<Row> shown) {
  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case JSON -> out.println(Json.line(json()));
      case CSV -> csv().print(format, out);
      case MARKDOWN -> {
        table().print(format, out);
        out.println();
        out.println(comparison.summary(tolerance));
      }
      case TABLE -> {
        Table table = table();
        if (!table.isEmpty()) {
          table.print(format, out);
          out.println();
        }
        notes().forEach(out::println);
        out.println(comparison.summary(tolerance));
      }
    }
  }

  private List<Row> rows() {
    return comparison.rows().stream().filter(shown).toList();
  }

  private Table table() {
    Table table =
        new Table("benchmark", "parameters", "metric", "A", "B", "unit", "B/A", "verdict");
    for (Row row : rows()) {
      table.row(
          row.measurement().shortName(),
          row.measurement().parameters(),
          metric(row),
          cell(row.a()),
          cell(row.b()),
          row.metric().unit(),
          row.ratio().map(each -> factors(each.interval())).orElse(""),
          Comparison.words(row.verdict(), tolerance));
    }
    return table;
  }

  /// JMH's mode, and which of its numbers.
  private static String metric(Row row) {
    return row.measurement().mode() + " " + row.metric().name();
  }

  private static Object cell(OptionalDouble value) {
    return value.isPresent() ? BenchSummary.rounded(value.getAsDouble()) : "";
  }

  static String factors(Interval ratio) {
    return String.format(Locale.ROOT, "[%.3f %.3f %.3f]", ratio.low(), ratio.best(), ratio.high());
  }

  /// What is odd about a row, and about the comparison as a whole. A reason that many rows share is
  /// said once.
  private List<String> notes() {
    Map<String, List<Row>> byNote = new LinkedHashMap<>();
    for (Row row : rows()) {
      row.notes().forEach(note -> byNote.computeIfAbsent(note, _ -> new ArrayList<>()).add(row));
    }
    List<String> notes = new ArrayList<>();
    byNote.forEach((note, rows) -> {
      Measurement first = rows.getFirst().measurement();
      String name = (first.shortName() + " " + first.parameters()).strip();
      notes.add((rows.size() == 1 ? name : rows.size() + " rows, such as " + name) + ": " + note);
    });
    comparison.fence().differences().stream()
        .map(each -> "compared although this differs: " + each)
        .forEach(notes::add);
    notes.addAll(comparison.fence().notes());
    return notes;
  }

  private Table csv() {
    Table table =
        new Table(
            "benchmark",
            "parameters",
            "mode",
            "metric",
            "unit",
            "a",
            "b",
            "forks_a",
            "forks_b",
            "ratio_low",
            "ratio_best",
            "ratio_high",
            "verdict",
            "notes");
    for (Row row : rows()) {
      Optional<Interval> ratio = row.ratio().map(Ratio::interval);
      table.row(
          row.measurement().benchmark(),
          row.measurement().parameters(),
          row.measurement().mode(),
          row.metric().name(),
          row.metric().unit(),
          cell(row.a()),
          cell(row.b()),
          row.forksOfA(),
          row.forksOfB(),
          ratio.<Object>map(each -> Json.rounded(each.low())).orElse(""),
          ratio.<Object>map(each -> Json.rounded(each.best())).orElse(""),
          ratio.<Object>map(each -> Json.rounded(each.high())).orElse(""),
          row.verdict(),
          String.join("; ", row.notes()));
    }
    return table;
  }

  private Map<String, Object> json() {
    return Json.object(
        "schema", "mapcost/diff/1",
        "a", comparison.a().path().toString(),
        "b", comparison.b().path().toString(),
        "same_within", tolerance,
        "summary", comparison.summary(tolerance),
        "rows", rows().stream().map(DiffPrinter::json).toList(),
        "only_in_a", comparison.onlyInA().stream().map(Measurement::key).toList(),
        "only_in_b", comparison.onlyInB().stream().map(Measurement::key).toList(),
        "environment_differences",
            comparison.fence().differences().stream().map(Fence.Difference::toString).toList(),
        "notes", comparison.fence().notes());
  }

  /// A row; what there is no number of is left out.
  static Map<String, Object> json(Row row) {
    Map<String, Object> object =
        Json.object(
            "benchmark", row.measurement().benchmark(),
            "params", row.measurement().params(),
            "mode", row.measurement().mode(),
            "metric", row.metric().name(),
            "unit", row.metric().unit());
    row.a().ifPresent(each -> object.put("a", Json.rounded(each)));
    row.b().ifPresent(each -> object.put("b", Json.rounded(each)));
    object.put("forks_a", row.forksOfA());
    object.put("forks_b", row.forksOfB());
    row.ratio()
        .ifPresent(each -> {
          object.put("ratio", Json.interval(each.interval()));
          object.put("interval_by", each.method().name().toLowerCase(Locale.ROOT));
        });
    row.withoutSteal()
        .ifPresent(each -> object.put("ratio_without_steal", Json.interval(each.interval())));
    object.put("verdict", row.verdict().toString());
    object.put("notes", row.notes());
    return object;
  }
}
