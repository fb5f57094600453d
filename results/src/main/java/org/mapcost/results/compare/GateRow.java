package org.mapcost.results.compare;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.run.JmhUnit;
import org.mapcost.results.stats.Ratio;

/// One row before a gate.
///
/// @param row the comparison
/// @param rule the rule that counts for it
/// @param bound how many times as bad B may be as A
/// @param outcome what the gate says
public record GateRow(Row row, GateRule rule, double bound, Outcome outcome) {
  /// What a gate says of a row.
  public enum Outcome {
    PASSED,
    REGRESSION,
    /// The interval reaches from within the limit to beyond it, or there is none.
    UNDECIDED;

    @Override
    public String toString() {
      return switch (this) {
        case PASSED -> "passed";
        case REGRESSION -> "regression";
        case UNDECIDED -> "undecided";
      };
    }
  }

  /// A row that is not yet judged.
  static GateRow of(Row row, GateRule rule) {
    return new GateRow(row, rule, bound(row, rule), Outcome.UNDECIDED);
  }

  GateRow with(Outcome outcome) {
    return new GateRow(row, rule, bound, outcome);
  }

  /// How many times as bad B is as A, whichever way the metric is better.
  public Optional<Interval> worsening() {
    return row.ratio()
        .map(Ratio::interval)
        .map(i ->
            row.metric().direction() == Direction.MORE_IS_BETTER
                ? new Interval(1 / i.high(), 1 / i.best(), 1 / i.low())
                : i);
  }

  /// The chance of what was measured, if B were just as bad as the limit allows.
  double chance() {
    return row.ratio()
        .map(each ->
            row.metric().direction() == Direction.MORE_IS_BETTER
                ? each.chanceBelow(1 / bound)
                : each.chanceAbove(bound))
        .orElse(1.0);
  }

  /// The limit as a factor: the relative or the absolute one, whichever allows more.
  private static double bound(Row row, GateRule rule) {
    double relative = 1 + rule.relative();
    OptionalDouble a = row.a();
    if (a.isEmpty() || rule.absolute() == 0) {
      return relative;
    }
    double value =
        row.metric().time()
            ? JmhUnit.nanoseconds(a.getAsDouble(), row.metric().unit())
            : a.getAsDouble();
    double absolute = 1 + rule.absolute() / value;
    return Double.isFinite(absolute) && value > 0 ? Math.max(relative, absolute) : relative;
  }
}
