package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategy;

/// Strategies over the values of one or two keys.
///
/// Points are numbered; the last key's values follow one another. Points are independent of each
/// other, so any may be asked for at any time and by several threads.
///
/// ```java
/// Sweep sweep = new Sweep(setup, List.of(Range.parse(Key.named("buffer"), "4KiB..64MiB:x2")),
///     List.of(Strategies.named("ttm-fault"), Strategies.named("io-mapping")), new Costs(Set.of()));
/// sweep.points().forEach(point -> point.outcomes());
/// ```
///
/// @param base everything that does not vary
/// @param ranges one or two, of different keys
/// @param strategies who is asked
/// @param costs where counts and prices are kept
public record Sweep(Setup base, List<Range> ranges, List<Strategy> strategies, Costs costs) {
  public Sweep {
    ranges = List.copyOf(ranges);
    strategies = List.copyOf(strategies);
    if (ranges.isEmpty() || ranges.size() > 2) {
      throw new InputException("a sweep varies one or two keys, not " + ranges.size() + ".");
    }
    if (ranges.size() == 2 && ranges.get(0).key().equals(ranges.get(1).key())) {
      throw new InputException("a sweep varies two different keys, not the same twice.");
    }
    if (strategies.isEmpty()) {
      throw new InputException("a sweep asks at least one strategy.");
    }
    Math.multiplyExact(ranges.getFirst().size(), ranges.getLast().size());
  }

  /// One point.
  ///
  /// @param index its number
  /// @param values one for each range, as the command line takes them
  /// @param outcomes what each strategy answers, in the order of the sweep's
  public record Point(long index, List<String> values, Map<Strategy, Outcome> outcomes) {
    public Point {
      values = List.copyOf(values);
    }

    /// What a strategy costs here; empty where it does not serve.
    public Optional<Outcome.Cost> cost(Strategy strategy) {
      return outcomes.get(strategy) instanceof Outcome.Cost cost
          ? Optional.of(cost)
          : Optional.empty();
    }
  }

  /// How many points there are.
  public long size() {
    return ranges.size() == 1
        ? ranges.getFirst().size()
        : ranges.getFirst().size() * ranges.getLast().size();
  }

  /// Where a point stands in a range, 0 for its first value.
  ///
  /// @param index the point
  /// @param range 0 for the first range, 1 for the second
  public long place(long index, int range) {
    if (ranges.size() == 1) {
      return index;
    }
    return range == 0 ? index / ranges.getLast().size() : index % ranges.getLast().size();
  }

  /// The values of a point.
  public List<String> values(long index) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      values.add(ranges.get(i).text(place(index, i)));
    }
    return values;
  }

  /// The setup of a point.
  public Setup setup(long index) {
    return setup(values(index));
  }

  /// The base with a value for each range.
  Setup setup(List<String> values) {
    Setup setup = base;
    for (int i = 0; i < values.size(); i++) {
      setup = ranges.get(i).key().in(setup, values.get(i));
    }
    return setup;
  }

  /// A point by its number, 0 to [#size] - 1.
  public Point point(long index) {
    List<String> values = values(index);
    Costs.Place place = costs.place(setup(values));
    Map<Strategy, Outcome> outcomes = new LinkedHashMap<>();
    strategies.forEach(strategy -> outcomes.put(strategy, costs.of(strategy, place)));
    return new Point(index, values, outcomes);
  }

  /// The same sweep without strategies that serve at no point. Throws [InputException] where none
  /// is left.
  public Sweep serving() {
    Map<Strategy, String> idle = new LinkedHashMap<>();
    strategies.forEach(strategy -> idle.put(strategy, ""));
    for (long index = 0; index < size() && !idle.isEmpty(); index++) {
      Scenario scenario = costs.place(setup(index)).scenario();
      idle.replaceAll((strategy, _) -> strategy.refuses(scenario).orElse(""));
      idle.values().removeIf(String::isEmpty);
    }
    List<Strategy> serving =
        strategies.stream().filter(strategy -> !idle.containsKey(strategy)).toList();
    if (serving.isEmpty()) {
      Strategy first = strategies.getFirst();
      throw new InputException(
          "no strategy serves any of these points; %s: %s. Ask others, or another --memory."
              .formatted(first.name(), idle.get(first)));
    }
    return new Sweep(base, ranges, serving, costs);
  }

  /// Throws [InputException] where the setup of a corner makes no sense, such as a buffer that no
  /// BAR holds: better at once than after a million points.
  public void check() {
    long last = ranges.getLast().size();
    for (long corner : new long[] {0, last - 1, size() - last, size() - 1}) {
      costs.place(setup(corner));
    }
  }

  /// All points, in order.
  public Stream<Point> points() {
    return LongStream.range(0, size()).mapToObj(this::point);
  }

  /// Who may win: strategies that are no bounds, unless only bounds were asked.
  public List<Strategy> contestants() {
    List<Strategy> real = strategies.stream().filter(each -> !each.isBound()).toList();
    return real.isEmpty() ? strategies : real;
  }

  /// The cheapest contestant of a point whose mapping has the mode asked for; empty where none
  /// serves.
  public Optional<Strategy> best(Point point, Measure measure) {
    Strategy best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Strategy strategy : contestants()) {
      Optional<Outcome.Cost> cost = comparable(point, strategy);
      if (cost.isPresent()) {
        double time = measure.time(cost.get()).best();
        if (time < least) {
          least = time;
          best = strategy;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /// What a strategy costs at a point, if its mapping has the caching mode that the driver asked
  /// for there; only those compare.
  Optional<Outcome.Cost> comparable(Point point, Strategy strategy) {
    return point.cost(strategy).filter(cost -> cost.mode() == asked(point));
  }

  private CacheMode asked(Point point) {
    boolean varies = ranges.stream().anyMatch(range -> range.key().name().equals("mode"));
    return varies ? setup(point.values()).mode() : base.mode();
  }
}
