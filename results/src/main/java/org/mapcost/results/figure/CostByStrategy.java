package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.strategy.Comparison;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.units.Pages;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.RowPlot;
import org.mapcost.results.chart.Scale;

/// What one page of a buffer costs under every strategy that serves it: who waits, and who is
/// interrupted.
public final class CostByStrategy {
  private final Setting setting;
  private final Scenario scenario;
  private final List<Comparison.Entry> ranked;
  private final List<Comparison.Entry> otherModes;
  private Provenance provenance = Provenance.NOTHING;

  private CostByStrategy(Setting setting, Comparison comparison) {
    this.setting = setting;
    this.scenario = setting.scenario();
    List<Comparison.Entry> entries = comparison.entries();
    this.ranked = entries.stream().filter(each -> each.effectiveMode() == scenario.mode()).toList();
    this.otherModes =
        entries.stream().filter(each -> each.effectiveMode() != scenario.mode()).toList();
  }

  /// The chart of a buffer.
  ///
  /// @throws InputException where no mapping gets the caching mode that is asked for
  public static Picture of(Setting setting) {
    return of(setting, Comparison.of(setting.scenario(), setting.prices(), Conditions.USUAL));
  }

  /// The chart of a comparison that was made before, or of a part of it.
  public static Picture of(Setting setting, Comparison comparison) {
    CostByStrategy chart = new CostByStrategy(setting, comparison);
    if (chart.ranked.isEmpty()) {
      throw new InputException(
          "no chart of cost by strategy: no mapping of such a buffer ends up "
              + setting.scenario().mode().description()
              + "; ask for another --mode, or another memory.");
    }
    return chart.picture();
  }

  private Picture picture() {
    List<RowPlot.Row> rows = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    boolean later = ranked.stream().anyMatch(each -> !each.steadyCaller().equals(each.caller()));
    boolean stolen = ranked.stream().anyMatch(each -> each.stolen().high() > 0);
    for (Comparison.Entry entry : ranked) {
      List<Interval> values = new ArrayList<>(List.of(perPage(entry.caller())));
      if (later || stolen) {
        values.add(perPage(entry.stolen()));
      }
      if (later) {
        values.add(perPage(entry.steadyCaller()));
      }
      String name = entry.strategy().name();
      rows.add(new RowPlot.Row(name, ModelChart.style(name, rows.size()), values));
      provenance = provenance.and(entry.first().total().provenance());
      addCells(cells, name, "caller, first buffer", entry.caller());
      addCells(cells, name, "stolen, first buffer", entry.stolen());
      addCells(cells, name, "caller, later buffer", entry.steadyCaller());
      addCells(cells, name, "stolen, later buffer", entry.steadyStolen());
    }
    List<String> measures = new ArrayList<>(List.of("the caller waits, first buffer"));
    if (later || stolen) {
      measures.add("other CPUs lose together");
    }
    if (later) {
      measures.add("the caller waits, later buffers");
    }
    String across = later || stolen ? "time for one page" : "the caller's time for one page";
    RowPlot plot = new RowPlot(across, Scale.TIME, measures, rows);
    return new Picture(
        new Figure(
            "cost-by-strategy-" + scenario.memory().key(),
            "Cost of a page of %s, by strategy"
                .formatted(scenario.memory().key().toUpperCase(Locale.ROOT)),
            "Modelled: %s, a buffer of %s, effective mode %s; bars: [low high]"
                .formatted(
                    setting.platform(),
                    Scale.size(scenario.pages() * Pages.PAGE_SIZE),
                    scenario.mode().key()),
            description(plot),
            new FigureData(
                List.of("strategy", "who pays, when", "#low (ns)", "#best (ns)", "#high (ns)"),
                cells),
            plot::plot),
        meaning());
  }

  private void addCells(List<List<String>> cells, String name, String what, Interval buffer) {
    List<String> row = new ArrayList<>(List.of(name, what));
    row.addAll(ModelChart.cells(perPage(buffer)));
    cells.add(row);
  }

  private Interval perPage(Interval buffer) {
    return buffer.times(1.0 / scenario.pages());
  }

  private String meaning() {
    StringBuilder text =
        new StringBuilder(
            "From the buffer's allocation to its end, the driver's load left out, divided by its "
                + Numbers.count(scenario.pages(), "page")
                + "; on the tree of "
                + setting.where()
                + ". The cheapest by its best value stands on top; where bars overlap, the order is"
                + " open. 'free' and 'everything' are bounds of mapping 4 KiB pages, not ways to"
                + " map; a huge entry maps 512 pages at once and can lie below.");
    if (!otherModes.isEmpty()) {
      text.append(" Not shown, because their mappings end up in another caching mode: ")
          .append(
              otherModes.stream()
                  .map(each -> each.strategy().name() + " (" + each.effectiveMode().key() + ")")
                  .collect(Collectors.joining(", ")))
          .append('.');
    }
    return text.append(ModelChart.unsourced(provenance)).toString();
  }

  private String description(RowPlot plot) {
    return "Rows: strategies, the cheapest first. Across: time for one page, logarithmic. What the"
        + " caller waits for a page of the first buffer: "
        + ranked.stream()
            .map(each -> each.strategy().name() + " " + Numbers.time(perPage(each.caller())))
            .collect(Collectors.joining(", "))
        + "."
        + ModelChart.leftOut(plot.leftOut());
  }
}
