package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.SimulatedCrossings;
import org.mapcost.model.whatif.SimulatedCrossings.Crossing;
import org.mapcost.model.whatif.SimulatedOutcome;
import org.mapcost.model.whatif.SimulatedSetup;
import org.mapcost.model.whatif.SimulatedSetup.Axis;
import org.mapcost.model.whatif.SimulatedSweep;
import org.mapcost.model.whatif.SimulatedSweep.Point;
import org.mapcost.results.figure.Picture;
import org.mapcost.results.figure.SimulatedPicture;

/// What `whatif` prints of a workload: the points, where the best changes and the answer in
/// sentences.
final class SimulatedReport {
  private final SimulatedSweep sweep;
  private final List<Point> points;
  private final Optional<List<Crossing>> crossings;
  private final SimulatedAnswer answer;

  private SimulatedReport(
      SimulatedSweep sweep,
      List<Point> points,
      Optional<List<Crossing>> crossings,
      SimulatedAnswer answer) {
    this.sweep = sweep;
    this.points = points;
    this.crossings = crossings;
    this.answer = answer;
  }

  /// Simulates all of it. Throws [InputException] where no strategy has a figure anywhere.
  ///
  /// @param baseline against whom the gain is told
  static SimulatedReport of(SimulatedSweep sweep, String baseline, SimulatedProgress progress) {
    List<Point> points = new ArrayList<>(sweep.points(0, 1, progress));
    points.addAll(sweep.points(1, sweep.size(), progress));
    if (points.stream().allMatch(point -> sweep.ranked(point).isEmpty())) {
      SimulatedOutcome outcome = points.getFirst().outcomes().values().iterator().next();
      throw new InputException(
          "no strategy has a figure at any of these points: "
              + (outcome instanceof SimulatedOutcome.Refused(String reason) ? reason : ""));
    }
    Optional<List<Crossing>> crossings =
        SimulatedCrossings.of(sweep)
            ? Optional.of(
                SimulatedCrossings.in(
                    sweep, points, () -> progress.further("looking where the best changes")))
            : Optional.empty();
    return new SimulatedReport(
        sweep,
        points,
        crossings,
        new SimulatedAnswer(sweep, points, crossings, sweep.today(), baseline));
  }

  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case JSON -> out.println(Json.line(json()));
      case CSV -> data().print(format, out);
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

  /// The points of one key as a chart.
  Picture picture() {
    return SimulatedPicture.of(sweep, points, answer.sentences().getFirst());
  }

