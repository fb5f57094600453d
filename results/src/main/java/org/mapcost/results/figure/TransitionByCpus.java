package org.mapcost.results.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Ledger;
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
import org.mapcost.results.chart.SeriesStyle;

/// What it costs to make pages write-combining (`set_pages_array_wc`) by the number of CPUs, with
/// each form of TLB flush: in all, the flushes alone, and what other CPUs lose. Forms that nobody
/// could tell apart in the picture are one line that names them all; the numbers behind it have
/// each.
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
  private static final double APART = Math.pow(2, 0.07);

  /// Lines that differ by no more than this factor, at both ends of their intervals too, are one.
  private static final double SAME = 1.25;

  private static final Form ONE_BY_ONE =
      new Form("sequential", "sequential IPIs", Order.SEQUENTIAL, Invlpgb.NONE);
  private static final Form AT_ONCE =
      new Form("concurrent", "concurrent IPIs", Order.CONCURRENT, Invlpgb.NONE);
  private static final Form BROADCAST =
      new Form("invlpgb", "INVLPGB", Order.CONCURRENT, Invlpgb.BROADCAST);

  /// One form of flush.
  private record Form(String key, String name, Order order, Invlpgb invlpgb) {}

  /// One thing to know of a call.
  private enum Side {
    CALLER("caller", "the caller in all"),
    FLUSHES("caller, TLB flushes alone", "TLB flushes alone"),
    STOLEN("stolen", "stolen from other CPUs");

    private final String column;
    private final String words;

    Side(String column, String words) {
      this.column = column;
      this.words = words;
    }

    Interval of(Estimate call) {
      return switch (this) {
        case CALLER -> call.total().caller();
        case FLUSHES ->
            call.byMechanism().entrySet().stream()
                .filter(each -> ROUNDS.contains(each.getKey()))
                .map(each -> each.getValue().caller())
                .reduce(Interval.ZERO, Interval::plus);
        case STOLEN -> call.total().stolen();
      };
    }
  }

  private static final Set<String> ROUNDS =
      Set.of(Event.TLB_ROUND_FULL.key(), Event.TLB_ROUND_RANGED.key());

  /// What is drawn as one line.
  private record Line(Side side, List<Form> forms, List<Interval> times) {
    boolean same(Side other, List<Interval> others) {
      return side == other
          && IntStream.range(0, times.size())
              .allMatch(i -> ModelChart.near(times.get(i), others.get(i), SAME));
    }

    String name() {
      String whose =
          forms.size() == 3
              ? "any flush"
              : forms.containsAll(List.of(ONE_BY_ONE, AT_ONCE))
                  ? "IPIs"
                  : forms.stream().map(Form::name).collect(Collectors.joining(" or "));
      return side.words + ": " + whose;
    }

    SeriesStyle style() {
      SeriesStyle of =
          SeriesStyle.of(forms.size() == 3 ? "any flush" : forms.getFirst().key).orElseThrow();
      return new SeriesStyle(of.tone(), side.ordinal(), of.mark());
    }
  }

  private final List<Integer> cpus = Stream.iterate(2, n -> n <= MOST_CPUS, n -> 2 * n).toList();
  private final List<Line> lines = new ArrayList<>();
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
    // The kernel's own form first: it is the one drawn where others lie on it.
    boolean sequential = kernel.tlbOrder() == Order.SEQUENTIAL;
    add(sequential ? ONE_BY_ONE : AT_ONCE);
    add(sequential ? AT_ONCE : ONE_BY_ONE);
    add(BROADCAST);
    lines.sort(Comparator.comparing(Line::side));
    List<IntervalPlot.Series> series = new ArrayList<>();
    lines.forEach(line -> series.add(series(line, series.size())));
    IntervalPlot plot =
        new IntervalPlot(
            "CPUs that a flush reaches, the caller included",
            Scale.DOUBLINGS,
            "time of one call",
            Scale.TIME,
            series,
            List.of());
    return new Picture(
        new Figure(
            "transition-by-cpus",
            "Cost of making %s write-combining, by CPUs".formatted(Numbers.count(pages, "page")),
            "Modelled: %s, direct map split before; bars, side by side: [low high]"
                .formatted(setting.platform()),
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
            + ". Solid: what the caller waits. Dashed: the part of it that TLB flushes make."
            + " Dotted: what all other CPUs lose together (stolen); INVLPGB interrupts none. Kernel"
            + " "
            + kernel.name()
            + " itself flushes by "
            + kernel.tlbOrder().key()
            + " IPIs; the other forms show what the same call would cost with them."
            + together()
            + ModelChart.unsourced(provenance));
  }

  private String together() {
    List<String> shared =
        lines.stream()
            .filter(line -> line.forms.size() > 1)
            .map(line ->
                line.side.words
                    + " ("
                    + line.forms.stream().map(Form::name).collect(Collectors.joining(", "))
                    + ")")
            .toList();
    return shared.isEmpty()
        ? ""
        : " One line where forms differ by less than a quarter, drawn for the first named: "
            + String.join("; ", shared)
            + ".";
  }

  private void add(Form form) {
    List<Estimate> calls = cpus.stream().map(n -> call(form, n)).toList();
    calls.forEach(call -> provenance = provenance.and(call.total().provenance()));
    for (Side side : Side.values()) {
      List<Interval> times = calls.stream().map(side::of).toList();
      if (times.stream().noneMatch(time -> time.high() > 0)) {
        continue;
      }
      for (int i = 0; i < cpus.size(); i++) {
        List<String> row =
            new ArrayList<>(List.of(form.name, side.column, Integer.toString(cpus.get(i))));
        row.addAll(ModelChart.cells(times.get(i)));
        rows.add(row);
      }
      lines.stream()
          .filter(line -> line.same(side, times))
          .findFirst()
          .ifPresentOrElse(
              line -> line.forms.add(form),
              () -> lines.add(new Line(side, new ArrayList<>(List.of(form)), times)));
    }
  }

  private IntervalPlot.Series series(Line line, int nth) {
    double aside = Math.pow(APART, nth - (lines.size() - 1) / 2.0);
    List<IntervalPlot.Point> points = new ArrayList<>();
    for (int i = 0; i < cpus.size(); i++) {
      points.add(new IntervalPlot.Point(cpus.get(i) * aside, line.times.get(i)));
    }
    return new IntervalPlot.Series(line.name(), line.style(), IntervalPlot.Form.JOINED, points);
  }

  /// The second time the pages are changed: the large pages were split the first time.
  private Estimate call(Form form, int cpus) {
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
        .price(ledger, Conditions.USUAL);
  }
}
