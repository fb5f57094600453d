package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.LifeForm.Life;

/// One strategy's first buffer at any size and on any number of added nodes, as a few sums: for
/// sweeps of millions of points.
///
/// The ledger is linear in the windows and the page-table pages of a size ([SizePlane]) and, in
/// visited nodes, in the nodes that were added. So four quantities are counted: windows, page-table
/// pages, nodes visited first in a fault and nodes visited again; everything else follows from
/// them. Each has a row of prices: the best time, and how far one input at an end moves it. An
/// estimate counts, adds up the rows, and puts the ends together as
/// [org.mapcost.model.cost.Uncertain] does.
///
/// Sizes that are whole page-table pages, sizes below one, and those at the ceiling of ranged
/// flushes have no such form: [#covers]. Not safe for use by several threads.
public final class CompiledCost {
  private static final int ROUND_ROWS = 4096;
  private static final int NODE_ROWS = 1 << 14;
  private static final int NODE_SHIFT = 64 - 14;
  private static final int PROBES = 16;

  private final Strategy strategy;
  private final Costs costs;
  private final Costs.Place place;
  private final LifeForm form;
  private final int window;
  private final Quantities[] byRest;
  private final Inputs inputs = new Inputs();
  private final @Nullable NodeRows[] nodeRows = new NodeRows[NODE_ROWS];
  private final double[] sum = new double[Inputs.MOST_CELLS];

  private CompiledCost(
      Strategy strategy, Costs costs, Costs.Place place, LifeForm form, int window) {
    this.strategy = strategy;
    this.costs = costs;
    this.place = place;
    this.form = form;
    this.window = window;
    this.byRest = new Quantities[window];
  }

  /// The form of a strategy's first buffer at a setup, whose size and growth are not looked at;
  /// empty where its ledgers have none, as with memory that comes in chunks.
  public static Optional<CompiledCost> of(Strategy strategy, Setup setup, Costs costs) {
    Costs.Place place = costs.place(setup);
    if (strategy.refuses(place.scenario()).isPresent()) {
      return Optional.empty();
    }
    LifeForm form = costs.form(strategy, place);
    int window = setup.kernel().ttmWindow().pages();
    CompiledCost compiled = new CompiledCost(strategy, costs, place, form, window);
    return compiled.quantities(SizePlane.TABLE + 1).isPresent()
        ? Optional.of(compiled)
        : Optional.empty();
  }

  /// Whether a size has a closed form here.
  public boolean covers(long pages) {
    long tables = pages / SizePlane.TABLE;
    return SizePlane.has(pages) && form.reaches(pages) && tables != 34 && tables < ROUND_ROWS;
  }

  /// Writes the caller's time for the first buffer, the load left out, as low, best and high in
  /// nanoseconds.
  ///
  /// @param pages a size that is covered
  /// @param firmware firmware ranges added to the tree
  /// @param devices PCI functions added
  /// @param out at least three places
  public void estimate(long pages, int firmware, int devices, double[] out) {
    Quantities of = byRest[(int) (pages % window)];
    if (of == null) {
      of = quantities(pages).orElseThrow();
    }
    long windows = of.plane.windows(pages);
    long tables = of.plane.tables(pages);
    double[] ofTables = of.tableRow(tables);
    long visits = of.visits == null ? 0 : of.visits.at(windows, tables, firmware, devices);
    if (visits == 0) {
      addUp(ofTables, of.windowRow, (double) windows, inputs.cells());
      Ends.put(sum, inputs.cells(), out);
      return;
    }
    Visits counted = of.visits();
    long walks = Math.max(1, counted.walks.at(windows, tables));
    long firstWalks = Math.min(walks, Math.max(1, counted.faults.at(windows, tables)));
    double nodes = (double) visits / walks;
    double first = Math.min(visits, Math.round(nodes * firstWalks));
    double again = visits - first;
    // Another size of tree may bring inputs along that had no place before.
    NodeRows rows = nodeRows(nodes);
    int cells = inputs.cells();
    double[] warm = rows.first;
    double[] hot = rows.again;
    addUp(ofTables, of.windowRow, (double) windows, cells);
    for (int i = 0; i < cells; i++) {
      sum[i] += first * warm[i] + again * hot[i];
    }
    Ends.put(sum, cells, out);
  }

  private void addUp(double[] base, double[] each, double count, int cells) {
    for (int i = 0; i < cells; i++) {
      sum[i] = base[i] + count * each[i];
    }
  }

