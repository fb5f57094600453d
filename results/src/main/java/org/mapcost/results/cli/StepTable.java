package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Price;

/// The steps of a script as a table: what each counted, what it costs, and all of them together.
///
/// People get the counts that tell a step apart, under short names; spreadsheets get every event
/// that occurs, under its own.
final class StepTable {
  /// A step.
  ///
  /// @param op the operation
  /// @param words what is told of it besides counts, one cell for each column of words
  /// @param ledger its counts
  /// @param estimate its price
  record Step(String op, List<Object> words, Ledger ledger, Optional<Estimate> estimate) {}

  /// A short column.
  private record Counted(String name, ToLongFunction<Ledger> count) {
    static Counted of(String name, Event event) {
      return new Counted(name, ledger -> ledger.total(event));
    }
  }

  private static final List<Counted> SHORT =
      List.of(
          Counted.of("passes", Event.CPA_CALL),
          Counted.of("splits", Event.DIRECT_MAP_SPLIT),
          Counted.of("lines flushed", Event.CLFLUSH_LINE),
          Counted.of("wbinvd", Event.WBINVD),
          new Counted(
              "TLB rounds",
              ledger -> ledger.total(Event.TLB_ROUND_RANGED) + ledger.total(Event.TLB_ROUND_FULL)),
          Counted.of("IPIs", Event.IPI),
          Counted.of("tree walks", Event.RESOURCE_WALK),
          Counted.of("pages cleared", Event.PAGE_CLEAR),
          Counted.of("pool hits", Event.POOL_HIT),
          Counted.of("misses", Event.POOL_MISS));

  private final List<String> wordColumns;
  private final List<Step> steps = new ArrayList<>();

  /// @param wordColumns the names of what is told besides counts
  StepTable(String... wordColumns) {
    this.wordColumns = List.of(wordColumns);
  }

  void add(Step step) {
    steps.add(step);
  }

  private boolean priced() {
    return steps.stream().anyMatch(step -> step.estimate.isPresent());
  }

  /// For people: a line for each step, and one for their sum.
  private Table forPeople() {
    List<Counted> counted = SHORT.stream().filter(column -> total(column.count) > 0).toList();
    Table table =
        new Table(
            names(
                counted.stream().map(Counted::name).toList(),
                List.of("caller", "stolen from others")));
    for (Step step : steps) {
      List<Object> cells = new ArrayList<>(List.of(step.op.strip()));
      cells.addAll(step.words);
      counted.forEach(column -> cells.add(column.count.applyAsLong(step.ledger)));
      step.estimate.map(Estimate::total).ifPresent(price -> times(cells, price));
      table.row(cells.toArray());
    }
    List<Object> sum = new ArrayList<>(List.of("total"));
    wordColumns.forEach(name -> sum.add(""));
    counted.forEach(column -> sum.add(total(column.count)));
    if (priced()) {
      times(sum, totalPrice());
    }
    return table.row(sum.toArray());
  }

  private static void times(List<Object> cells, Price price) {
    cells.add(Bill.time(price.caller()));
    cells.add(Bill.time(price.stolen()));
  }

  /// For spreadsheets: every event that occurs, and the three ends of each price.
  private Table complete() {
    List<Event> events =
        Arrays.stream(Event.values())
            .filter(event -> total(ledger -> ledger.total(event)) > 0)
            .toList();
    List<String> ends =
        List.of(
            "caller_ns_low",
            "caller_ns_best",
            "caller_ns_high",
            "stolen_ns_low",
            "stolen_ns_best",
            "stolen_ns_high");
    Table table = new Table(names(events.stream().map(Event::key).toList(), ends));
    for (Step step : steps) {
      List<Object> cells = new ArrayList<>(List.of(step.op));
      cells.addAll(step.words);
      events.forEach(event -> cells.add(step.ledger.total(event)));
      step.estimate
          .map(Estimate::total)
          .ifPresent(price -> {
            cells.addAll(Json.interval(price.caller()));
            cells.addAll(Json.interval(price.stolen()));
          });
      table.row(cells.toArray());
    }
    return table;
  }

  /// In any format but JSON; for people with what the prices rest on.
  void print(OutputFormat format, PrintWriter out) {
    switch (format) {
      case JSON -> {}
      case CSV, MARKDOWN -> complete().print(format, out);
      case TABLE -> {
        forPeople().print(format, out);
        out.println();
        String unsourced = Bill.unsourced(totalPrice());
        if (!unsourced.isEmpty()) {
          out.println(unsourced);
        }
      }
    }
  }

  private String[] names(List<String> counted, List<String> prices) {
    List<String> names = new ArrayList<>(List.of("operation"));
    names.addAll(wordColumns);
    names.addAll(counted);
    if (priced()) {
      names.addAll(prices);
    }
    return names.toArray(String[]::new);
  }

  private long total(ToLongFunction<Ledger> count) {
    return steps.stream().mapToLong(step -> count.applyAsLong(step.ledger)).sum();
  }

  private Price totalPrice() {
    return steps.stream()
        .flatMap(step -> step.estimate.map(Estimate::total).stream())
        .reduce(Price.FREE, Price::plus);
  }
}
