package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Comparison;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Pages;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;

/// What a buffer of VRAM costs its caller under each strategy, by the size of the buffer.
final class CostBySize {
  private static final List<String> STRATEGIES =
      List.of(
          "vm-insert-pfn",
          "ttm-fault",
          "ttm-fault-range-lookup",
          "ttm-fault-io-mapping",
          "io-mapping",
          "free");

  /// 256 MiB.
  private static final long MOST_PAGES = 1 << 16;

  /// From one size to the next.
  private static final long STEP = 4;

  /// By which factor marks of one size stand apart.
  private static final double APART = Math.pow(2, 0.22);

  private final List<IntervalPlot.Series> series = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final ReportScenario buffers;
  private final MachinePrices prices = ReportScenario.prices();
  private Provenance provenance = Provenance.NOTHING;

  private CostBySize(ReportScenario buffers) {
    this.buffers = buffers;
  }

  /// The chart on a tree's largest BAR; empty where the tree has none.
  static Optional<Block> picture(ResourceTree tree, String where) {
    return ReportScenario.of(tree, Memory.VRAM)
        .map(buffers -> new CostBySize(buffers).picture(where));
  }

  private Block picture(String where) {
    for (String name : STRATEGIES) {
      add(Strategies.named(name));
    }
    IntervalPlot plot =
        new IntervalPlot(
            "size of the buffer",
            Scale.BYTES,
            "caller's time for the buffer",
            Scale.TIME,
            series,
            List.of());
    return new Block.Picture(
        new Figure(
            "cost-by-size",
            "Cost of a VRAM buffer by its size",
            "Modelled: %s, kernel %s, write-combining, touched in order; bars: [low high]"
                .formatted(ReportScenario.MACHINE, ModelSection.KERNEL),
            "Across: size of the buffer, logarithmic. Up: the caller's time, logarithmic. At the"
                + " largest size: "
                + ModelChart.ends(series)
                + "."
                + ModelChart.leftOut(plot.leftOut()),
            new FigureData(
                List.of(
                    "strategy",
                    "#buffer (bytes)",
                    "#caller low (ns)",
                    "#caller best (ns)",
                    "#caller high (ns)"),
                rows),
            plot::plot),
        "What the caller waits from the first fault to the buffer's end, the driver's load left"
            + " out; at the start of the largest BAR of "
            + where
            + ", "
            + Scale.size(buffers.mostPages() * Pages.PAGE_SIZE)
            + ". Marks of one size stand side by side so that their bars can be told apart. Costs"
            + " dip where more than 33 pages are unmapped: they are flushed from the TLB in one go,"
            + " fewer one by one."
            + ModelChart.unsourced(provenance));
  }

  private void add(Strategy strategy) {
    double aside = Math.pow(APART, series.size() - (STRATEGIES.size() - 1) / 2.0);
    List<IntervalPlot.Point> points = new ArrayList<>();
    for (long pages = 1; pages <= Math.min(MOST_PAGES, buffers.mostPages()); pages *= STEP) {
      Interval caller = caller(strategy, pages);
      double bytes = (double) pages * Pages.PAGE_SIZE;
      points.add(new IntervalPlot.Point(bytes * aside, caller));
      List<String> row =
          new ArrayList<>(List.of(strategy.name(), Numbers.count(pages * Pages.PAGE_SIZE)));
      row.addAll(ModelChart.cells(caller));
      rows.add(row);
    }
    series.add(
        new IntervalPlot.Series(
            strategy.name(),
            ModelChart.style(strategy.name(), series.size()),
            IntervalPlot.Form.JOINED,
            points));
  }

  private Interval caller(Strategy strategy, long pages) {
    Scenario scenario = buffers.buffer(pages);
    BufferLife life = BufferLife.of(strategy, scenario);
    Comparison.Entry entry =
        new Comparison.Entry(
            strategy,
            life,
            prices.price(life.first(), Conditions.USUAL),
            prices.price(life.steady(), Conditions.USUAL),
            1,
            List.of());
    provenance = provenance.and(entry.first().total().provenance());
    return entry.caller();
  }
}
