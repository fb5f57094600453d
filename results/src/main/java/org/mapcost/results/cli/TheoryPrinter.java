package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.mapcost.model.simulation.TheoryCheck;

/// The simulation beside theory, queue by queue.
final class TheoryPrinter {
  /// Of fifteen 95 % intervals so many may miss; three do in one of thirty runs.
  private static final int MISSES = 2;

  private final List<TheoryCheck.Row> rows;

  TheoryPrinter(List<TheoryCheck.Row> rows) {
    this.rows = rows;
  }

  /// Prints the table; whether the simulation is as theory says.
  boolean print(OutputFormat format, PrintWriter out) {
    long missed = rows.stream().filter(row -> !row.holds()).count();
    Table table =
        new Table("queue", "load", "figure", "theory", "simulated", "95 % interval", "holds");
    for (TheoryCheck.Row row : rows) {
      if (format == OutputFormat.JSON) {
        out.println(
            Json.line(
                Json.object(
                    "queue", row.queue(),
                    "load", row.load(),
                    "figure", row.figure(),
                    "theory", Json.rounded(row.theory()),
                    "simulated", Json.rounded(row.simulated()),
                    "half_width", Json.rounded(row.halfWidth()),
                    "holds", row.holds())));
      }
      table.row(
          row.queue(),
          row.load(),
          row.figure(),
          four(row.theory()),
          four(row.simulated()),
          "+- " + four(row.halfWidth()),
          row.holds() ? "yes" : "no");
    }
    if (format != OutputFormat.JSON) {
      table.print(format, out);
    }
    if (format == OutputFormat.TABLE) {
      out.printf(
          "%n%d of %d hold. Of waits one in twenty is expected outside its interval; a throughput"
              + " must be within 1 %%.%nEach run also kept the utilisation law and Little's law;"
              + " it would have failed otherwise.%n",
          rows.size() - missed, rows.size());
    }
    return missed <= MISSES;
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
