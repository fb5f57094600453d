package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Outcome;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.MapPlot;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.chart.Tone;

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
  private record Axis(KeyAxis axis, Range range) {
    Axis(Range range) {
      this(new KeyAxis(range), range);
      if (!range.numeric() || range.size() < 2 || !(range.number(0) > 0)) {
        throw new InputException(
            "no map over "
                + range.key().name()
                + ": its values must be two or more numbers above zero.");
      }
    }

    String title() {
      return axis.title();
    }

    private double value(long place) {
      return axis.value(place);
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
    List<MapPlot.Winner> winners = winners();
    MapPlot plot =
        new MapPlot(
            across.title(), across.axis.scale(), up.title(), up.axis.scale(), winners, cells);
    String shares =
        winners.stream()
            .filter(each -> wins.getOrDefault(each.name(), 0) > 0)
            .map(each ->
                "%s in %s %%"
                    .formatted(
                        each.name(),
                        Numbers.plain(100.0 * wins.getOrDefault(each.name(), 0) / cells.size())))
            .collect(Collectors.joining(", "));
    return new Picture(
        new Figure(
            "crossover-map",
            "The cheapest strategy, by " + across.title() + " and " + up.title(),
            "Modelled: %s, kernel %s, %s; striped: a tie of both colours"
                .formatted(
                    sweep.base().machine().name(),
                    sweep.base().kernel().name(),
                    sweep.base().memory().key().toUpperCase(Locale.ROOT)),
            "Across: %s, logarithmic. Up: %s, logarithmic. Of %s: %s; sure at %s."
                .formatted(
                    across.axis.titleAndKey(),
                    up.axis.titleAndKey(),
                    Numbers.count(cells.size(), "place"),
                    shares,
                    Numbers.count(sure)),
            new FigureData(
                List.of(key(across), key(up), "cheapest", "next", "sure", "#best (ns)"), rows),
            plot::plot),
        "Compared is "
            + measure.words()
            + ", among strategies whose mapping has the caching mode asked for, on the tree of "
            + where
            + ". Striped is a tie: the ground is the cheapest by its best value, the stripes are"
            + " the next. 'Sure' means that no single price within its interval makes the next"
            + " one as cheap; prices that both share err together. Bounds ('free', 'everything')"
            + " take no part.");
  }

  private static String key(Axis axis) {
    return axis.range.key().name();
  }

  /// Those that win or tie somewhere, the most frequent winner first; no two of one colour as long
  /// as there are colours, for areas have no marks.
  private List<MapPlot.Winner> winners() {
    List<MapPlot.Winner> winners = new ArrayList<>();
    Set<Tone> taken = EnumSet.noneOf(Tone.class);
    wins.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(each -> {
          SeriesStyle style = ModelChart.style(each.getKey(), winners.size());
          for (int n = 0; taken.contains(style.tone()) && n < Tone.values().length; n++) {
            style = SeriesStyle.nth(n);
          }
          taken.add(style.tone());
          winners.add(new MapPlot.Winner(each.getKey(), style));
        });
    return winners;
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
            isSure ? Optional.empty() : next.map(Strategy::name)));
    if (!isSure) {
      next.ifPresent(rival -> wins.merge(rival.name(), 0, Integer::sum));
    }
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
