package org.mapcost.model.whatif;

import java.util.List;
import java.util.stream.DoubleStream;
import org.mapcost.model.cost.Interval;

/// What simulations of one strategy at one point of a sweep showed.
public sealed interface SimulatedOutcome {

  /// A figure. Runs with the same number share their seed, and worlds with the same number their
  /// prices too, at every point and for every strategy, so that differences hold little chance.
  ///
  /// @param best of all runs at the best prices together
  /// @param runs of each run at the best prices, by seed; NaN where the operation did not occur
  /// @param worlds of each run in a possible world: with a seed, and every price somewhere within
  ///   its interval; NaN likewise
  /// @param pagesPerFault how many pages a fault inserts, if the figure is about faults, else 0
  /// @param beyond how many calls of all runs at the best prices lie beyond the figure, if it is a
  ///   percentile, else infinite
  record Value(
      double best, List<Double> runs, List<Double> worlds, double pagesPerFault, double beyond)
      implements SimulatedOutcome {
    public Value {
      runs = List.copyOf(runs);
      worlds = List.copyOf(worlds);
    }

    /// The best value between the lowest and the highest world.
    public Interval interval() {
      return around(worlds);
    }

    /// The best value between the lowest and the highest run at the best prices: what chance alone
    /// does.
    public Interval chance() {
      return around(runs);
    }

    private Interval around(List<Double> values) {
      double low = finite(values).min().orElse(best);
      double high = finite(values).max().orElse(best);
      return new Interval(Math.min(low, best), best, Math.max(high, best));
    }

    private static DoubleStream finite(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
    }

    /// Whether this is less than another in every world as well as at the best prices.
    public boolean surelyBelow(Value other) {
      boolean below = best < other.best;
      for (int i = 0; i < worlds.size() && below; i++) {
        below = worlds.get(i) < other.worlds.get(i);
      }
      return below;
    }

    /// How many times this another is, at best between what it is in the worlds. The other is above
    /// zero.
    public Interval over(Value other) {
      double ratio = best / other.best;
      double low = ratio;
      double high = ratio;
      for (int i = 0; i < worlds.size(); i++) {
        double each = worlds.get(i) / other.worlds.get(i);
        low = each < low ? each : low;
        high = each > high ? each : high;
      }
      return new Interval(low, ratio, high);
    }
  }

  /// No figure.
  ///
  /// @param reason in words
  record Refused(String reason) implements SimulatedOutcome {}
}
