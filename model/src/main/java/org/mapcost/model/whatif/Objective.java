package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.simulation.Latency;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.units.Nanoseconds;

/// What a latency is to be: `p99<50us` of some operation, `fault.p99.9<20us`, `mean<5us`,
/// `max<1ms`.
///
/// @param operation what clients wait for
/// @param percentile above 0, to 100; empty for the mean
/// @param limit nanoseconds it must stay below
public record Objective(OperationKind operation, Optional<Double> percentile, double limit) {
  private static final Pattern FORM =
      Pattern.compile("(?:([a-z]+)\\.)?(p([0-9]+(?:\\.[0-9]+)?)|mean|max)\\s*<\\s*(.+)");
  private static final double ALL = 100;

  public Objective {
    if (!(limit > 0)) {
      throw new InputException("an objective is a time above zero, not " + limit + " ns.");
    }
  }

  /// Reads an objective. Throws [InputException] for what is none.
  ///
  /// @param usual the operation where none is named
  public static Objective parse(String text, OperationKind usual) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new InputException(
          "'%s' is no objective: write p99<50us, fault.p99.9<20us, mean<5us or max<1ms."
              .formatted(text));
    }
    OperationKind operation = form.group(1) == null ? usual : kind(form.group(1));
    double limit = Nanoseconds.parse(form.group(4)).value();
    if (form.group(2).equals("mean")) {
      return new Objective(operation, Optional.empty(), limit);
    }
    double percentile = form.group(3) == null ? ALL : Double.parseDouble(form.group(3));
    if (!(percentile > 0 && percentile <= ALL)) {
      throw new InputException("a percentile is above 0, at most 100, not " + form.group(3) + ".");
    }
    return new Objective(operation, Optional.of(percentile), limit);
  }

  private static OperationKind kind(String key) {
    return Arrays.stream(OperationKind.values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "operation",
                key,
                Arrays.stream(OperationKind.values()).map(OperationKind::key).toList()));
  }

  /// What runs showed of it in nanoseconds, first uses left out: they never come again. Throws
  /// [InputException] where the operation never occurred.
  double of(List<SimulationResult> runs) {
    List<Latency> latencies = new ArrayList<>();
    for (SimulationResult run : runs) {
      Optional.ofNullable(run.steady().get(operation)).ifPresent(latencies::add);
    }
    Latency all = Latency.of(latencies);
    if (all.count() == 0) {
      throw new InputException(
          "no %s occurs in this workload; name another operation, such as fault.p99<50us."
              .formatted(operation.key()));
    }
    return percentile.map(all::percentile).orElseGet(all::mean);
  }

  /// `fault p99 below 50.0 us`.
  public String words() {
    String what =
        percentile
            .map(each ->
                each == ALL
                    ? "max"
                    : "p"
                        + String.format(Locale.ROOT, each == Math.rint(each) ? "%.0f" : "%s", each))
            .orElse("mean");
    return "%s %s below %s".formatted(operation.key(), what, new Nanoseconds(limit));
  }
}
