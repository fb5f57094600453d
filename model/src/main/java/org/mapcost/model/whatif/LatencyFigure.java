package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.simulation.Latency;
import org.mapcost.model.simulation.OperationKind;
import org.mapcost.model.simulation.SimulationResult;

/// One figure of how long calls take: `p99` of some operation, `fault.p99.9`, `mean`, `max`.
///
/// @param operation what clients wait for
/// @param percentile above 0, to 100, which is the longest; empty for the mean
public record LatencyFigure(OperationKind operation, Optional<Double> percentile) {
  private static final Pattern FORM =
      Pattern.compile("(?:([a-z]+)\\.)?(p([0-9]+(?:\\.[0-9]+)?)|mean|max)");
  private static final double ALL = 100;

  /// Reads a figure; empty for what is none. Throws [InputException] for an operation that nobody
  /// knows and for a percentile that there is not.
  ///
  /// @param usual the operation where none is named
  static Optional<LatencyFigure> parse(String text, OperationKind usual) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    OperationKind operation = form.group(1) == null ? usual : operation(form.group(1));
    if (form.group(2).equals("mean")) {
      return Optional.of(new LatencyFigure(operation, Optional.empty()));
    }
    double percentile = form.group(3) == null ? ALL : Double.parseDouble(form.group(3));
    if (!(percentile > 0 && percentile <= ALL)) {
      throw new InputException("a percentile is above 0, at most 100, not " + form.group(3) + ".");
    }
    return Optional.of(new LatencyFigure(operation, Optional.of(percentile)));
  }

  /// The operation with a key. Throws [InputException], with the nearest known one, for any other.
  static OperationKind operation(String key) {
    return Arrays.stream(OperationKind.values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(() ->
            Nearest.unknown(
                "operation",
                key,
                Arrays.stream(OperationKind.values()).map(OperationKind::key).toList()));
  }

  /// What runs showed of it together, in nanoseconds, first uses left out: they never come again.
  /// Empty where the operation never occurred.
  OptionalDouble of(List<SimulationResult> runs) {
    List<Latency> latencies = new ArrayList<>();
    for (SimulationResult run : runs) {
      Optional.ofNullable(run.steady().get(operation)).ifPresent(latencies::add);
    }
    Latency all = Latency.of(latencies);
    if (all.count() == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(percentile.map(all::percentile).orElseGet(all::mean));
  }

  /// `fault.p99`, as it is read.
  public String key() {
    return operation.key() + "." + name();
  }

  /// `fault p99`.
  public String words() {
    return operation.key() + " " + name();
  }

  private String name() {
    return percentile
        .map(each ->
            each == ALL
                ? "max"
                : "p" + String.format(Locale.ROOT, each == Math.rint(each) ? "%.0f" : "%s", each))
        .orElse("mean");
  }
}
