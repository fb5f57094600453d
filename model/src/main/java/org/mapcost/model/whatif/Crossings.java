package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.mapcost.model.InputException;

/// Finds where the cheapest of several options changes along a line of numbers.
///
/// Options are compared at the numbers of a grid, and each change between two neighbours is
/// followed to the root of the difference by Brent's method (Hipparchus). Two changes between the
/// same neighbours go unseen: a finer grid shows them. Of whole numbers the costs between two
/// neighbours are taken on a straight line, so the root tells where between them they would be
/// equal.
public final class Crossings {
  private static final double ACCURACY = 1e-10;
  private static final int STEPS = 200;

  /// Costs closer than this are equal.
  private static final double EQUAL = 1e-3;

  private static final int DEEPEST = 20;

  /// The share by which equal costs may differ for rounding.
  private static final double SAME = 1e-9;

  /// In draws no step is longer than one of so many parts of the grid.
  private static final int FARTHEST = 32;

  /// Of longer ranges, so many values are compared, evenly taken.
  private static final long MOST_COMPARED = 1024;

  private final double[] grid;
  private final boolean whole;

  /// @param grid two numbers or more, rising
  /// @param whole whether options cost something at whole numbers only
  public Crossings(double[] grid, boolean whole) {
    if (grid.length < 2) {
      throw new IllegalArgumentException("a line of numbers has two at least");
    }
    this.grid = grid.clone();
    this.whole = whole;
  }

  public double first() {
    return grid[0];
  }

  public double last() {
    return grid[grid.length - 1];
  }

  /// The changes of the cheapest option, from small numbers to large ones; empty where one option
  /// is the cheapest everywhere.
  public List<Crossing> of(Curves curves) {
    List<Crossing> found = new ArrayList<>();
    int before = cheapest(curves, grid[0]);
    int next = cheapest(curves, grid[1]);
    if (next >= 0 && before >= 0 && asCheap(curves, next, before, grid[0])) {
      before = next;
    }
    for (int i = 1; i < grid.length; i++) {
      int after = cheapest(curves, grid[i]);
      if (before >= 0 && after >= 0 && asCheap(curves, before, after, grid[i])) {
        after = before;
      }
      if (after != before && after >= 0 && before >= 0) {
        follow(curves, before, grid[i - 1], after, grid[i], found, 0);
      }
      before = after;
    }
    return found;
  }

  /// Whether an option costs no more than the cheapest, but for rounding.
  private static boolean asCheap(Curves curves, int option, int cheapest, double x) {
    return curves.cost(option, x) <= curves.cost(cheapest, x) * (1 + SAME);
  }

