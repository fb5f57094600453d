package org.mapcost.model.whatif;

import java.util.List;
import org.mapcost.model.strategy.Strategy;

/// Where the cheapest strategy of a sweep over one key changes, and how surely.
///
/// ```java
/// Crossovers found = Crossovers.of(sweep, Measure.FIRST, List.of(), Crossovers.DRAWS, 1);
/// found.all().forEach(each -> found.before(each).name() + " until " + each.crossing().x());
/// ```
///
/// @param curves the strategies' costs by the best values
/// @param crossings the numbers they are compared at
/// @param all the changes, from small numbers to large ones; empty where one strategy is the
///   cheapest everywhere
public record Crossovers(SweepCurves curves, Crossings crossings, List<Crossover> all) {
  /// Enough to know the ends of a 95 % interval to a few percent of its width.
  public static final int DRAWS = 400;

  public Crossovers {
    all = List.copyOf(all);
  }

  /// Finds them, with their intervals.
  ///
  /// @param sweep over one key with numbers
  /// @param points of it that are known, which are not calculated again
  /// @param draws how many possible worlds are looked at for the intervals
  /// @param seed from which they follow
  public static Crossovers of(
      Sweep sweep, Measure measure, List<Sweep.Point> points, int draws, long seed) {
    Range range = sweep.ranges().getFirst();
    Crossings crossings = new Crossings(Crossings.grid(range), range.key().kind().whole());
    SweepCurves best = SweepCurves.best(sweep, measure, points);
    List<Crossover> all =
        crossings.of(best).stream()
            .map(crossing ->
                Crossover.of(
                    crossing,
                    crossings,
                    draws,
                    draw -> SweepCurves.in(Draw.of(seed, draw), sweep, measure)))
            .toList();
    return new Crossovers(best, crossings, all);
  }

  /// The cheapest strategy below a crossover.
  public Strategy before(Crossover crossover) {
    return curves.strategy(crossover.crossing().before());
  }

  /// The cheapest strategy above it.
  public Strategy after(Crossover crossover) {
    return curves.strategy(crossover.crossing().after());
  }
}