  private Table table() {
    List<String> columns = new ArrayList<>();
    sweep.axes().forEach(axis -> columns.add(axis.range().key().name()));
    List<Strategy> serving = answer.serving();
    if (serving.size() > 1) {
      columns.add("best");
    }
    serving.forEach(strategy -> columns.add(strategy.name()));
    if (serving.size() > 1) {
      columns.add("sure");
    }
    Table table = new Table(columns.toArray(String[]::new));
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      List<Object> row = new ArrayList<>();
      for (int axis = 0; axis < sweep.axes().size(); axis++) {
        row.add(Shown.value(sweep.axes().get(axis).range(), sweep.place(i, axis)));
      }
      List<Strategy> ranked = sweep.ranked(point);
      if (serving.size() > 1) {
        row.add(ranked.isEmpty() ? "none" : ranked.getFirst().name());
      }
      for (Strategy strategy : serving) {
        row.add(point.value(strategy).map(value -> answer.shown(value.interval())).orElse("-"));
      }
      if (serving.size() > 1) {
        row.add(answer.sure(point));
      }
      table.row(row.toArray());
    }
    return table;
  }

  private static String column(Range range) {
    return range.key().name() + (range.unit().isEmpty() ? "" : " (" + range.unit() + ")");
  }

  /// One row for each point and strategy; numbers have a point and no unit.
  private Table data() {
    List<String> columns = new ArrayList<>();
    sweep.axes().forEach(axis -> columns.add(column(axis.range())));
    String unit = sweep.measure().unit().equals("ns") ? "_ns" : "_per_s";
    columns.addAll(List.of("strategy", "measure"));
    for (String each : List.of("low", "best", "high", "chance_low", "chance_high")) {
      columns.add(each + unit);
    }
    columns.add("refused");
    Table table = new Table(columns.toArray(String[]::new));
    for (int i = 0; i < points.size(); i++) {
      for (Strategy strategy : sweep.strategies()) {
        List<Object> row = new ArrayList<>();
        for (int axis = 0; axis < sweep.axes().size(); axis++) {
          Range range = sweep.axes().get(axis).range();
          long place = sweep.place(i, axis);
          row.add(range.numeric() ? Json.rounded(range.number(place)) : range.text(place));
        }
        row.addAll(List.of(strategy.name(), sweep.measure().key()));
        row.addAll(cells(points.get(i).outcomes().get(strategy)));
        table.row(row.toArray());
      }
    }
    return table;
  }

  private static List<Object> cells(@org.jspecify.annotations.Nullable SimulatedOutcome outcome) {
    return switch (outcome) {
      case SimulatedOutcome.Value value -> {
        Interval all = value.interval();
        Interval chance = value.chance();
        yield List.of(
            Json.rounded(all.low()),
            Json.rounded(all.best()),
            Json.rounded(all.high()),
            Json.rounded(chance.low()),
            Json.rounded(chance.high()),
            "");
      }
      case SimulatedOutcome.Refused refused -> List.of("", "", "", "", "", refused.reason());
      case null -> List.of("", "", "", "", "", "");
    };
  }

  private String footer() {
    SimulatedSetup base = sweep.base();
    return ("%s under %s, %s simulated, on %s with %d CPUs, kernel %s.%nEach figure: %d seeds at"
            + " the best prices, and %d possible worlds with a seed and every price within its"
            + " interval.%n[lowest world, all seeds at the best prices, highest world]; 'sure':"
            + " better than the next in every world.")
        .formatted(
            capital(sweep.measure().words()),
            base.workload().name(),
            new Nanoseconds(base.workload().duration()),
            base.setup().machine().name(),
            base.setup().machine().cpus(),
            base.setup().kernel().label(),
            sweep.replications(),
            sweep.replications());
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private Map<String, Object> json() {
    SimulatedSetup base = sweep.base();
    return Json.object(
        "schema",
        "mapcost/whatif-workload/1",
        "workload",
        base.workload().name(),
        "machine",
        base.setup().machine().name(),
        "kernel",
        base.setup().kernel().label(),
        "measure",
        sweep.measure().key(),
        "unit",
        sweep.measure().unit(),
        "replications",
        sweep.replications(),
        "seed",
        base.workload().seed(),
        "vary",
        sweep.axes().stream().map(this::json).toList(),
        "points",
        points.stream().map(this::json).toList(),
        "crossovers",
        crossings.orElse(List.of()).stream().map(SimulatedReport::json).toList(),
        "answer",
        answer.sentences());
  }

  private Map<String, Object> json(Axis axis) {
    return Json.object(
        "key", axis.range().key().name(),
        "unit", axis.range().unit(),
        "today", axis.today(sweep.base()),
        "values", LongStream.range(0, axis.range().size()).mapToObj(axis.range()::text).toList());
  }

  private static Map<String, Object> json(Crossing each) {
    return Json.object(
        "before", each.before().name(),
        "after", each.after().name(),
        "from", each.from(),
        "to", each.to(),
        "low", finite(each.low()),
        "high", finite(each.high()));
  }

  /// A number, or `below` and `above` for what lies outside the range.
  private static Object finite(double end) {
    if (Double.isFinite(end)) {
      return end;
    }
    return end < 0 ? "below" : "above";
  }

  private Map<String, Object> json(Point point) {
    Map<String, Object> strategies = new LinkedHashMap<>();
    point
        .outcomes()
        .forEach((strategy, outcome) ->
            strategies.put(
                strategy.name(),
                switch (outcome) {
                  case SimulatedOutcome.Refused refused ->
                      Json.object("applicable", false, "reason", refused.reason());
                  case SimulatedOutcome.Value value ->
                      Json.object(
                          "applicable",
                          true,
                          "value",
                          Json.interval(value.interval()),
                          "chance",
                          Json.interval(value.chance()));
                }));
    return Json.object(
        "values", point.values(),
        "ranked", sweep.ranked(point).stream().map(Strategy::name).toList(),
        "sure", answer.sure(point).equals("yes"),
        "strategies", strategies);
  }
}
