package org.mapcost.results.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.mapcost.benchmarks.mechanism.PoolMix;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.units.Pages;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.IntervalPlot.Form;
import org.mapcost.results.chart.Scale;
import org.mapcost.results.chart.SeriesStyle;

/// What a page pool spares: how long callers wait for write-combined buffers when it has their
/// pages most of the time, and what a buffer costs on average by how often it has.
public final class PoolPictures {
  private static final double[] HIT_RATIOS = {0, 0.5, 0.9, 0.99, 0.999};
  private static final int BUFFERS = 200_000;
  private static final long SEED = 2021_02;

  /// Points for one factor of ten of the rest above a percentile.
  private static final int POINTS = 24;

  /// The nines shown: up to 99.99 %, where 20 of the buffers lie above.
  private static final int NINES = 4;

  private static final int DIGITS = 3;

  private static final int[] SIZES = {16, 512};
  private static final String POOL_SIDE = "one allocation, hit or miss";

  private final PoolMix mix;
  private final int cpus;
  private final Setting setting;
  private final Provenance provenance;

  private PoolPictures(Setting setting) {
    this.setting = setting;
    this.cpus = setting.machine().cpus();
    this.mix =
        new PoolMix(
            setting.scenario().pool(), setting.kernel(), setting.tree(), cpus, setting.prices());
    this.provenance =
        mix.price(PoolMix.LARGEST, true)
            .plus(mix.price(PoolMix.LARGEST, false))
            .plus(mix.price(1, false))
            .provenance();
  }

  /// How long callers wait, by percentile.
  public static Picture byPercentile(Setting setting) {
    return new PoolPictures(setting).byPercentile();
  }

  /// What an allocation costs on average, by hit ratio.
  public static Picture byHitRatio(Setting setting) {
    return new PoolPictures(setting).byHitRatio();
  }

  private Picture byPercentile() {
    List<IntervalPlot.Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (double hitRatio : HIT_RATIOS) {
      Latencies of = new Latencies(hitRatio);
      List<IntervalPlot.Point> points = new ArrayList<>();
      for (int i = 0; i <= POINTS * NINES; i++) {
        double nines = Math.pow(10, (double) i / POINTS);
        Interval latency = of.at(100 * (1 - 1 / nines));
        points.add(new IntervalPlot.Point(nines, latency));
        List<String> row = new ArrayList<>(List.of(percent(hitRatio), percent4(1 - 1 / nines)));
        row.addAll(ModelChart.cells(latency));
        rows.add(row);
      }
      series.add(
          new IntervalPlot.Series(
              hitRatio == 0 ? "no hits" : percent(hitRatio) + " hits",
              SeriesStyle.nth(series.size()),
              Form.AREA,
              points));
    }
    IntervalPlot plot =
        new IntervalPlot(
            "percentile of buffers", Scale.NINES, POOL_SIDE, Scale.TIME, series, List.of());
    return new Picture(
        new Figure(
            "pool-latency-by-percentile",
            "Wait for a write-combined buffer from a page pool, by percentile",
            subtitle("buffers of 4 KiB to 4 MiB"),
            "Across: percentiles, each further nine as wide as the one before. Up: the caller's"
                + " time for an allocation, logarithmic. At 99.99 %: "
                + ModelChart.ends(series)
                + "."
                + ModelChart.leftOut(plot.leftOut()),
            new FigureData(
                List.of("#hit ratio (%)", "#percentile", "#low (ns)", "#best (ns)", "#high (ns)"),
                rows),
            plot::plot),
        "%s buffers for each curve, sizes and hits drawn with a fixed seed; of sizes, each factor of"
                .formatted(Numbers.count(BUFFERS))
            + " two is as likely as any other. A hit finds all its pages in the pool, a miss none:"
            + " those are made write-combining, with two TLB flushes of all "
            + cpus
            + " CPUs. Curves climb where the hits end. The area reaches from the distribution by"
            + " the low prices to that by the high ones. Freeing and the shrinker's work are not in"
            + " it."
            + ModelChart.unsourced(provenance));
  }

