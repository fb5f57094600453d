package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.Crossovers;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Outcome;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import org.mapcost.model.whatif.Sweep.Point;
import org.mapcost.results.figure.CrossoverMap;
import org.mapcost.results.figure.Picture;
import org.mapcost.results.figure.SweepPicture;

/// What `whatif` prints: the points, the crossovers and the answer in sentences.
final class WhatifReport {
  /// With so many strategies each has a column of its own.
  private static final int COLUMNS = 5;

  private final Sweep sweep;
  private final Measure measure;
  private final List<Point> points;
  private final PlatformTree tree;
  private final Provenance provenance;
  private final WhatifAnswer answer;

  private WhatifReport(
      Sweep sweep,
      Measure measure,
      List<Point> points,
      PlatformTree tree,
      Provenance provenance,
      WhatifAnswer answer) {
    this.sweep = sweep;
    this.measure = measure;
    this.points = points;
    this.tree = tree;
    this.provenance = provenance;
    this.answer = answer;
  }

  static WhatifReport of(Sweep asked, SweepOptions options, String baseline, PlatformTree tree) {
    Measure measure = options.measure();
    List<Point> points = points(asked);
    // Strategies that serve at no point are told once and have no columns.
    Sweep sweep = asked.serving();
    Optional<Crossovers> crossovers =
        sweep.ranges().size() == 1
                && sweep.ranges().getFirst().numeric()
                && sweep.contestants().size() > 1
            ? Optional.of(Crossovers.of(sweep, measure, points, options.draws, options.seed))
            : Optional.empty();
    return new WhatifReport(
        sweep,
        measure,
        points,
        tree,
        provenance(sweep, points),
        new WhatifAnswer(sweep, measure, points, crossovers, options.draws, baseline));
  }

  /// Prints the points alone, as CSV, without working out what they answer.
  static void printPoints(Sweep asked, PrintWriter out) {
    Sweep sweep = asked.serving();
    out.print(SweepRows.header(sweep));
    new SweepBlocks(sweep).of(0, sweep.size()).forEach(out::print);
  }

  private static List<Point> points(Sweep sweep) {
    return LongStream.range(0, sweep.size()).parallel().mapToObj(sweep::point).toList();
  }

