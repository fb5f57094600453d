package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.mapcost.model.InputException;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.SimulatedSetup.Axis;
import org.mapcost.model.workload.Workload;

/// Strategies simulated over the values of one or two keys, each as often as there are
/// replications, once at the best prices and once in a possible world. All runs go on at the same
/// time, as many as there are threads; results are the same for any number of them.
///
/// @param base the setup of today
/// @param axes one or two, over different keys
/// @param strategies who is asked, in the order of listings
/// @param measure what is read off
/// @param replications seeds, and possible worlds, 2 to 1000; the first seed is the workload's own
/// @param threads how many runs go on at the same time
public record SimulatedSweep(
    SimulatedSetup base,
    List<Axis> axes,
    List<Strategy> strategies,
    SimulatedMeasure measure,
    int replications,
    int threads) {

  public SimulatedSweep {
    axes = List.copyOf(axes);
    strategies = List.copyOf(strategies);
    if (axes.isEmpty() || axes.size() > 2) {
      throw new InputException("a sweep varies one or two keys, not " + axes.size() + ".");
    }
    if (axes.size() == 2
        && axes.getFirst().range().key().name().equals(axes.getLast().range().key().name())) {
      throw new InputException("a sweep varies two different keys, not the same twice.");
    }
    if (replications < 2 || replications > 1000) {
      throw new InputException(
          "a sweep of simulations takes 2 to 1000 replications, not " + replications + ".");
    }
  }

  /// What the strategies did at one point.
  ///
  /// @param values of the keys, as the command line takes them
  /// @param outcomes by strategy, in the order of listings
  public record Point(List<String> values, Map<Strategy, SimulatedOutcome> outcomes) {
    public Point {
      values = List.copyOf(values);
      outcomes = new LinkedHashMap<>(outcomes);
    }

    /// The figure of a strategy; empty where there is none.
    public Optional<SimulatedOutcome.Value> value(Strategy strategy) {
      return outcomes.get(strategy) instanceof SimulatedOutcome.Value value
          ? Optional.of(value)
          : Optional.empty();
    }
  }

  /// How many points there are.
  public long size() {
    return axes.stream().mapToLong(axis -> axis.range().size()).reduce(1, Math::multiplyExact);
  }

  /// How many simulations a point takes.
  public long runsAtPoint() {
    return 2L * replications * strategies.size();
  }

  /// Which value of a key a point has; the last key changes fastest.
  public long place(long index, int axis) {
    long last = axes.getLast().range().size();
    return axes.size() == 1 ? index : axis == 0 ? index / last : index % last;
  }

  /// The points from one to before another, in order.
  ///
  /// @param done is told after each point
  public List<Point> points(long from, long to, Runnable done) {
    long together = Math.max(1, 4L * threads / runsAtPoint());
    List<Point> points = new ArrayList<>();
    for (long at = from; at < to; at += together) {
      List<List<String>> values = new ArrayList<>();
      for (long index = at; index < Math.min(to, at + together); index++) {
        values.add(values(index));
      }
      points.addAll(at(values));
      values.forEach(_ -> done.run());
    }
    return points;
  }

  private List<String> values(long index) {
    List<String> values = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      values.add(axes.get(axis).range().text(place(index, axis)));
    }
    return values;
  }

  /// The point of today: the base itself.
  public Point today() {
    return at(List.of(List.of())).getFirst();
  }

  /// A point that may lie between those of the sweep.
  Point at(String value) {
    return at(List.of(List.of(value))).getFirst();
  }

  private List<Point> at(List<List<String>> places) {
    List<Cell> cells = new ArrayList<>();
    for (List<String> values : places) {
      SimulatedSetup setup = base;
      for (int axis = 0; axis < values.size(); axis++) {
        setup = axes.get(axis).in(setup, values.get(axis));
      }
      for (Strategy strategy : strategies) {
        cells.add(new Cell(setup, strategy));
      }
    }
    List<Callable<Ran>> runs = new ArrayList<>();
    cells.forEach(cell -> runs.addAll(cell.runs(replications)));
    List<Ran> results = Simulation.all(runs, threads);
    List<Point> points = new ArrayList<>();
    int next = 0;
    for (List<String> values : places) {
      Map<Strategy, SimulatedOutcome> outcomes = new LinkedHashMap<>();
      for (Strategy strategy : strategies) {
        outcomes.put(strategy, outcome(results.subList(next, next + 2 * replications)));
        next += 2 * replications;
      }
      points.add(new Point(values, outcomes));
    }
    return points;
  }

  /// What a run came to: a result, or why there is none.
  private record Ran(Optional<SimulationResult> result, String refused) {}

  private record Cell(SimulatedSetup setup, Strategy strategy) {
    /// The runs at the best prices, then those in possible worlds.
    List<Callable<Ran>> runs(int replications) {
      List<Workload> seeded = Simulation.seeded(setup.workload(), replications);
      List<Callable<Ran>> runs = new ArrayList<>();
      for (Workload each : seeded) {
        runs.add(() -> run(platform -> Simulation.run(platform, each, PriceEnd.BEST)));
      }
      for (int i = 0; i < replications; i++) {
        Draw world = Draw.of(setup.workload().seed(), i);
        Workload each = seeded.get(i);
        runs.add(() -> run(platform -> inWorld(platform, each, world)));
      }
      return runs;
    }

    private Ran run(java.util.function.Function<Platform, SimulationResult> how) {
      try {
        return new Ran(Optional.of(how.apply(setup.platform(strategy))), "");
      } catch (InputException e) {
        return new Ran(Optional.empty(), String.valueOf(e.getMessage()));
      }
    }
  }

  /// A run with the prices of a possible world.
  static SimulationResult inWorld(Platform platform, Workload workload, Draw world) {
    return Simulation.run(
        platform, workload, world.prices(platform.machine(), platform.kernel().name()));
  }

  private SimulatedOutcome outcome(List<Ran> cell) {
    Optional<Ran> refused = cell.stream().filter(each -> each.result.isEmpty()).findFirst();
    if (refused.isPresent()) {
      return new SimulatedOutcome.Refused(refused.get().refused);
    }
    List<SimulationResult> results = cell.stream().flatMap(each -> each.result.stream()).toList();
    OptionalDouble best = measure.of(results.subList(0, replications));
    if (best.isEmpty()) {
      return new SimulatedOutcome.Refused(measure.absent());
    }
    List<Double> each =
        results.stream().map(run -> measure.of(List.of(run)).orElse(Double.NaN)).toList();
    return new SimulatedOutcome.Value(
        best.getAsDouble(),
        each.subList(0, replications),
        each.subList(replications, 2 * replications),
        measure.pagesPerFault(results.subList(0, replications)),
        measure.beyond(results.subList(0, replications)));
  }

  /// The strategies that have a figure at a point, the best first; of equals the first listed.
  public List<Strategy> ranked(Point point) {
    Comparator<Strategy> less =
        Comparator.comparingDouble(each -> point.value(each).orElseThrow().best());
    return strategies.stream()
        .filter(each -> point.value(each).isPresent())
        .sorted(measure.more() ? less.reversed() : less)
        .toList();
  }

  /// Whether one strategy is better than another at a point in every world.
  public boolean surelyBetter(Point point, Strategy one, Strategy other) {
    SimulatedOutcome.Value good = point.value(one).orElseThrow();
    SimulatedOutcome.Value bad = point.value(other).orElseThrow();
    return measure.more() ? bad.surelyBelow(good) : good.surelyBelow(bad);
  }
}
