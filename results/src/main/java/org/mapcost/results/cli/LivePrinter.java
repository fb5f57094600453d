package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.mapcost.results.calibrate.LiveRow;
import org.mapcost.results.calibrate.LiveValidation;

/// Predictions of the live host beside what was measured.
record LivePrinter(LiveValidation validation) {
  void print(OutputFormat format, PrintWriter out) {
    if (format == OutputFormat.JSON) {
      out.println(Json.line(json()));
      return;
    }
    Table table =
        new Table(
            "group", "case", "predicted ns", "low", "high", "measured ns", "error %", "A/A %");
    for (LiveRow row : validation.rows()) {
      table.row(
          row.group(),
          row.what(),
          Json.digits(row.predicted().best(), 3),
          Json.digits(row.predicted().low(), 3),
          Json.digits(row.predicted().high(), 3),
          Json.digits(row.measured(), 3),
          percent(OptionalDouble.of(row.error())),
          percent(row.noise()));
    }
    table.print(format, out);
    if (format == OutputFormat.TABLE) {
      out.println();
      validation.missing().forEach(each -> out.println("Missing: " + each));
      out.println(sentence());
    }
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * share.getAsDouble()) : "-";
  }

  private String sentence() {
    String counts =
        "%d predictions, %d forks: median error %s %%, A/A difference between interleaved halves %s %%"
                .formatted(
                    validation.rows().size(),
                    validation.forks(),
                    percent(validation.medianError()),
                    percent(validation.medianNoise()))
            + " at the median. ";
    return counts
        + switch (validation.verdict()) {
          case HOLDS -> "The prices hold: the error is below 25 %.";
          case FAILS ->
              "The prices do not hold: the error is 25 % or more, and noise is no excuse.";
          case EMPTY -> "Nothing could be measured: give a longer --budget.";
          case TOO_NOISY ->
              "Too noisy to tell: the A/A difference is above 10 %. Try again on a quieter host"
                  + " (see 'mapcost doctor'), or with a longer --budget.";
        };
  }

  private Object json() {
    return Json.object(
        "schema",
        "mapcost/validation-live/1",
        "verdict",
        validation.verdict().name().toLowerCase(Locale.ROOT),
        "median_error",
        number(validation.medianError()),
        "median_aa_difference",
        number(validation.medianNoise()),
        "forks",
        validation.forks(),
        "rows",
        validation.rows().stream()
            .map(row ->
                Json.object(
                    "group", row.group(),
                    "case", row.what(),
                    "predicted_ns", Json.interval(row.predicted()),
                    "measured_ns", Json.rounded(row.measured()),
                    "error", Json.rounded(row.error()),
                    "aa_difference", number(row.noise())))
            .toList(),
        "missing",
        validation.missing());
  }

  private static Object number(OptionalDouble value) {
    return value.isPresent() ? Json.rounded(value.getAsDouble()) : "unknown";
  }
}
