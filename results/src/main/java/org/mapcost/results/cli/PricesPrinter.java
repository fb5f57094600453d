package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.published.LeaveOut;
import org.mapcost.results.published.Outcome;
import org.mapcost.results.published.Outcome.Verdict;
import org.mapcost.results.published.Prediction;
import org.mapcost.results.published.Validation;

/// Prints predictions beside published measurements, and what each source of prices does to them.
final class PricesPrinter {
  private final Validation validation;
  private final List<LeaveOut.Row> leftOut;
  private final boolean explain;

  PricesPrinter(Validation validation, List<LeaveOut.Row> leftOut, boolean explain) {
    this.validation = validation;
    this.leftOut = leftOut;
    this.explain = explain;
  }

  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case JSON -> out.println(Json.line(json()));
      case CSV -> rows().print(format, out);
      case TABLE, MARKDOWN -> tables(format, out);
    }
  }

  private void tables(OutputFormat format, PrintWriter out) {
    rows().print(format, out);
    out.println();
    out.println("Rows that do not count as inside, and why:");
    out.println();
    for (Outcome each : validation.outcomes()) {
      if (each.verdict() != Verdict.INSIDE) {
        String why = each.prediction().explained();
        out.println(
            "* " + each.prediction().row() + ": " + (why.isEmpty() ? "not explained" : why));
      }
    }
    out.println();
    mechanisms().print(format, out);
    out.println();
    out.println(
        "What the predictions would be without one source of prices. Its values are replaced by the"
            + " geometric mean of what other machines say from other sources; one that no other"
            + " source tells keeps its best and gets a factor 4 more each way ('alone').");
    out.println();
    leftOut().print(format, out);
    out.println();
    if (explain) {
      questions(out);
    }
    out.println(summary());
    validation.failures().forEach(failure -> out.println("Fails: " + failure + "."));
  }

  private Table rows() {
    Table table =
        new Table(
            "row",
            "verdict",
            "what",
            "mechanism",
            "kind",
            "published",
            "unit",
            "low",
            "best",
            "high",
            "ratio",
            "width",
            "on",
            "source");
    for (Outcome each : validation.outcomes()) {
      Prediction prediction = each.prediction();
      table.row(
          prediction.row(),
          each.verdict().text(),
          prediction.what(),
          prediction.mechanism(),
          prediction.kind().name().toLowerCase(Locale.ROOT),
          published(prediction.published()),
          prediction.unit(),
          Json.digits(each.predicted().low(), 3),
          Json.digits(each.predicted().best(), 3),
          Json.digits(each.predicted().high(), 3),
          Json.digits(each.ratio(), 3),
          Json.digits(each.width(), 3),
          prediction.on(),
          prediction.source().source());
    }
    return table;
  }

  private static String published(Interval interval) {
    String best = Json.digits(interval.best(), 4).toPlainString();
    return interval.low() == interval.high()
        ? best
        : "%s (%s to %s)"
            .formatted(best, Json.digits(interval.low(), 4), Json.digits(interval.high(), 4));
  }

  private Table mechanisms() {
    Table table =
        new Table("mechanism", "rows", "sources", "inside", "median ratio", "median width");
    validation
        .byMechanism()
        .forEach((mechanism, of) ->
            table.row(
                mechanism,
                of.rows(),
                of.sources(),
                of.count(Verdict.INSIDE),
                Json.digits(of.medianRatio(), 3),
                Json.digits(of.medianWidth(), 3)));
    return table;
  }

  private Table leftOut() {
    Table table =
        new Table(
            "without",
            "values",
            "alone",
            "rows moved",
            "inside",
            "median ratio",
            "median width",
            "moves most",
            "by");
    for (LeaveOut.Row row : leftOut) {
      table.row(
          row.source(),
          row.replaced(),
          row.alone(),
          row.moved(),
          row.after().count(Verdict.INSIDE),
          Json.digits(row.after().medianRatio(), 3),
          Json.digits(row.after().medianWidth(), 3),
          row.farthest(),
          Json.digits(row.factor(), 3));
    }
    return table;
  }

  private void questions(PrintWriter out) {
    for (Outcome each : validation.outcomes()) {
      Prediction prediction = each.prediction();
      out.println(prediction.row() + " = " + prediction.formula() + ", " + prediction.how() + ".");
      prediction.asks().forEach((letter, ask) -> out.println("  " + letter + ": " + ask));
    }
    out.println();
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%d rows of %d sources over %d mechanisms: %d inside (%.0f %%), %d outside, %d in intervals"
            + " wider than a factor 4. Best over published: median %.2f, %.2f either way. Width"
            + " (high / low): median %.2f, at most %.2f where inside.",
        validation.rows(),
        validation.sources(),
        validation.mechanisms(),
        validation.count(Verdict.INSIDE),
        100 * validation.inside(),
        validation.count(Verdict.OUTSIDE),
        validation.count(Verdict.TOO_WIDE),
        validation.medianRatio(),
        validation.medianFold(),
        validation.medianWidth(),
        validation.widestInside());
  }

  private Map<String, Object> json() {
    List<Object> rows = new ArrayList<>();
    validation.outcomes().forEach(each -> rows.add(json(each)));
    List<Object> mechanisms = new ArrayList<>();
    validation
        .byMechanism()
        .forEach((mechanism, of) -> {
          Map<String, Object> object = new LinkedHashMap<>();
          object.put("mechanism", mechanism);
          object.putAll(figures(of));
          mechanisms.add(object);
        });
    List<Object> without = new ArrayList<>();
    for (LeaveOut.Row row : leftOut) {
      Map<String, Object> object =
          Json.object(
              "source", row.source(),
              "values", row.replaced(),
              "alone", row.alone(),
              "rows_moved", row.moved(),
              "moves_most", row.farthest(),
              "by", Json.rounded(row.factor()));
      object.putAll(figures(row.after()));
      without.add(object);
    }
    Map<String, Object> object = Json.object("schema", "mapcost/validate-prices/1");
    object.put("holds", validation.failures().isEmpty());
    object.put("failures", validation.failures());
    object.putAll(figures(validation));
    object.put("rows", rows);
    object.put("by_mechanism", mechanisms);
    object.put("without_source", without);
    return object;
  }

  private static Map<String, Object> figures(Validation of) {
    return Json.object(
        "count", of.rows(),
        "sources", of.sources(),
        "mechanisms", of.mechanisms(),
        "inside", of.count(Verdict.INSIDE),
        "outside", of.count(Verdict.OUTSIDE),
        "too_wide", of.count(Verdict.TOO_WIDE),
        "median_ratio", Json.rounded(of.medianRatio()),
        "median_ratio_either_way", Json.rounded(of.medianFold()),
        "median_width", Json.rounded(of.medianWidth()));
  }

  private static Map<String, Object> json(Outcome each) {
    Prediction prediction = each.prediction();
    Map<String, Object> asks = new LinkedHashMap<>();
    prediction
        .asks()
        .forEach((letter, ask) ->
            asks.put(letter, Json.object("command", ask.command(), "of", ask.of())));
    return Json.object(
        "row", prediction.row(),
        "source", prediction.source().source(),
        "what", prediction.what(),
        "mechanism", prediction.mechanism(),
        "kind", prediction.kind().name().toLowerCase(Locale.ROOT),
        "on", prediction.on(),
        "kernel", prediction.kernel(),
        "conditions", prediction.conditions(),
        "published", Json.interval(prediction.published()),
        "unit", prediction.unit(),
        "from", prediction.from(),
        "predicted", Json.interval(each.predicted()),
        "ratio", Json.rounded(each.ratio()),
        "width", Json.rounded(each.width()),
        "verdict", each.verdict().text(),
        "explained", prediction.explained(),
        "asks", asks,
        "formula", prediction.formula(),
        "how", prediction.how());
  }
}