  private static Provenance provenance(Sweep sweep, List<Point> points) {
    Provenance all = Provenance.NOTHING;
    for (Point point : List.of(points.getFirst(), points.getLast())) {
      Setup setup = sweep.setup(point.index());
      for (Strategy strategy : sweep.strategies()) {
        if (point.cost(strategy).isPresent()) {
          all = all.and(sweep.costs().provenance(strategy, setup));
        }
      }
    }
    return all;
  }

  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case JSON -> out.println(Json.line(json()));
      case CSV -> printPoints(sweep, out);
      case MARKDOWN -> table().print(format, out);
      case TABLE -> {
        table().print(format, out);
        out.println();
        answer.sentences().forEach(out::println);
        out.println();
        out.println(footer());
      }
    }
  }

  /// The points as a chart: curves along one key, a map of winners over two.
  Picture picture() {
    return sweep.ranges().size() == 1
        ? SweepPicture.of(sweep, points, measure, answer.sentences().getFirst())
        : CrossoverMap.of(sweep, measure, tree.describe());
  }

  private Table table() {
    List<String> columns = new ArrayList<>();
    sweep.ranges().forEach(range -> columns.add(range.key().name()));
    boolean compared = sweep.strategies().size() > 1;
    if (compared) {
      columns.add("cheapest");
    }
    boolean each = sweep.strategies().size() <= COLUMNS;
    if (each) {
      sweep.strategies().forEach(strategy -> columns.add(strategy.name()));
    } else {
      columns.addAll(List.of("it costs", "next", "which costs"));
    }
    if (compared) {
      columns.add("sure");
    }
    Table table = new Table(columns.toArray(String[]::new));
    for (Point point : points) {
      table.row(row(point, each).toArray());
    }
    return table;
  }

  private List<Object> row(Point point, boolean each) {
    List<Object> row = new ArrayList<>(values(point));
    List<Strategy> ranked = answer.ranked(point);
    if (sweep.strategies().size() == 1) {
      row.add(cost(point, sweep.strategies().getFirst()));
      return row;
    }
    row.add(ranked.isEmpty() ? "none" : ranked.getFirst().name());
    if (each) {
      sweep.strategies().forEach(strategy -> row.add(cost(point, strategy)));
    } else {
      row.add(ranked.isEmpty() ? "-" : cost(point, ranked.getFirst()));
      row.add(ranked.size() < 2 ? "-" : ranked.get(1).name());
      row.add(ranked.size() < 2 ? "-" : cost(point, ranked.get(1)));
    }
    row.add(ranked.size() < 2 ? "-" : answer.sure(point, ranked) ? "yes" : "tie");
    return row;
  }

  private List<String> values(Point point) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < sweep.ranges().size(); i++) {
      Range range = sweep.ranges().get(i);
      values.add(Shown.value(range, sweep.place(point.index(), i)));
    }
    return values;
  }

  private String cost(Point point, Strategy strategy) {
    return point
        .cost(strategy)
        .map(cost -> {
          String time = Bill.time(measure.time(cost).interval());
          return cost.mode() == sweep.setup(point.index()).mode()
              ? time
              : time + " " + cost.mode().key();
        })
        .orElse("-");
  }

  private String footer() {
    Setup base = sweep.base();
    String unsourced =
        provenance.restsOnNone()
            ? "%nRests on values without a published source, given wide: %s."
                .formatted(String.join(", ", new TreeSet<>(provenance.unsourced())))
            : "";
    return "%s; %s, %s, asked for %s, on %s with %d CPUs, kernel %s.%nTree: %s. Times are [low best high]%s.%s"
        .formatted(
            measure.words(),
            Shown.size(base.pages()),
            base.memory().key(),
            base.mode().key(),
            base.machine().name(),
            base.machine().cpus(),
            base.kernel().label(),
            tree.describe(),
            sweep.strategies().size() > 1 ? "; 'sure' compares with errors that both share" : "",
            unsourced);
  }

  private Map<String, Object> json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/whatif/1");
    object.put("machine", sweep.base().machine().name());
    object.put("kernel", sweep.base().kernel().label());
    object.put("iomem", tree.describe());
    object.put("measure", measure.key());
    object.put(
        "vary",
        sweep.ranges().stream()
            .map(range ->
                Json.object(
                    "key",
                    range.key().name(),
                    "unit",
                    range.unit(),
                    "today",
                    range.key().today().apply(sweep.base()),
                    "values",
                    LongStream.range(0, range.size()).mapToObj(range::text).toList()))
            .toList());
    object.put("points", points.stream().map(this::json).toList());
    object.put("crossovers", answer.crossoversJson());
    object.put("answer", answer.sentences());
    object.put("sources", provenance.sources());
    object.put("rests_on_none", provenance.restsOnNone());
    object.put("unsourced", provenance.unsourced());
    return object;
  }

  private Map<String, Object> json(Point point) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("values", point.values());
    List<Strategy> ranked = answer.ranked(point);
    object.put("ranked", ranked.stream().map(Strategy::name).collect(Collectors.toList()));
    object.put("sure", ranked.size() > 1 && answer.sure(point, ranked));
    Map<String, Object> strategies = new LinkedHashMap<>();
    point
        .outcomes()
        .forEach((strategy, outcome) ->
            strategies.put(
                strategy.name(),
                switch (outcome) {
                  case Outcome.Refused refused ->
                      Json.object("applicable", false, "reason", refused.reason());
                  case Outcome.Cost cost ->
                      Json.object(
                          "applicable", true,
                          "effective_mode", cost.mode().key(),
                          "caller_ns", Json.interval(cost.first().caller()),
                          "stolen_ns", Json.interval(cost.first().stolen()),
                          "later_caller_ns", Json.interval(cost.later().caller()),
                          "later_stolen_ns", Json.interval(cost.later().stolen()),
                          "load_ns", Json.interval(cost.load().caller()));
                }));
    object.put("strategies", strategies);
    return object;
  }
}
