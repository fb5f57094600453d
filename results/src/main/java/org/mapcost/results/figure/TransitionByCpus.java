package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Provenance;
import org.mapcost.model.iomem.Resource;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.machine.Machine;
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
public final class TransitionByCpus {
  /// How many pages are changed when nobody says.
  public static final int PAGES = 512;

  private static final int MOST_PAGES = 1 << 14;
  private static final int MOST_CPUS = 256;

  /// Pages of one 2 MiB entry of the direct map.
  private static final long LARGE_PAGE = 512;

  /// A machine that has the broadcast flush, so that all three forms can be asked of it.
  public static final String MACHINE = "epyc-milan";

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
  private final Setting setting;
  private final Kernel kernel;
  private final Machine machine;
  private final int pages;
  private Provenance provenance = Provenance.NOTHING;

  private TransitionByCpus(Setting setting, int pages) {
    this.setting = setting;
    this.kernel = setting.kernel();
    this.machine = setting.machine();
    this.pages = pages;
  }

  /// Whether a tree's last System RAM node is large enough for so many pages.
  public static boolean fits(ResourceTree tree, int pages) {
    return tree.nodes().stream()
        .filter(Resource::isSystemRam)
        .reduce((first, last) -> last)
        .filter(ram -> ram.end() - ram.start() >= 4L * pages * Pages.PAGE_SIZE)
        .isPresent();
  }

  /// The chart for pages of the last System RAM node of a setting's tree; of the setting's buffer
  /// nothing counts.
  ///
  /// @param pages how many are changed by one call
  public static Picture of(Setting setting, int pages) {
    if (pages < 1 || pages > MOST_PAGES) {
      throw new InputException(
          "a transition is of 1 to %d pages, not %d.".formatted(MOST_PAGES, pages));
    }
    if (!fits(setting.tree(), pages)) {
      throw new InputException(
          setting.where()
              + " has no last System RAM node for "
              + pages
              + " pages; give another --iomem.");
    }
    return new TransitionByCpus(setting, pages).picture();
  }

  private Picture picture() {
    FORMS.forEach(this::add);
    IntervalPlot plot =
        new IntervalPlot(
            "CPUs that a flush reaches, the caller included",
            Scale.NUMBERS,
            "time of one call",
            Scale.TIME,
            series,
            List.of());
    return new Picture(
        new Figure(
            "transition-by-cpus",
            "Cost of making %s write-combining, by CPUs".formatted(Numbers.count(pages, "page")),
            "Modelled: %s, direct map split before; bars: [low high]".formatted(setting.platform()),
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
            + Numbers.count(pages, "page")
            + ". Solid: what the caller waits. Dashed: what all other CPUs lose together"
            + " (stolen). With INVLPGB no other CPU is interrupted. Kernel "
            + kernel.name()
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
    long block = Math.max(LARGE_PAGE, Long.highestOneBit(2L * pages - 1));
    long first = ((Scenario.lastSystemRam(setting.tree()).pfn() + block - 1) & -block) + 1;
    long[] pfns = new long[pages];
    Arrays.setAll(pfns, i -> first + i);
    PageAttributes attributes =
        new PageAttributes(
            new DirectMap((pfns[pages - 1] + block) & -block, DirectMap.Level.PAGE_2M),
            kernel.memtypes(setting.tree(), new MemtypeTree()),
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
    return MachinePrices.of(machine.with("cpus", Integer.toString(cpus)), kernel.name())
        .price(ledger, Conditions.USUAL)
        .total();
  }
}
