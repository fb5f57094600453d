package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PoolOutcome;
import org.mapcost.model.simulation.PoolSweep;
import org.mapcost.model.units.Pages;
import org.mapcost.model.workload.Workload;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.IntervalPlot.Form;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;
import org.mapcost.results.chart.Tone;

/// How a workload fares with page pools of every kind and size: what buffers cost, how many of
/// their pages the pool has, and how many must be converted.
public final class PoolByLimit {
  private static final String LIMIT = "limit of the pool";

  private final Workload workload;
  private final Platform platform;
  private final PoolSweep sweep;

  private PoolByLimit(Workload workload, Platform platform, PoolSweep sweep) {
    this.workload = workload;
    this.platform = platform;
    this.sweep = sweep;
  }

  /// The charts of a sweep.
  public static List<Figure> figures(Workload workload, Platform platform, PoolSweep sweep) {
    PoolByLimit of = new PoolByLimit(workload, platform, sweep);
    return List.of(of.cost(), of.hits(), of.converted());
  }

  private Figure cost() {
    return figure(
        "pool-cost-by-limit",
        "What a buffer's memory costs its caller, by the limit of the page pool",
        "caller's time for a buffer",
        Scale.TIME,
        "ns",
        point -> point.each().caller());
  }

  private Figure hits() {
    return figure(
        "pool-hits-by-limit",
        "How many pages the pool has ready, by its limit",
        "share of pages found in the pool",
        Scale.PERCENT,
        "%",
        point -> Interval.exactly(100 * point.outcome().hitRatio()));
  }

  private Figure converted() {
    return figure(
        "pool-conversions-by-limit",
        "How many pages must change their caching for a buffer, by the pool's limit",
        "pages converted for a buffer",
        Scale.NUMBERS,
        "pages",
        point ->
            Interval.exactly(
                (double) point.outcome().changed() / Math.max(1, point.outcome().allocations())));
  }

  private Figure figure(
      String name,
      String title,
      String up,
      Scale scale,
      String unit,
      Function<PoolSweep.Point, Interval> value) {
    List<IntervalPlot.Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<Long> limits =
        sweep.limited(PoolKind.TTM_POOL).stream().map(each -> each.outcome().limit()).toList();
    for (PoolKind kind : PoolKind.values()) {
      boolean limited = !sweep.limited(kind).isEmpty();
      List<IntervalPlot.Point> points = new ArrayList<>();
      for (int i = 0; i < limits.size(); i++) {
        PoolSweep.Point point = limited ? sweep.limited(kind).get(i) : sweep.byDefault(kind);
        Interval each = value.apply(point);
        double bytes = (double) limits.get(i) * Pages.PAGE_SIZE;
        points.add(new IntervalPlot.Point(limited ? bytes * aside(kind) : bytes, each));
        rows.add(row(kind, limits.get(i), point.outcome(), each));
      }
      series.add(
          new IntervalPlot.Series(
              label(kind, limited), style(kind), limited ? Form.JOINED : Form.AREA, points));
    }
    IntervalPlot plot = new IntervalPlot(LIMIT, Scale.BYTES, up, scale, series, List.of());
    return new Figure(
        name,
        title,
        "Modelled: %s on %s with %d CPUs, kernel %s"
            .formatted(
                workload.name(),
                platform.machine().name(),
                platform.machine().cpus(),
                platform.kernel().name()),
        "Across: the limit of the pool, of ttm-pool-7 on each node, logarithmic. Up: "
            + up
            + (scale == Scale.PERCENT ? ", from 0 to 100 %. " : ", logarithmic. ")
            + knees()
            + (plot.leftOut() == 0
                ? ""
                : " Left out, because nothing was converted: "
                    + Numbers.count(plot.leftOut(), "point")
                    + "."),
        new FigureData(
            List.of(
                "pool",
                "#limit (bytes)",
                "#pages found (%)",
                "#low (" + unit + ")",
                "#best (" + unit + ")",
                "#high (" + unit + ")"),
            rows),
        plot::plot);
  }

  private static List<String> row(PoolKind kind, long limit, PoolOutcome of, Interval value) {
    List<String> row =
        new ArrayList<>(
            List.of(
                kind.key(),
                String.valueOf(limit * Pages.PAGE_SIZE),
                String.format(Locale.ROOT, "%.3f", 100 * of.hitRatio())));
    row.addAll(ModelChart.cells(value));
    return row;
  }

  private static String label(PoolKind kind, boolean limited) {
    return limited || kind == PoolKind.NONE ? kind.key() : kind.key() + " (no limit to set)";
  }

  /// So that bars of different pools at one limit stand beside each other.
  private static double aside(PoolKind kind) {
    return Math.pow(2, 0.07 * (kind.ordinal() - PoolKind.TTM_POOL_6_15.ordinal()));
  }

  private static SeriesStyle style(PoolKind kind) {
    return switch (kind) {
      case NONE -> new SeriesStyle(Tone.NEUTRAL, 2, 0);
      case TTM_LEGACY -> new SeriesStyle(Tone.PURPLE, 1, 1);
      case TTM_POOL -> new SeriesStyle(Tone.BLUE, 0, 0);
      case TTM_POOL_6_15 -> new SeriesStyle(Tone.GREEN, 1, 3);
      case TTM_POOL_7 -> new SeriesStyle(Tone.VERMILLION, 0, 2);
    };
  }

  private String knees() {
    StringBuilder text = new StringBuilder();
    for (PoolKind kind : PoolKind.values()) {
      sweep
          .knee(kind)
          .ifPresent(knee ->
              text.append(
                  "The knee of %s is at %s. "
                      .formatted(
                          kind.key(), Scale.size(knee.at().outcome().limit() * Pages.PAGE_SIZE))));
    }
    return text.toString().strip();
  }
}