  /// The prices of walks of a length: known, or put into the next free place behind its own. Where
  /// no place is near, the last one looked at is used again.
  private NodeRows nodeRows(double nodes) {
    long bits = Double.doubleToRawLongBits(nodes);
    int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> NODE_SHIFT);
    for (int step = 0; step < PROBES; step++) {
      NodeRows known = nodeRows[slot];
      if (known == null) {
        break;
      }
      if (known.nodes == nodes) {
        return known;
      }
      slot = (slot + 1) & (NODE_ROWS - 1);
    }
    Conditions conditions = place.setup().conditions();
    PriceList prices = place.prices();
    NodeRows made =
        new NodeRows(
            nodes,
            inputs.row(prices.node(nodes, conditions.firstWalk(), conditions)),
            inputs.row(prices.node(nodes, Heat.HOT, conditions)));
    nodeRows[slot] = made;
    return made;
  }

  /// The rows that an estimate of a covered size adds up, each cut to what is used: what the same
  /// sum costs as a bare loop is a measure for this class.
  public double[][] rows(long pages) {
    Quantities of = quantities(pages).orElseThrow();
    List<double[]> all = new ArrayList<>(List.of(of.tableRow(0), of.windowRow));
    if (of.visits != null) {
      NodeRows rows = nodeRows(1);
      all.add(rows.first);
      all.add(rows.again);
    }
    return all.stream().map(row -> Arrays.copyOf(row, inputs.cells())).toArray(double[][]::new);
  }

  /// The same by the driven mechanisms or their general closed form, for sizes that are not
  /// covered.
  Interval slowly(long pages, int firmware, int devices) {
    Setup setup =
        place.setup().withPages(pages).with(new Growth(OptionalInt.empty(), firmware, devices));
    return costs.of(strategy, costs.place(setup)) instanceof Outcome.Cost cost
        ? cost.first().caller()
        : Interval.ZERO;
  }

  private Optional<Quantities> quantities(long pages) {
    int rest = (int) (pages % window);
    if (byRest[rest] == null) {
      Optional<SizePlane> none = form.plane(pages, 0, 0);
      Optional<SizePlane> firmware = form.plane(pages, 1, 0);
      Optional<SizePlane> one = form.plane(pages, 0, 1);
      Optional<SizePlane> two = form.plane(pages, 0, 2);
      if (none.isEmpty() || firmware.isEmpty() || one.isEmpty() || two.isEmpty()) {
        return Optional.empty();
      }
      Quantities compiled =
          new Quantities(none.get(), firmware.get(), one.get(), two.get(), place, inputs);
      if (!compiled.sound) {
        return Optional.empty();
      }
      byRest[rest] = compiled;
    }
    return Optional.of(byRest[rest]);
  }

  /// A count: at the origin of a plane, for each window more, for each table more.
  record Linear(long origin, long window, long table) {
    static Linear of(SizePlane plane, ToLongFunction<Ledger> count) {
      long origin = count.applyAsLong(plane.origin().first());
      return new Linear(
          origin,
          count.applyAsLong(plane.window().first()) - origin,
          count.applyAsLong(plane.table().first()) - origin);
    }

    long at(long windows, long tables) {
      return origin + windows * window + tables * table;
    }

    boolean zero() {
      return origin == 0 && window == 0 && table == 0;
    }
  }

  /// Visited nodes: on the tree as it is, for each range and each function added, for their bridge.
  private record Visits(
      Linear base, Linear firmware, Linear bridge, Linear device, Linear walks, Linear faults) {
    long at(long windows, long tables, int ranges, int functions) {
      long visits = base.at(windows, tables) + ranges * firmware.at(windows, tables);
      return functions == 0
          ? visits
          : visits + bridge.at(windows, tables) + functions * device.at(windows, tables);
    }
  }

  /// The prices of walks of one length.
  private static final class NodeRows {
    private final double nodes;
    private final double[] first;
    private final double[] again;

    NodeRows(double nodes, double[] first, double[] again) {
      this.nodes = nodes;
      this.first = first;
      this.again = again;
    }
  }

  /// Everything that a plane counts, with its prices.
  private static final class Quantities {
    private final SizePlane plane;
    private final Costs.Place place;
    private final Inputs inputs;
    private final double[] originRow = new double[Inputs.MOST_CELLS];
    private final double[] windowRow = new double[Inputs.MOST_CELLS];
    private final double[] eachTableRow = new double[Inputs.MOST_CELLS];
    private final double[][] tableRows = new double[ROUND_ROWS][];
    private final @Nullable Visits visits;
    private final boolean sound;

    Quantities(
        SizePlane plane,
        SizePlane firmware,
        SizePlane one,
        SizePlane two,
        Costs.Place place,
        Inputs inputs) {
      this.plane = plane;
      this.place = place;
      this.inputs = inputs;
      boolean closed = sameBut(plane, firmware) && sameBut(plane, one) && sameBut(plane, two);
      Visits walked = null;
      for (Phase phase : Phase.values()) {
        if (phase == Phase.LOAD) {
          continue;
        }
        closed &= plane.origin().first().count(phase, Event.WBINVD) == 0;
        Linear base = visits(plane, phase);
        if (!base.zero()) {
          // Nodes of several phases are found in several states, which no row keeps apart.
          closed &= walked == null;
          walked = visits(plane, firmware, one, two, phase);
        }
        collect(phase);
      }
      this.visits = walked;
      this.sound = closed;
    }

    private static Linear visits(SizePlane of, Phase phase) {
      return Linear.of(of, ledger -> ledger.count(phase, Event.RESOURCE_NODE_VISIT));
    }

    private static Visits visits(
        SizePlane none, SizePlane firmware, SizePlane one, SizePlane two, Phase phase) {
      Linear base = visits(none, phase);
      Linear device = minus(visits(two, phase), visits(one, phase));
      return new Visits(
          base,
          minus(visits(firmware, phase), base),
          minus(minus(visits(one, phase), base), device),
          device,
          Linear.of(none, ledger -> ledger.count(phase, Event.RESOURCE_WALK)),
          Linear.of(none, ledger -> ledger.count(phase, Event.FAULT)));
    }

    private static Linear minus(Linear a, Linear b) {
      return new Linear(a.origin - b.origin, a.window - b.window, a.table - b.table);
    }

    /// Whether added nodes change nothing but visits, the load left out.
    private static boolean sameBut(SizePlane plane, SizePlane grown) {
      for (Phase phase : Phase.values()) {
        Map<String, Long> counts = plane.table().first().counts(phase);
        Map<String, Long> others = grown.table().first().counts(phase);
        String visits = Event.RESOURCE_NODE_VISIT.key();
        counts.remove(visits);
        others.remove(visits);
        if (phase != Phase.LOAD && !counts.equals(others)) {
          return false;
        }
      }
      return true;
    }

    /// The items of a phase but walks and rounds. Each count is linear in windows and tables, so
    /// three rows hold them all.
    private void collect(Phase phase) {
      List<Item> origin = items(plane.origin(), phase);
      List<Item> window = items(plane.window(), phase);
      List<Item> table = items(plane.table(), phase);
      for (int i = 0; i < origin.size(); i++) {
        Price unit = origin.get(i).unit;
        long count = origin.get(i).count;
        inputs.addTo(originRow, unit, (double) count);
        inputs.addTo(windowRow, unit, (double) window.get(i).count - count);
        inputs.addTo(eachTableRow, unit, (double) table.get(i).count - count);
      }
    }

    private record Item(Price unit, long count) {}

    private List<Item> items(Life life, Phase phase) {
      List<Item> items = new ArrayList<>();
      place
          .prices()
          .items(
              life.first(),
              phase,
              place.setup().conditions(),
              (mechanism, unit, count) -> {
                boolean apart =
                    mechanism.equals(Event.RESOURCE_NODE_VISIT.key())
                        || mechanism.startsWith("tlb_round");
                if (!apart) {
                  items.add(new Item(unit, count));
                }
              });
      return items;
    }

    Visits visits() {
      return java.util.Objects.requireNonNull(visits);
    }

    /// What a size with so many page-table pages and no window more costs, its flushes included.
    double[] tableRow(long tables) {
      double[] known = tableRows[(int) tables];
      if (known == null) {
        double[] row = originRow.clone();
        for (int i = 0; i < row.length; i++) {
          row[i] += tables * eachTableRow[i];
        }
        Ledger ledger = plane.at(plane.start() + tables * SizePlane.TABLE).first();
        for (Phase phase : Phase.values()) {
          if (phase != Phase.LOAD) {
            ledger
                .rounds(phase)
                .forEach((round, times) ->
                    inputs.addTo(row, place.prices().round(round), (double) times));
          }
        }
        tableRows[(int) tables] = row;
        known = row;
      }
      return known;
    }
  }
}
