package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Pages;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Outcome;
import org.mapcost.model.whatif.Setup;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;

/// What a buffer costs its caller under each strategy, by the size of the buffer.
public final class CostBySize {
  /// The strategies of a buffer of VRAM that are drawn when nobody names any.
  public static final List<String> TELLING =
      List.of(
          "vm-insert-pfn",
          "ttm-fault",
          "ttm-fault-range-lookup",
          "ttm-fault-io-mapping",
          "io-mapping",
          "free");

  /// The same of a buffer of RAM.
  public static final List<String> TELLING_RAM =
      List.of(
          "vm-insert-pfn",
          "vm-insert-page",
          "ttm-fault",
          "ttm-fault-range-lookup",
          "shmem-fault",
          "remap-pfn-range",
          "free");

  /// 256 MiB.
  private static final long MOST_PAGES = 1 << 16;

  /// From one size to the next.
  private static final long STEP = 4;

  private final List<IntervalPlot.Series> series = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> endsEarly = new ArrayList<>();
  private final Setting setting;
  private final List<Strategy> strategies;
  private final double apart;
  private final Costs costs;
  private Provenance provenance = Provenance.NOTHING;

  private CostBySize(Setting setting, List<Strategy> strategies, Costs costs) {
    this.setting = setting;
    this.strategies = strategies;
    this.apart = Math.pow(2, 0.5 / Math.max(4, strategies.size()));
    this.costs = costs;
  }

  /// The chart from one page up to 256 MiB, as far as the setting's memory reaches.
  ///
  /// @param names the strategies to draw; those that refuse such a buffer are left out
  /// @throws InputException where no strategy is left
  public static Picture of(Setting setting, List<String> names) {
    return of(setting, names, new Costs(Set.of()));
  }

  /// The same with costs that were worked out before.
  public static Picture of(Setting setting, List<String> names, Costs costs) {
    List<Strategy> serving = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (String name : names) {
      Strategy strategy = Strategies.named(name);
      strategy
          .refuses(setting.buffer(1))
          .ifPresentOrElse(
              reason -> refused.add(name + " (" + reason + ")"), () -> serving.add(strategy));
    }
    if (serving.isEmpty()) {
      throw new InputException(
          "no chart of cost by size: " + String.join(", ", refused) + "; name another strategy.");
    }
    return new CostBySize(setting, serving, costs).picture(refused);
  }

  private Picture picture(List<String> refused) {
    strategies.forEach(this::add);
    String memory = setting.scenario().memory().key().toUpperCase(Locale.ROOT);
    IntervalPlot plot =
        new IntervalPlot(
            "size of the buffer",
            Scale.BYTES,
            "caller's time for the buffer",
            Scale.TIME,
            series,
            List.of());
    return new Picture(
        new Figure(
            "cost-by-size",
            "Cost of a buffer of " + memory + " by its size",
            "Modelled: %s, %s; bars, side by side: [low high]"
                .formatted(setting.platform(), setting.buffers()),
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
        "What the caller waits from the buffer's allocation to its end, the driver's load left"
            + " out; on the tree of "
            + setting.where()
            + ", from "
            + setting.scenario().at()
            + " on. Marks of one size stand side by side so that their bars can be told apart."
            + " Costs dip where more than 33 pages are unmapped: they are flushed from the TLB in"
            + " one go, fewer one by one."
            + (endsEarly.isEmpty()
                ? ""
                : " Lines that end early: larger buffers are not served by "
                    + String.join(", ", endsEarly)
                    + ".")
            + (refused.isEmpty() ? "" : " Not drawn: " + String.join(", ", refused) + ".")
            + ModelChart.unsourced(provenance));
  }

  private void add(Strategy strategy) {
    double aside = Math.pow(apart, series.size() - (strategies.size() - 1) / 2.0);
    List<IntervalPlot.Point> points = new ArrayList<>();
    for (long pages = 1; pages <= Math.min(MOST_PAGES, setting.mostPages()); pages *= STEP) {
      Optional<Interval> cost = caller(strategy, pages);
      if (cost.isEmpty()) {
        endsEarly.add(strategy.name());
        break;
      }
      Interval caller = cost.get();
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

  private Optional<Interval> caller(Strategy strategy, long pages) {
    Setup setup = setting.setup(pages);
    if (costs.of(strategy, setup) instanceof Outcome.Cost cost) {
      provenance = provenance.and(costs.provenance(strategy, setup));
      return Optional.of(cost.first().caller());
    }
    return Optional.empty();
  }
}
