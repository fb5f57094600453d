package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.Traits;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Outcome;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.RowPlot;
import org.mapcost.results.chart.Scale;

/// What the kernel's calls that insert pages into a mapping cost, of device memory and of RAM, and
/// what each permits.
public final class InsertionCalls {
  /// Strategies that are one call each.
  private static final List<String> CALLS =
      List.of("vm-insert-pfn", "vm-insert-mixed", "vm-insert-page", "remap-pfn-range");

  /// A value that no logarithmic axis shows.
  private static final Interval NOTHING = Interval.ZERO;

  private final List<Setting> settings;
  private final Costs costs = new Costs(Set.of());
  private final List<List<String>> cells = new ArrayList<>();
  private Provenance provenance = Provenance.NOTHING;

  private InsertionCalls(List<Setting> settings) {
    this.settings = settings;
  }

  /// The chart.
  ///
  /// @param vram a buffer of device memory
  /// @param ram a buffer of RAM on the same machine and kernel
  public static Picture of(Setting vram, Setting ram) {
    return new InsertionCalls(List.of(vram, ram)).picture();
  }

  private Picture picture() {
    List<RowPlot.Row> rows = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String name : CALLS) {
      Strategy call = Strategies.named(name);
      Traits traits = call.traits(settings.getFirst().kernel());
      List<Interval> values = settings.stream().map(setting -> perPage(call, setting)).toList();
      String pinned = "get_user_pages: " + traits.getUserPages();
      String copied = "private mapping: " + traits.copyOnWrite();
      rows.add(
          new RowPlot.Row(
              name.replace('-', '_'),
              ModelChart.style(name, rows.size()),
              values,
              List.of(pinned, copied)));
      words.add(
          "%s: %s; %s; %s"
              .formatted(
                  name,
                  IntStream.range(0, values.size())
                      .filter(i -> values.get(i).best() > 0)
                      .mapToObj(i -> memory(settings.get(i)) + " " + Numbers.time(values.get(i)))
                      .collect(Collectors.joining(", ")),
                  pinned,
                  copied));
      for (int i = 0; i < values.size(); i++) {
        List<String> row =
            new ArrayList<>(
                List.of(
                    name, memory(settings.get(i)), traits.getUserPages(), traits.copyOnWrite()));
        boolean served = values.get(i).best() > 0;
        row.addAll(served ? ModelChart.cells(values.get(i)) : List.of("", "", ""));
        cells.add(row);
      }
    }
    RowPlot plot =
        new RowPlot(
            "the caller's time for one page",
            Scale.TIME,
            settings.stream().map(InsertionCalls::measure).toList(),
            rows);
    return new Picture(
        new Figure(
            "insertion-calls",
            "What each insertion call costs, and what it permits",
            "Modelled: %s; bars: [low high]".formatted(settings.getFirst().platform()),
            "Rows: calls. Across: the caller's time for one page, logarithmic. "
                + String.join(". ", words)
                + ".",
            new FigureData(
                List.of(
                    "call",
                    "memory",
                    "get_user_pages",
                    "private writable mapping",
                    "#low (ns)",
                    "#best (ns)",
                    "#high (ns)"),
                cells),
            plot::plot),
        "From the buffer's allocation to its end, the driver's load left out, divided by its pages;"
            + " on the tree of "
            + settings.getFirst().where()
            + ". The first three insert one page a fault, remap_pfn_range all of them at mmap,"
            + " which needs pages in a row. vm_insert_page takes no device memory, for it needs"
            + " struct pages. Below each row stands what becomes of a pin and of a private writable"
            + " mapping."
            + ModelChart.unsourced(provenance));
  }

  private Interval perPage(Strategy call, Setting setting) {
    long pages = setting.scenario().pages();
    Outcome outcome = costs.of(call, setting.setup(pages));
    if (outcome instanceof Outcome.Cost cost) {
      provenance = provenance.and(costs.provenance(call, setting.setup(pages)));
      return cost.first().caller().times(1.0 / pages);
    }
    return NOTHING;
  }

  private static String memory(Setting setting) {
    return setting.scenario().memory().key().toUpperCase(Locale.ROOT);
  }

  private static String measure(Setting setting) {
    return "%s of %s, %s"
        .formatted(
            Scale.size(setting.scenario().pages() * Pages.PAGE_SIZE),
            setting.scenario().memory() == Memory.RAM ? "RAM" : "device memory (VRAM)",
            setting.scenario().mode().description());
  }
}
