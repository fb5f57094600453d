package org.mapcost.model.machine;

import java.util.Locale;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;

/// One value of a machine file.
///
/// @param interval in `unit`
/// @param unit the unit of record: `ns`, `cycles`, `B`, `Hz`, `B/s`, or nothing
/// @param source title and reference of the measurement, `none`, or the `--set` that gave it
/// @param note why the value and the interval are as they are; may be empty
public record Quantity(Interval interval, String unit, String source, String note) {
  /// The source of a value that nobody published.
  public static final String NONE = "none";

  public Quantity {
    if (source.isBlank()) {
      throw new IllegalArgumentException("a value has a source, or says 'none'");
    }
    if (interval.low() < 0) {
      throw new IllegalArgumentException("a machine has no negative values: " + interval);
    }
  }

  public boolean unsourced() {
    return source.equals(NONE);
  }

  /// Reads what a user sets: one exact value (`376ns`) or an interval (`200ns..376ns..540ns`).
  static Quantity parse(Parameter parameter, String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length == 2 || ends.length > 3) {
      throw new InputException(
          "'%s' is no value of %s: write one value, or three as LOW..BEST..HIGH."
              .formatted(text, parameter.path()));
    }
    Dimension.Amount first = parameter.dimension().parse(ends[0]);
    Dimension.Amount best = ends.length == 1 ? first : parameter.dimension().parse(ends[1]);
    Dimension.Amount last = ends.length == 1 ? first : parameter.dimension().parse(ends[2]);
    if (!first.unit().equals(best.unit()) || !best.unit().equals(last.unit())) {
      throw new InputException("'" + text + "' mixes cycles and times: write all in one of them.");
    }
    if (first.value() > best.value() || best.value() > last.value() || first.value() < 0) {
      throw new InputException("'" + text + "' is no interval: write 0 <= LOW <= BEST <= HIGH.");
    }
    return new Quantity(
        new Interval(first.value(), best.value(), last.value()),
        first.unit(),
        "--set machine." + parameter.path(),
        "");
  }

  /// The best value as a user would write it: `376 ns`, `3.10e+09 Hz`, `64`.
  @Override
  public String toString() {
    String number =
        interval.best() == Math.rint(interval.best()) && interval.best() < 1e15
            ? String.valueOf((long) interval.best())
            : String.format(Locale.ROOT, "%.4g", interval.best());
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
