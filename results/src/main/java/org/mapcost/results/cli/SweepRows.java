package org.mapcost.results.cli;

import java.util.stream.Collectors;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.BareSweep;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Sweep;

/// The points of a sweep as lines of CSV: one for each point and strategy, numbers with a point and
/// no unit, so that any data frame reads them. Not safe for use by several threads.
final class SweepRows {
  private final Sweep sweep;
  private final BareSweep bare;

  SweepRows(Sweep sweep) {
    this.sweep = sweep;
    this.bare = new BareSweep(sweep);
  }

  /// The names of the columns, as a line.
  static String header(Sweep sweep) {
    String keys =
        sweep.ranges().stream()
            .map(range ->
                range.key().name() + (range.unit().isEmpty() ? "" : " (" + range.unit() + ")"))
            .collect(Collectors.joining(","));
    return keys
        + ",strategy,effective_mode,caller_low_ns,caller_best_ns,caller_high_ns,"
        + "stolen_low_ns,stolen_best_ns,stolen_high_ns,"
        + "later_caller_low_ns,later_caller_best_ns,later_caller_high_ns,load_best_ns,refused\n";
  }

  /// The rows of points that follow one another.
  String of(long from, int count) {
    StringBuilder rows = new StringBuilder();
    bare.points(
        from,
        count,
        new BareSweep.Taker() {
          @Override
          public void cost(
              long index, Strategy strategy, CacheMode mode, double[] numbers, int at) {
            keys(sweep, index, rows);
            rows.append(strategy.name()).append(',').append(mode.key());
            for (int i = 0; i < 9; i++) {
              rows.append(',');
              SixDigits.append(rows, numbers[at + i]);
            }
            end(rows, numbers[at + 10]);
          }

          @Override
          public void refused(long index, Strategy strategy, String reason) {
            keys(sweep, index, rows);
            rows.append(strategy.name());
            SweepRows.refused(rows, reason);
          }
        });
    return rows.toString();
  }

  private static void keys(Sweep sweep, long index, StringBuilder rows) {
    for (int i = 0; i < sweep.ranges().size(); i++) {
      Range range = sweep.ranges().get(i);
      long place = sweep.place(index, i);
      if (range.numeric()) {
        plain(rows, range.number(place));
      } else {
        rows.append(range.text(place));
      }
      rows.append(',');
    }
  }

  private static void end(StringBuilder rows, double load) {
    rows.append(',');
    SixDigits.append(rows, load);
    rows.append(",\n");
  }

  private static void refused(StringBuilder rows, String reason) {
    rows.append(",,,,,,,,,,,,\"").append(reason.replace("\"", "'")).append("\"\n");
  }

  private static void plain(StringBuilder rows, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      rows.append((long) number);
    } else {
      rows.append(number);
    }
  }
}
