package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Interval;

/// Guards crossovers: at each reported place both cost the same and the difference changes its
/// sign, whatever their number, and the interval holds the true place as often as it says.
class CrossingsTest {
  private static final int CASES = 1000;
  private static final int DRAWS = 300;

  private static Curves curves(DoubleUnaryOperator... costs) {
    return new Curves() {
      @Override
      public int options() {
        return costs.length;
      }

      @Override
      public double cost(int option, double x) {
        return costs[option].applyAsDouble(x);
      }
    };
  }

  private static double[] grid(double low, double high, int size) {
    double[] grid = new double[size];
    for (int i = 0; i < size; i++) {
      grid[i] = low + (high - low) * i / (size - 1);
    }
    return grid;
  }

  private static void holds(Crossing crossing, Curves curves, double low, double high) {
    double before = curves.cost(crossing.before(), crossing.x());
    double after = curves.cost(crossing.after(), crossing.x());
    assertThat(before).isCloseTo(after, within(0.001 * after));
    assertThat(curves.cost(crossing.before(), low)).isLessThan(curves.cost(crossing.after(), low));
    assertThat(curves.cost(crossing.before(), high))
        .isGreaterThan(curves.cost(crossing.after(), high));
    assertThat(crossing.jump()).isFalse();
  }

  @Test
  void noneWhereOneIsTheCheapestEverywhere() {
    Crossings crossings = new Crossings(grid(1, 100, 20), false);
    assertThat(crossings.of(curves(x -> 10 + x, x -> 11 + x * x))).isEmpty();
  }

  @Test
  void oneAtTheRoot() {
    Curves curves = curves(x -> 3 * x, x -> 100 + x);
    List<Crossing> found = new Crossings(grid(1, 200, 12), false).of(curves);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().x()).isCloseTo(50, within(1e-6));
    holds(found.getFirst(), curves, 49, 51);
  }

  @Test
  void threeBetweenTheSameTwo() {
    Curves curves = curves(x -> 100, x -> 100 + (x - 10) * (x - 30) * (x - 70) / 1000);
    List<Crossing> found = new Crossings(grid(1, 101, 26), false).of(curves);
    assertThat(found).hasSize(3);
    double[] roots = {10, 30, 70};
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).x()).isCloseTo(roots[i], within(1e-6));
      holds(found.get(i), curves, roots[i] - 1, roots[i] + 1);
    }
  }

  /// A third option that is the cheapest only between two numbers of the grid is found.
  @Test
  void aThirdThatWinsBetweenTwoNumbersOfTheGrid() {
    Curves curves = curves(x -> x, x -> 100 - x, x -> 30 + Math.abs(x - 50));
    List<Crossing> found = new Crossings(new double[] {10, 90}, false).of(curves);
    assertThat(found).hasSize(2);
    assertThat(found.getFirst().after()).isEqualTo(2);
    assertThat(found.getLast().before()).isEqualTo(2);
    found.forEach(each ->
        assertThat(curves.cost(each.before(), each.x()))
            .isCloseTo(curves.cost(each.after(), each.x()), within(0.1)));
  }

  @Test
  void betweenWholeNumbersCostsAreOnAStraightLine() {
    Curves curves = curves(x -> 16 * Math.ceil(x / 16), x -> 40 + x / 100);
    Crossings crossings = new Crossings(new double[] {1, 1000}, true);
    Crossing found = crossings.of(curves).getFirst();
    assertThat(found.x()).isBetween(32.0, 33.0);
    Curves smooth = crossings.interpolated(curves);
    assertThat(smooth.cost(0, found.x())).isCloseTo(smooth.cost(1, found.x()), within(0.04));
    assertThat(found.jump()).isFalse();
  }

  @Test
  void aJumpIsSaid() {
    Curves curves = curves(x -> x < 20 ? 10 : 90, x -> 50);
    Crossing found = new Crossings(grid(1, 100, 5), false).of(curves).getFirst();
    assertThat(found.x()).isCloseTo(20, within(1e-6));
    assertThat(found.jump()).isTrue();
    Curves ends = curves(x -> x < 20 ? 10 : Double.NaN, x -> 50);
    assertThat(new Crossings(grid(1, 100, 100), true).of(ends).getFirst().jump()).isTrue();
  }

  /// Equal costs are no reason to change.
  @Test
  void tiesChangeNothing() {
    assertThat(new Crossings(grid(1, 9, 5), false).of(curves(x -> 5, x -> 5))).isEmpty();
    assertThat(new Crossings(grid(1, 9, 5), false).of(curves(x -> x, x -> x < 2 ? x : x - 1)))
        .isEmpty();
  }

  /// Worlds in which the crossing has left the range make an open end.
  @Test
  void ofDrawsOutsideTheRangeTheIntervalIsOpen() {
    Crossings crossings = new Crossings(grid(1, 100, 30), false);
    Curves best = curves(x -> x, x -> 90);
    Crossing crossing = crossings.of(best).getFirst();
    Crossover found =
        Crossover.of(crossing, crossings, 400, draw -> curves(x -> x, x -> 70 + draw % 40));
    assertThat(found.low()).isBetween(70.0, 72.0);
    assertThat(found.high()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(found.above()).isCloseTo(0.25, within(0.03));
    assertThat(found.below()).isZero();
  }

  /// In each case a world is drawn around true prices, its intervals are what somebody who measured
  /// them would print, and the true crossing is known. The clock is shared by both options.
  @ParameterizedTest
  @ValueSource(longs = {11, 2021})
  void theIntervalCoversTheTrueCrossing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int covered = 0;
    for (int i = 0; i < CASES; i++) {
      double fixed = 50 + random.nextDouble() * 5000;
      double slope = 0.5 + random.nextDouble() * 5;
      double flat = slope * 0.02 * random.nextDouble();
      double clock = 0.5 + random.nextDouble();
      double truth = fixed / (slope - flat) / clock;
      Interval[] known = {
        around(fixed, random), around(slope, random), around(flat, random), around(clock, random)
      };
      double guess = known[0].best() / (known[1].best() - known[2].best()) / known[3].best();
      Crossings crossings = new Crossings(logarithmic(guess), false);
      Curves best = world(Draw.of(java.util.Map.of()), known);
      Crossover found =
          Crossover.of(
              crossings.of(best).getFirst(),
              crossings,
              DRAWS,
              draw -> world(Draw.of(seed, draw), known));
      if (found.low() <= truth && truth <= found.high()) {
        covered++;
      }
    }
    assertThat((double) covered / CASES).isBetween(0.93, 0.97);
  }

  private static double[] logarithmic(double middle) {
    double[] grid = new double[21];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = middle * Math.pow(10, (i - 10) / 3.0);
    }
    return grid;
  }

  private static Interval around(double truth, SplittableRandom random) {
    double deviation = 0.05 + random.nextDouble() * 0.25;
    double best = truth * Math.exp(deviation * random.nextGaussian());
    double end = Math.exp(Draw.END * deviation);
    return new Interval(best / end, best, best * end);
  }

  /// One option pays the slope for each x, the other a fixed sum and little more.
  private static Curves world(Draw draw, Interval[] known) {
    double fixed = draw.value("fixed", known[0]);
    double slope = draw.value("slope", known[1]);
    double flat = draw.value("flat", known[2]);
    double clock = draw.value("clock", known[3]);
    return curves(x -> slope * clock * x, x -> fixed + flat * clock * x);
  }
}
