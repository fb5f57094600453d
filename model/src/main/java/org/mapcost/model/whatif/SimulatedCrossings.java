package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.SimulatedSweep.Point;

/// Where the best strategy of a simulated sweep over one key with numbers changes.
///
/// Between two values of the sweep with different bests, the change is halved in: further points
/// are simulated until it is known to a 32nd of the gap, or to one where the key has whole numbers
/// only.
public final class SimulatedCrossings {
  private static final int HALVINGS = 5;

  private final SimulatedSweep sweep;
  private final Range range;
  private final Runnable simulated;
  private final TreeMap<Double, Point> points = new TreeMap<>();
  private final List<Crossing> found = new ArrayList<>();

  /// A change of the best strategy.
  ///
  /// @param before the best up to there
  /// @param after the best from there on
  /// @param from the last value with the one
  /// @param to the first value with the other
  /// @param low the last value below at which `before` is the better in every possible world;
  ///   negative infinity where there is none
  /// @param high the first value above at which `after` is; positive infinity where there is none
  public record Crossing(
      Strategy before, Strategy after, double from, double to, double low, double high) {}

  private SimulatedCrossings(SimulatedSweep sweep, Runnable simulated) {
    this.sweep = sweep;
    this.range = sweep.axes().getFirst().range();
    this.simulated = simulated;
  }

  /// Whether there is something to look for: one key with numbers, and two strategies.
  public static boolean of(SimulatedSweep sweep) {
    return sweep.axes().size() == 1
        && sweep.axes().getFirst().range().numeric()
        && sweep.strategies().size() > 1;
  }

  /// All changes, from small values to large ones.
  ///
  /// @param points of the whole sweep
  /// @param simulated is told after each further point
  public static List<Crossing> in(SimulatedSweep sweep, List<Point> points, Runnable simulated) {
    SimulatedCrossings search = new SimulatedCrossings(sweep, simulated);
    for (int i = 0; i < points.size(); i++) {
      search.points.put(search.range.number(i), points.get(i));
    }
    List<Double> grid = List.copyOf(search.points.keySet());
    for (int i = 0; i + 1 < grid.size(); i++) {
      search.between(grid.get(i), grid.get(i + 1), HALVINGS);
    }
    return search.found.stream().map(search::told).toList();
  }

  private Point point(double at) {
    return points.computeIfAbsent(
        at,
        x -> {
          Point point = sweep.at(range.text(x));
          simulated.run();
          return point;
        });
  }

  private void between(double from, double to, int halvings) {
    List<Strategy> left = sweep.ranked(point(from));
    List<Strategy> right = sweep.ranked(point(to));
    if (left.isEmpty() || right.isEmpty() || left.getFirst().equals(right.getFirst())) {
      return;
    }
    double middle = middle(from, to);
    if (halvings == 0 || middle <= from || middle >= to) {
      found.add(new Crossing(left.getFirst(), right.getFirst(), from, to, from, to));
      return;
    }
    point(middle);
    between(from, middle, halvings - 1);
    between(middle, to, halvings - 1);
  }

  private double middle(double from, double to) {
    double middle = range.logarithmic() && from > 0 ? Math.sqrt(from * to) : (from + to) / 2;
    boolean whole = range.key().kind().whole() || range.key().kind() == Key.Kind.BYTES;
    return whole ? Math.floor(middle) : middle;
  }

  /// With how far around it the two cannot be told apart, over all points that were simulated.
  private Crossing told(Crossing at) {
    double low = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Double, Point> each : points.headMap(at.from, true).descendingMap().entrySet()) {
      if (surely(each.getValue(), at.before, at.after)) {
        low = each.getKey();
        break;
      }
    }
    double high = Double.POSITIVE_INFINITY;
    for (Map.Entry<Double, Point> each : points.tailMap(at.to, true).entrySet()) {
      if (surely(each.getValue(), at.after, at.before)) {
        high = each.getKey();
        break;
      }
    }
    return new Crossing(at.before, at.after, at.from, at.to, low, high);
  }

  private boolean surely(Point point, Strategy better, Strategy worse) {
    return point.value(better).isPresent()
        && point.value(worse).isPresent()
        && sweep.surelyBetter(point, better, worse);
  }
}
