package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Outcome;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.MapPlot;
import org.mapcost.results.chart.Scale;

/// Which strategy is the cheapest where, over two keys, and where that is sure.
public final class CrossoverMap {
  private static final long MOST_CELLS = 10_000;

  private final Sweep sweep;
  private final Measure measure;
  private final Axis across;
  private final Axis up;
  private final List<MapPlot.Cell> cells = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final Map<String, Integer> wins = new LinkedHashMap<>();
  private int sure;

  private CrossoverMap(Sweep sweep, Measure measure) {
    this.sweep = sweep;
    this.measure = measure;
    this.across = new Axis(sweep.ranges().getFirst());
    this.up = new Axis(sweep.ranges().getLast());
  }

  /// The numbers of a range as an axis: a cell reaches halfway to its neighbours.
  private record Axis(Range range) {
    Axis {
      if (!range.numeric() || range.size() < 2 || !(range.number(0) > 0)) {
        throw new InputException(
            "no map over "
                + range.key().name()
                + ": its values must be two or more numbers above zero.");
      }
    }

    String name() {
      return range.key().name();
    }

    Scale scale() {
      return switch (range.unit()) {
        case "pages", "B" -> Scale.BYTES;
        case "ns" -> Scale.TIME;
        default -> Scale.NUMBERS;
      };
    }

    private double value(long place) {
      return range.number(place) * (range.unit().equals("pages") ? Pages.PAGE_SIZE : 1);
    }

    /// The border below a place, the geometric middle; outside the range as far as inside.
    double border(long place) {
      if (place == 0) {
        return value(0) * Math.sqrt(value(0) / value(1));
      }
      long last = range.size() - 1;
      return place > last
          ? value(last) * Math.sqrt(value(last) / value(last - 1))
          : Math.sqrt(value(place - 1) * value(place));
    }
  }

  /// The map of a sweep over two keys.
  ///
  /// @param where what the tree was read from
  /// @throws InputException where a key has words for values, or there are too many points
  public static Picture of(Sweep sweep, Measure measure, String where) {
    if (sweep.ranges().size() != 2) {
      throw new InputException("a map has two keys; give --vary twice.");
    }
    if (sweep.size() > MOST_CELLS) {
      throw new InputException(
          "%,d points are too many for a map; take %,d at most."
              .formatted(sweep.size(), MOST_CELLS));
    }
    return new CrossoverMap(sweep, measure).picture(where);
  }

  private Picture picture(String where) {
    sweep.points().forEach(this::add);
    List<MapPlot.Winner> winners = new ArrayList<>();
    wins.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(each ->
            winners.add(
                new MapPlot.Winner(
                    each.getKey(), ModelChart.style(each.getKey(), winners.size()))));
    MapPlot plot =
        new MapPlot(across.name(), across.scale(), up.name(), up.scale(), winners, cells);
    String shares =
        winners.stream()
            .map(each ->
                "%s in %s %%"
                    .formatted(
                        each.name(),
                        Numbers.plain(100.0 * wins.getOrDefault(each.name(), 0) / cells.size())))
            .collect(Collectors.joining(", "));
    return new Picture(
        new Figure(
            "crossover-map",
            "The cheapest strategy, by " + across.name() + " and " + up.name(),
            "Modelled: %s, kernel %s, %s; full: surely the cheapest; hatched: a tie"
                .formatted(
                    sweep.base().machine().name(),
                    sweep.base().kernel().name(),
                    sweep.base().memory().key()),
            "Across: %s, logarithmic. Up: %s, logarithmic. Of %s: %s; sure at %s."
                .formatted(
                    across.name(),
                    up.name(),
                    Numbers.count(cells.size(), "place"),
                    shares,
                    Numbers.count(sure)),
            new FigureData(
                List.of(across.name(), up.name(), "cheapest", "next", "sure", "#best (ns)"), rows),
            plot::plot),
        "Compared is "
            + measure.words()
            + ", among strategies whose mapping has the caching mode asked for, on the tree of "
            + where
            + ". 'Sure' means that no single price within its interval makes the next one as cheap;"
            + " prices that both share err together. Bounds ('free', 'everything') take no part.");
  }

  private void add(Sweep.Point point) {
    List<Strategy> ranked = ranked(point);
    if (ranked.isEmpty()) {
      return;
    }
    Strategy best = ranked.getFirst();
    Optional<Strategy> next = ranked.stream().skip(1).findFirst();
    boolean isSure =
        next.map(each -> time(point, each).less(time(point, best)).interval().low() > 0)
            .orElse(true);
    sure += isSure ? 1 : 0;
    wins.merge(best.name(), 1, Integer::sum);
    long x = sweep.place(point.index(), 0);
    long y = sweep.place(point.index(), 1);
    cells.add(
        new MapPlot.Cell(
            across.border(x),
            across.border(x + 1),
            up.border(y),
            up.border(y + 1),
            best.name(),
            isSure));
    rows.add(
        List.of(
            point.values().getFirst(),
            point.values().getLast(),
            best.name(),
            next.map(Strategy::name).orElse("-"),
            isSure ? "yes" : "tie",
            Numbers.plain(time(point, best).best())));
  }

  /// Those that serve in the mode asked for, the cheapest first.
  private List<Strategy> ranked(Sweep.Point point) {
    var mode = sweep.setup(point.index()).mode();
    return sweep.contestants().stream()
        .filter(each -> point.cost(each).filter(cost -> cost.mode() == mode).isPresent())
        .sorted(Comparator.comparingDouble(each -> time(point, each).best()))
        .toList();
  }

  private Uncertain time(Sweep.Point point, Strategy strategy) {
    Outcome.Cost cost = point.cost(strategy).orElseThrow();
    return measure.time(cost);
  }
}
