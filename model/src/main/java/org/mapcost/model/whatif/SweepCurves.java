package org.mapcost.model.whatif;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Sweep.Point;

/// The contestants of a sweep over one key as curves, by the best values or in a draw.
public final class SweepCurves implements Curves {
  private final Sweep sweep;
  private final Range range;
  private final Measure measure;
  private final @Nullable Draw draw;
  private final List<Strategy> options;
  private final Map<Priced, PriceList> drawn = new ConcurrentHashMap<>();
  private final Map<Double, Point> known = new HashMap<>();

  private record Priced(Machine machine, String kernel) {}

  private SweepCurves(Sweep sweep, Measure measure, @Nullable Draw draw) {
    if (sweep.ranges().size() != 1) {
      throw new IllegalArgumentException("curves go along one key");
    }
    this.sweep = sweep;
    this.range = sweep.ranges().getFirst();
    this.measure = measure;
    this.draw = draw;
    this.options = sweep.contestants();
  }

  /// By the best values.
  ///
  /// @param points of the sweep that were calculated before; those are not calculated again
  public static SweepCurves best(Sweep sweep, Measure measure, List<Point> points) {
    SweepCurves curves = new SweepCurves(sweep, measure, null);
    points.forEach(point -> curves.known.put(curves.range.number(point.index()), point));
    return curves;
  }

  /// In one possible world.
  public static SweepCurves in(Draw draw, Sweep sweep, Measure measure) {
    return new SweepCurves(sweep, measure, draw);
  }

  @Override
  public int options() {
    return options.size();
  }

  /// The strategy behind an option.
  public Strategy strategy(int option) {
    return options.get(option);
  }

  @Override
  public double cost(int option, double x) {
    Point before = known.get(x);
    if (before != null && draw == null) {
      return sweep
          .comparable(before, options.get(option))
          .map(cost -> measure.time(cost).best())
          .orElse(Double.NaN);
    }
    Setup setup = range.key().in(sweep.base(), range.text(x));
    Costs.Place place;
    try {
      place =
          draw == null
              ? sweep.costs().place(setup)
              : sweep.costs().place(setup, prices(setup, draw));
    } catch (InputException e) {
      // Nobody serves where the platform has no room.
      return Double.NaN;
    }
    Outcome outcome = sweep.costs().of(options.get(option), place);
    Optional<Outcome.Cost> cost =
        outcome instanceof Outcome.Cost found && found.mode() == setup.mode()
            ? Optional.of(found)
            : Optional.empty();
    return cost.map(measure::time)
        .map(time -> draw == null ? time.best() : draw.value(time))
        .orElse(Double.NaN);
  }

  private PriceList prices(Setup setup, Draw in) {
    return drawn.computeIfAbsent(
        new Priced(setup.machine(), setup.kernel().name()),
        key -> sweep.costs().freed(in.prices(key.machine, key.kernel)));
  }
}
