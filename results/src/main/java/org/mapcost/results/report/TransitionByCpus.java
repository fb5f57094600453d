package org.mapcost.results.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.TlbFlush;
import org.mapcost.model.units.Pages;
import org.mapcost.results.chart.Figure;
import org.mapcost.results.chart.FigureData;
import org.mapcost.results.chart.IntervalPlot;
import org.mapcost.results.chart.Scale;

/// What it costs to make pages write-combining (`set_pages_array_wc`) by the number of CPUs, with
/// each form of TLB flush.
final class TransitionByCpus {
  private static final int PAGES = 512;
  private static final int MOST_CPUS = 256;

  /// A machine that has the broadcast flush, so that all three forms can be asked of it.
  private static final String MACHINE = "epyc-milan";

  /// By which factor marks of one number of CPUs stand apart.
  private static final double APART = Math.pow(2, 0.13);

  /// One form of flush.
  private record Form(String key, String name, Order order, Invlpgb invlpgb) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("sequential", "IPIs, sequential", Order.SEQUENTIAL, Invlpgb.NONE),
          new Form("concurrent", "IPIs, concurrent", Order.CONCURRENT, Invlpgb.NONE),
          new Form("invlpgb", "INVLPGB", Order.CONCURRENT, Invlpgb.BROADCAST));

  private final List<IntervalPlot.Series> series = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final ResourceTree tree;
  private final Kernel kernel = Kernels.named(ModelSection.KERNEL);
  private final Machine machine = Machines.named(MACHINE);
  private Provenance provenance = Provenance.NOTHING;

  private TransitionByCpus(ResourceTree tree) {
    this.tree = tree;
  }

  /// The chart for pages of a tree's last System RAM node; empty where that is missing or too
  /// small.
  static Optional<Block> picture(ResourceTree tree) {
    return tree.nodes().stream()
        .filter(Resource::isSystemRam)
        .reduce((first, last) -> last)
        .filter(ram -> ram.end() - ram.start() >= 4 * PAGES * Pages.PAGE_SIZE)
        .map(ram -> new TransitionByCpus(tree).picture());
  }

  private Block picture() {
    FORMS.forEach(this::add);
    IntervalPlot plot =
        new IntervalPlot(
            "CPUs that a flush reaches, the caller included",
            Scale.NUMBERS,
            "time of one call",
            Scale.TIME,
            series,
            List.of());
    return new Block.Picture(
        new Figure(
            "transition-by-cpus",
            "Cost of making 512 pages write-combining, by CPUs",
            "Modelled: %s, kernel %s, direct map split before; bars: [low high]"
                .formatted(MACHINE, ModelSection.KERNEL),
            "Across: CPUs, logarithmic, from 2 to 256. Up: time of one call, logarithmic. At 256"
                + " CPUs: "
                + ModelChart.ends(series)
                + "."
                + ModelChart.leftOut(plot.leftOut()),
            new FigureData(
                List.of("flush", "who pays", "#CPUs", "#low (ns)", "#best (ns)", "#high (ns)"),
                rows),
            plot::plot),
        "One set_pages_array_wc of "
            + PAGES
            + " pages. Solid: what the caller waits. Dashed: what all other CPUs lose together"
            + " (stolen). With INVLPGB no other CPU is interrupted. Kernel "
            + ModelSection.KERNEL
            + " itself flushes by "
            + kernel.tlbOrder().key()
            + " IPIs; the other forms show what the same call would cost with them. Marks of one"
            + " number of CPUs stand side by side."
            + ModelChart.unsourced(provenance));
  }

  private void add(Form form) {
    List<Integer> cpus = Stream.iterate(2, n -> n <= MOST_CPUS, n -> 2 * n).toList();
    List<Price> calls = cpus.stream().map(n -> call(form, n)).toList();
    calls.forEach(call -> provenance = provenance.and(call.provenance()));
    side(form, "caller", cpus, calls, Price::caller);
    if (calls.stream().anyMatch(call -> call.stolen().high() > 0)) {
      side(form, "stolen", cpus, calls, Price::stolen);
    }
  }

  private void side(
      Form form, String side, List<Integer> cpus, List<Price> calls, Function<Price, Interval> of) {
    double aside = Math.pow(APART, series.size() - 2.0);
    List<IntervalPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < cpus.size(); i++) {
      Interval time = of.apply(calls.get(i));
      points.add(new IntervalPlot.Point(cpus.get(i) * aside, time));
      List<String> row = new ArrayList<>(List.of(form.name, side, Integer.toString(cpus.get(i))));
      row.addAll(ModelChart.cells(time));
      rows.add(row);
    }
    series.add(
        new IntervalPlot.Series(
            form.name + ": " + side,
            ModelChart.style(form.key + " " + side, series.size()),
            IntervalPlot.Form.JOINED,
            points));
  }

  /// The second time the pages are changed: the large pages were split the first time.
  private Price call(Form form, int cpus) {
    Cpus all = new Cpus(cpus, 0, true);
    long first = ((Scenario.lastSystemRam(tree).pfn() + PAGES - 1) & -(long) PAGES) + 1;
    long[] pfns = new long[PAGES];
    Arrays.setAll(pfns, i -> first + i);
    PageAttributes attributes =
        new PageAttributes(
            new DirectMap((pfns[PAGES - 1] + PAGES) & -(long) PAGES, DirectMap.Level.PAGE_2M),
            kernel.memtypes(tree, new MemtypeTree()),
            new TlbFlush(all, form.order, kernel.lazyTlb(), form.invlpgb),
            kernel.cpaFlush());
    Ledger ledger = new Ledger();
    attributes.setPagesArray(Attribute.WC, pfns, ledger);
    attributes.setPagesArray(Attribute.WB, pfns, ledger);
    ledger.clear();
    int error = attributes.setPagesArray(Attribute.WC, pfns, ledger);
    if (error != 0) {
      throw new IllegalStateException("set_pages_array_wc failed with " + error);
    }
    return MachinePrices.of(machine.with("cpus", Integer.toString(cpus)), ModelSection.KERNEL)
        .price(ledger, Conditions.USUAL)
        .total();
  }
}