  /// The cheapest option at a number; -1 where none serves.
  public int cheapest(Curves curves, double x) {
    int cheapest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int option = 0; option < curves.options(); option++) {
      double cost = curves.cost(option, x);
      if (cost < least) {
        least = cost;
        cheapest = option;
      }
    }
    return cheapest;
  }

  /// From `before`, the cheapest at `low`, to `after`, the cheapest at `high`; others may be the
  /// cheapest between.
  private void follow(
      Curves curves,
      int before,
      double low,
      int after,
      double high,
      List<Crossing> found,
      int depth) {
    Crossing crossing = between(curves, before, low, after, high);
    int here = cheapest(interpolated(curves), crossing.x());
    boolean other =
        here >= 0
            && here != before
            && here != after
            && low < crossing.x()
            && crossing.x() < high
            && interpolated(curves).cost(here, crossing.x())
                < interpolated(curves).cost(after, crossing.x()) * (1 - 1e-9);
    if (!other || depth == DEEPEST) {
      found.add(crossing);
      return;
    }
    double middle = whole ? Math.rint(crossing.x()) : crossing.x();
    if (middle <= low || middle >= high || cheapest(curves, middle) != here) {
      found.add(crossing);
      return;
    }
    follow(curves, before, low, here, middle, found, depth + 1);
    follow(curves, here, middle, after, high, found, depth + 1);
  }

  /// Where the difference of two options changes its sign.
  private Crossing between(Curves curves, int before, double low, int after, double high) {
    double a = low;
    double b = high;
    // Whole numbers, and options that end: down to two neighbours.
    while (whole && b - a > 1) {
      double middle = Math.floor((a + b) / 2);
      if (difference(curves, before, after, middle) <= 0) {
        a = middle;
      } else {
        b = middle;
      }
    }
    double atA = difference(curves, before, after, a);
    double atB = difference(curves, before, after, b);
    if (!Double.isFinite(atA) || !Double.isFinite(atB)) {
      return new Crossing(before, after, b, true);
    }
    if (atA >= 0 || atB <= 0) {
      // Equal at a number of the grid, but for rounding.
      return new Crossing(before, after, atA >= 0 ? a : b, false);
    }
    double root = whole ? a + (b - a) * atA / (atA - atB) : root(curves, before, after, a, b);
    Curves smooth = interpolated(curves);
    double cost = smooth.cost(before, root);
    boolean jump = Math.abs(cost - smooth.cost(after, root)) > EQUAL * cost;
    return new Crossing(before, after, root, jump);
  }

  private static double root(Curves curves, int before, int after, double low, double high) {
    UnivariateFunction difference = x -> difference(curves, before, after, x);
    return new BracketingNthOrderBrentSolver(ACCURACY, ACCURACY * high, 5)
        .solve(STEPS, difference, low, high);
  }

  /// Above zero where the second is cheaper, or where the first does not serve.
  private static double difference(Curves curves, int before, int after, double x) {
    double first = curves.cost(before, x);
    double second = curves.cost(after, x);
    if (Double.isNaN(first) || Double.isNaN(second)) {
      return Double.isNaN(second) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return first - second;
  }

  /// The same costs at all numbers: of whole numbers, on straight lines between them.
  public Curves interpolated(Curves curves) {
    if (!whole) {
      return curves;
    }
    return new Curves() {
      @Override
      public int options() {
        return curves.options();
      }

      @Override
      public double cost(int option, double x) {
        double low = Math.floor(x);
        double part = x - low;
        double atLow = curves.cost(option, low);
        return part == 0 ? atLow : atLow + part * (curves.cost(option, low + 1) - atLow);
      }
    };
  }

  /// Where a crossing has moved to along other curves of the same options: the nearest place on the
  /// side to which it moved. Infinite where it left the grid: positive when the first option is the
  /// cheaper one up to the end, negative when the second is from the start.
  ///
  /// Of long grids every number is looked at near the crossing, and further away fewer and fewer: a
  /// far change back and forth within a thirty-second of the grid goes unseen.
  public double moved(Crossing crossing, Curves curves) {
    int at = 0;
    while (at < grid.length - 1 && grid[at + 1] <= crossing.x()) {
      at++;
    }
    boolean up = difference(curves, crossing.before(), crossing.after(), grid[at]) <= 0;
    int step = 1;
    int last = up ? grid.length - 1 : 0;
    int here = at;
    while (here != last) {
      int next = up ? Math.min(last, here + step) : Math.max(last, here - step);
      boolean changed =
          difference(curves, crossing.before(), crossing.after(), grid[next]) > 0 == up;
      if (changed) {
        double low = grid[Math.min(here, next)];
        double high = grid[Math.max(here, next)];
        return between(curves, crossing.before(), low, crossing.after(), high).x();
      }
      here = next;
      step = Math.max(1, Math.min(2 * step, grid.length / FARTHEST));
    }
    return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /// The numbers of a range, of long ones so many evenly taken. Throws [InputException] where it
  /// has words.
  static double[] grid(Range range) {
    if (!range.numeric()) {
      throw new InputException(range.key().name() + " has no numbers to find a crossover between.");
    }
    int size = (int) Math.min(range.size(), MOST_COMPARED);
    double[] grid = new double[size];
    for (int i = 0; i < size; i++) {
      grid[i] = range.number(Math.round((double) i * (range.size() - 1) / (size - 1)));
    }
    return grid;
  }
}