  private Picture byHitRatio() {
    List<IntervalPlot.Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    StringBuilder knees = new StringBuilder();
    for (int pages : SIZES) {
      Price hit = mix.price(pages, true);
      Price miss = mix.price(pages, false);
      String size = Scale.size(pages * Pages.PAGE_SIZE);
      SeriesStyle style = SeriesStyle.nth(series.size() / 2);
      add(series, rows, size + ": caller", style, hit.caller(), miss.caller());
      add(
          series,
          rows,
          size + ": stolen",
          new SeriesStyle(style.tone(), 1, 1),
          hit.stolen(),
          miss.stolen());
      double half = miss.caller().best() / (hit.caller().best() + miss.caller().best());
      knees.append(knees.isEmpty() ? "" : ", ").append(size + " at " + percent(half));
    }
    IntervalPlot plot =
        new IntervalPlot(
            "buffers that find their pages in the pool",
            Scale.NINES,
            "average time of an allocation",
            Scale.TIME,
            series,
            List.of());
    return new Picture(
        new Figure(
            "pool-cost-by-hit-ratio",
            "Cost of a write-combined buffer, by how often the pool has its pages",
            subtitle("buffers of 64 KiB and of 2 MiB"),
            "Across: hit ratio, each further nine as wide as the one before. Up: average time of an"
                + " allocation, logarithmic. At the right end: "
                + ModelChart.ends(series)
                + "."
                + ModelChart.leftOut(plot.leftOut()),
            new FigureData(
                List.of(
                    "buffer and who pays",
                    "#hit ratio (%)",
                    "#low (ns)",
                    "#best (ns)",
                    "#high (ns)"),
                rows),
            plot::plot),
        "Solid: what the caller waits. Dashed: what the other "
            + (cpus - 1)
            + " CPUs lose together. Every further nine saves a factor of ten until hits and misses"
            + " cost the same in sum: "
            + knees
            + " of hits. A pool that hits more often than that saves little more."
            + ModelChart.unsourced(provenance));
  }

  private void add(
      List<IntervalPlot.Series> series,
      List<List<String>> rows,
      String name,
      SeriesStyle style,
      Interval hit,
      Interval miss) {
    if (miss.high() <= 0) {
      return;
    }
    List<IntervalPlot.Point> points = new ArrayList<>();
    for (int nines = 0; nines <= 2 * (NINES + 1); nines++) {
      double x = Math.pow(10, nines / 2.0);
      double missing = 1 / x;
      Interval mean = hit.times(1 - missing).plus(miss.times(missing));
      points.add(new IntervalPlot.Point(x, mean));
      List<String> row = new ArrayList<>(List.of(name, percent4(1 - missing)));
      row.addAll(ModelChart.cells(mean));
      rows.add(row);
    }
    series.add(new IntervalPlot.Series(name, style, Form.JOINED, points));
  }

  private String subtitle(String buffers) {
    return "Modelled: %s, %s; %s"
        .formatted(setting.platform(), setting.scenario().pool().key(), buffers);
  }

  /// `99.9 %`, with as many decimals as there are nines to tell apart.
  private static String percent(double share) {
    BigDecimal percent = BigDecimal.valueOf(100 * share);
    int decimals = share < 0.5 ? 0 : (int) Math.floor(-Math.log10(1 - share) + 1e-9);
    return percent.setScale(decimals, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
        + " %";
  }

  private static String percent4(double share) {
    return String.format(Locale.ROOT, "%.4f", 100 * share);
  }

  /// The latencies of one run, once for each end of the prices and once for the best.
  private final class Latencies {
    private final Histogram low = new Histogram(DIGITS);
    private final Histogram best = new Histogram(DIGITS);
    private final Histogram high = new Histogram(DIGITS);

    Latencies(double hitRatio) {
      int[][] drawn = new int[2][PoolMix.LARGEST + 1];
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < BUFFERS; i++) {
        int pages = PoolMix.pages(random);
        drawn[random.nextDouble() < hitRatio ? 1 : 0][pages]++;
      }
      for (int pages = 1; pages <= PoolMix.LARGEST; pages++) {
        record(pages, false, drawn[0][pages]);
        record(pages, true, drawn[1][pages]);
      }
    }

    private void record(int pages, boolean hit, int times) {
      if (times > 0) {
        Interval caller = mix.price(pages, hit).caller();
        low.recordValueWithCount(Math.round(caller.low()), times);
        best.recordValueWithCount(Math.round(caller.best()), times);
        high.recordValueWithCount(Math.round(caller.high()), times);
      }
    }

    Interval at(double percentile) {
      return new Interval(
          low.getValueAtPercentile(percentile),
          best.getValueAtPercentile(percentile),
          high.getValueAtPercentile(percentile));
    }
  }
}
