package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.chart.VisitsByAddress;
import org.mapcost.results.figure.Numbers;

/// What a visited node costs on the host that measured, beside the pointer chase.
record PriceSection(List<WalkPoint> points, Caches caches, Map<Caches.Level, NodePrice> prices) {
  /// Of all series of a chart together.
  private static final int MOST_MARKS = 200;

  private static final String CHASE = "chase";
  private static final double NODE_BYTES = 64;

  static PriceSection of(List<WalkPoint> points, Caches caches) {
    return new PriceSection(List.copyOf(points), caches, NodePrice.of(points, caches));
  }

  /// The measured price of a node among so many bytes of nodes; none that rests on a single fork.
  Optional<Interval> node(double footprint) {
    return caches
        .holding(footprint)
        .map(prices::get)
        .filter(price -> price.forks() >= 2)
        .map(NodePrice::walk);
  }

  Page.Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Text(
            "The same search, timed on this host in Java, on trees of different sizes. Beside it a"
                + " plain pointer chase: it follows one reference from node to node through equal"
                + " nodes in the same order, and asks nothing else of them. It is the floor; what"
                + " the walk takes longer is the search."));
    if (points.isEmpty()) {
      blocks.add(new Block.Text("This run has no timed walk, so there is no price and no chart."));
    } else {
      FigureData data = data();
      blocks.add(new Block.Picture(timePerWalk(data), timeMeaning()));
      blocks.add(ratios());
      blocks.add(new Block.Picture(timePerNode(data), nodeMeaning()));
    }
    return new Page.Section("price", "What a visited node costs", blocks);
  }

  private Figure timePerWalk(FigureData data) {
    return figure(
        "time-per-walk",
        "Time per walk against nodes visited",
        new IntervalPlot(
            "nodes visited by one walk",
            Scale.NUMBERS,
            "time per walk",
            Scale.TIME,
            series(WalkPoint::visited, WalkPoint::drawn),
            caches.bands(NODE_BYTES)),
        "Across: nodes visited by one walk, logarithmic; shaded by the smallest cache that holds"
            + " them, 64 bytes each. Up: time of one walk, logarithmic.",
        data);
  }

  private Figure timePerNode(FigureData data) {
    return figure(
        "time-per-node",
        "Price of one visited node by footprint",
        new IntervalPlot(
            "bytes of the visited nodes",
            Scale.BYTES,
            "time per visited node",
            Scale.TIME,
            series(WalkPoint::footprint, WalkPoint::perNode),
            caches.bands(1)),
        "Across: bytes of the nodes that one walk visits, logarithmic; shaded by the smallest cache"
            + " that holds them. Up: time of one visited node, logarithmic.",
        data);
  }

  private Figure figure(
      String name, String title, IntervalPlot plot, String axes, FigureData data) {
    StringBuilder description = new StringBuilder(axes);
    prices.forEach((level, price) ->
        description.append(
            " %s (%s): walk %s ns, chase %s ns a node."
                .formatted(
                    level.label(),
                    caches.range(level),
                    Numbers.interval(price.walk()),
                    Numbers.interval(price.chase()))));
    if (plot.leftOut() > 0) {
      description.append(" Left out, because they have no positive number: ");
      description.append(Numbers.count(plot.leftOut(), "point")).append('.');
    }
    long drawn = plot.series().stream().mapToLong(each -> each.points().size()).sum();
    if (drawn < points.size()) {
      description.append(
          " Drawn are %s of %s points, evenly; the CSV file has all."
              .formatted(Numbers.count(drawn), Numbers.count(points.size())));
    }
    return new Figure(name, title, forks(), description.toString(), data, plot::plot);
  }

  /// `median of 3 forks; bars: 95 % interval`.
  private String forks() {
    int most = points.stream().mapToInt(WalkPoint::forks).max().orElse(0);
    int fewest = points.stream().mapToInt(WalkPoint::forks).min().orElse(0);
    if (most < 2) {
      return "One fork: no interval, not comparable";
    }
    String range = fewest == most ? String.valueOf(most) : fewest + " to " + most;
    return "Median of " + range + " forks, bars: 95 % interval; nodes are hot";
  }

  private List<IntervalPlot.Series> series(
      ToDoubleFunction<WalkPoint> x, Function<WalkPoint, Interval> y) {
    Map<String, List<IntervalPlot.Point>> byKey = new LinkedHashMap<>();
    byKey.put(CHASE, new ArrayList<>());
    for (ResourceWalk walk : ResourceWalk.values()) {
      byKey.put(key(walk), new ArrayList<>());
    }
    for (WalkPoint point : points) {
      byKey
          .computeIfAbsent(point.chase() ? CHASE : key(point.behaviour()), _ -> new ArrayList<>())
          .add(new IntervalPlot.Point(x.applyAsDouble(point), y.apply(point)));
    }
    byKey.values().removeIf(List::isEmpty);
    List<IntervalPlot.Series> series = new ArrayList<>();
    byKey.forEach((key, at) -> {
      series.add(
          new IntervalPlot.Series(
              label(key),
              SeriesStyle.of(key).orElseGet(() -> SeriesStyle.nth(series.size())),
              key.equals(CHASE) ? IntervalPlot.Form.JOINED : IntervalPlot.Form.MARKS,
              thinned(at, MOST_MARKS / byKey.size())));
    });
    return series;
  }

  /// At most so many, evenly over those in the order of x: more cannot be told apart, and make the
  /// page large.
  private static List<IntervalPlot.Point> thinned(List<IntervalPlot.Point> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<IntervalPlot.Point> sorted =
        all.stream().sorted(Comparator.comparingDouble(IntervalPlot.Point::x)).toList();
    List<IntervalPlot.Point> kept = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      kept.add(sorted.get((int) ((long) i * (sorted.size() - 1) / (most - 1))));
    }
    return kept;
  }

  /// Walks that visit the same nodes are one series.
  private static String key(ResourceWalk walk) {
    return walk == ResourceWalk.W3 ? ResourceWalk.W1.key() : walk.key();
  }

  private static String key(String behaviour) {
    return behaviour.equals(ResourceWalk.W3.key()) ? ResourceWalk.W1.key() : behaviour;
  }

  private static String label(String key) {
    for (ResourceWalk walk : ResourceWalk.values()) {
      if (walk.key().equals(key)) {
        return "walk " + VisitsByAddress.label(walk);
      }
    }
    return key.equals(CHASE) ? "pointer chase, the floor" : "walk " + key;
  }

  private FigureData data() {
    List<List<String>> rows = new ArrayList<>();
    for (WalkPoint point : points) {
      rows.add(
          List.of(
              point.chase() ? CHASE : "walk",
              point.tree(),
              point.target(),
              point.behaviour(),
              Numbers.plain(point.visited()).replace(",", ""),
              Numbers.plain(point.footprint()).replace(",", ""),
              String.valueOf(point.forks()),
              point.interval().map(each -> String.valueOf(each.low())).orElse(""),
              String.valueOf(point.nanoseconds()),
              point.interval().map(each -> String.valueOf(each.high())).orElse("")));
    }
    return new FigureData(
        List.of(
            "what",
            "tree",
            "target",
            "search",
            "#nodes visited",
            "#footprint (B)",
            "#forks",
            "#low (ns/walk)",
            "#best (ns/walk)",
            "#high (ns/walk)"),
        rows);
  }

  private Block ratios() {
    List<List<String>> rows = new ArrayList<>();
    for (Caches.Level level : Caches.Level.values()) {
      NodePrice price = prices.get(level);
      String footprint = level.label() + ", " + caches.range(level);
      rows.add(
          price == null
              ? List.of(footprint, "no point here", "no point here", "no point here", "0")
              : List.of(
                  footprint,
                  price.ratio().map(Numbers::interval).orElse("one fork, not comparable"),
                  ns(price.walk(), price.forks()),
                  ns(price.chase(), price.forks()),
                  String.valueOf(price.points())));
    }
    return new Block.Grid(
        "Nanoseconds per visited node, as a ratio to the pointer chase, by the smallest cache that"
            + " holds the visited nodes. [low best high]: best is the median of the points, low and"
            + " high hold the intervals of all of them.",
        new FigureData(
            List.of("footprint", "#ratio walk / chase", "#walk, ns", "#chase, ns", "#points"),
            rows),
        false);
  }

  private static String ns(Interval value, int forks) {
    return forks < 2 ? Numbers.plain(value.best()) : Numbers.interval(value);
  }

  private static String timeMeaning() {
    return "Both axes are logarithmic, so a constant price per node is a straight line of slope"
        + " one; where the points rise faster, nodes come from a farther cache. A mark's"
        + " height above the grey line is the search itself.";
  }

  private static String nodeMeaning() {
    return "The same numbers divided by the nodes visited: what one node costs, from the first"
        + " cache to memory.";
  }
}
