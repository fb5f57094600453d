package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.whatif.Inputs.Row;
import org.mapcost.model.whatif.LifeForm.Life;

/// One bill of a strategy at any size and on any number of added nodes, as a few sums.
///
/// A ledger is linear in the windows and the page-table pages of a size ([SizePlane]) and, in
/// visited nodes, in the nodes that were added. So four quantities are counted: windows, page-table
/// pages, nodes visited first in a fault and nodes visited again; everything else follows from
/// them. Each has a row of prices. An estimate counts, adds up the rows, and puts the ends
/// together.
///
/// Not safe for use by several threads.
final class CompiledBill {
  /// Sizes up to so many page-table pages.
  static final int MOST_TABLES = 4096;

  /// No tree has as many nodes.
  private static final double LONGEST_WALK = 1e9;

  private final Which which;
  private final CacheMode mode;
  private final Costs.Place place;
  private final Planes planes;
  private final LongPredicate reach;
  private final int window;
  private final @Nullable Quantities[] byRest;
  private final Inputs inputs;
  private final Ends ends;
  private final NodeRows[] nodeRows;

  /// Which bill: whose ledger, which of its phases, and who pays.
  ///
  /// @param ledger of a life
  /// @param phases those that count
  /// @param payer of a price
  record Which(Function<Life, Ledger> ledger, Set<Phase> phases, Function<Price, Uncertain> payer) {
    private static final Set<Phase> WITHOUT_LOAD = EnumSet.complementOf(EnumSet.of(Phase.LOAD));

    /// What the caller pays for the first buffer, the load left out.
    static final Which FIRST = new Which(Life::first, WITHOUT_LOAD, Price::callerTime);

    /// What other CPUs lose for it.
    static final Which STOLEN = new Which(Life::first, WITHOUT_LOAD, Price::stolenTime);

    /// What the caller pays for an equal buffer after it.
    static final Which LATER =
        new Which(Life::later, EnumSet.allOf(Phase.class), Price::callerTime);

    /// What the caller pays for the driver's load.
    static final Which LOAD = new Which(Life::first, EnumSet.of(Phase.LOAD), Price::callerTime);
  }

  private CompiledBill(
      Which which,
      Costs.Place place,
      Planes planes,
      LongPredicate reach,
      SizePlane probe,
      Inputs inputs,
      int block) {
    this.which = which;
    this.mode = probe.origin().mode();
    this.place = place;
    this.planes = planes;
    this.reach = reach;
    this.inputs = inputs;
    this.window = place.setup().kernel().ttmWindow().pages();
    this.byRest = new Quantities[window];
    this.ends = new Ends(inputs.count(), block);
    this.nodeRows =
        lengths(place).stream()
            .map(nodes -> new NodeRows(nodes, place, inputs))
            .toArray(NodeRows[]::new);
  }

  /// The form of a bill at any size; empty where its ledgers have none, as with memory that comes
  /// in chunks.
  ///
  /// @param grows whether points have added nodes
  /// @param block how many points are asked for together, at most
  static Optional<CompiledBill> of(
      Which which, Costs.Place place, LifeForm form, boolean grows, int block) {
    return of(which, place, grown(form::plane, grows), form::reaches, SizePlane.TABLE + 1, block)
        .filter(bill -> bill.covers(SizePlane.TABLE + 1));
  }

  /// The form of a bill at the size of a place alone, whatever size that is.
  static Optional<CompiledBill> ofSize(
      Which which, Costs.Place place, LifeForm form, boolean grows, int block) {
    long pages = place.setup().pages();
    Planes one =
        (size, firmware, devices) ->
            Optional.of(SizePlane.ofSize(form.life(size, firmware, devices), size));
    return of(which, place, grown(one, grows), _ -> false, pages, block)
        .filter(bill -> bill.quantities(pages).sound);
  }

  /// Where no point has added nodes, nobody looks at grown trees.
  private static Planes grown(Planes planes, boolean grows) {
    return grows ? planes : (pages, _, _) -> planes.of(pages, 0, 0);
  }

  private static Optional<CompiledBill> of(
      Which which, Costs.Place place, Planes planes, LongPredicate reach, long probe, int block) {
    Optional<SizePlane> plane = planes.of(probe, 0, 0);
    if (plane.isEmpty()) {
      return Optional.empty();
    }
    Inputs inputs = inputs(which, place, plane.get());
    return inputs.mixed()
        ? Optional.empty()
        : Optional.of(new CompiledBill(which, place, planes, reach, plane.get(), inputs, block));
  }

  /// The plane that a size lies on, on a tree with so many additions.
  @FunctionalInterface
  private interface Planes {
    Optional<SizePlane> of(long pages, int firmware, int devices);
  }

  /// All inputs that prices of the bill have at some size, on some tree.
  private static Inputs inputs(Which which, Costs.Place place, SizePlane plane) {
    Inputs inputs = new Inputs(which.payer);
    Conditions conditions = place.setup().conditions();
    for (Life life : List.of(plane.origin(), plane.table(), plane.at(2 * MOST_TABLES + 1))) {
      Ledger ledger = which.ledger.apply(life);
      for (Phase phase : which.phases) {
        place.prices().items(ledger, phase, conditions, (_, unit, _) -> inputs.know(unit));
        if (ledger.count(phase, Event.RESOURCE_NODE_VISIT) > 0) {
          for (double nodes : lengths(place)) {
            inputs.know(place.prices().node(nodes, conditions.firstWalk(), conditions));
            inputs.know(place.prices().node(nodes, Heat.HOT, conditions));
          }
        }
      }
    }
    return inputs;
  }

  /// A length of walk for each price that nodes have: the longest of those with the price, the very
  /// longest for the last.
  private static List<Double> lengths(Costs.Place place) {
    List<Double> lengths = new ArrayList<>();
    Conditions conditions = place.setup().conditions();
    double nodes = 0;
    while (nodes < LONGEST_WALK) {
      nodes = Math.min(LONGEST_WALK, place.prices().nodesOfSamePrice(nodes, conditions));
      lengths.add(nodes);
      nodes = Math.nextUp(nodes);
    }
    return lengths;
  }

  /// The caching mode that the mapping really has.
  CacheMode mode() {
    return mode;
  }

  /// Whether a size has a closed form here.
  boolean covers(long pages) {
    return SizePlane.has(pages)
        && pages / SizePlane.TABLE < MOST_TABLES
        && reach.test(pages)
        && quantities(pages).sound;
  }

  /// Writes low, best and high in nanoseconds of each point, one behind the other.
  ///
  /// @param points at most a block, whose sizes are covered
  /// @param out three places for each point
  /// @return whether all were known; otherwise those that are not have NaN
  boolean estimate(Points points, double[] out) {
    int count = points.count();
    boolean known = true;
    for (int i = 0; i < count; i++) {
      known &= sum(i, points.pages[i], points.firmware[i], points.devices[i]);
    }
    ends.put(count, out, 0);
    return known;
  }

  private boolean sum(int at, int pages, int firmware, int devices) {
    Quantities of = Objects.requireNonNull(byRest[pages % window]);
    int windows = of.windows(pages);
    int tables = of.tables(pages);
    Row ofTables = of.tableRow(tables);
    boolean known = ofTables != of.unknown;
    if (of.visits.length == 0) {
      ends.set(at, ofTables, windows, of.windowRow);
      return known;
    }
    if (of.visits.length > 1) {
      ends.set(at, walked(of, windows, tables, firmware, devices), 0, of.windowRow);
      return known;
    }
    Visits counted = of.visits[0];
    long visits = counted.at(windows, tables, firmware, devices);
    long walks = Math.max(1, counted.walks.at(windows, tables));
    long firstWalks = Math.min(walks, Math.max(1, counted.faults.at(windows, tables)));
    double nodes = (double) visits / walks;
    double first = Math.min(visits, Math.round(nodes * firstWalks));
    double again = visits - first;
    NodeRows rows = nodeRows(nodes);
    ends.set(at, ofTables, windows, of.windowRow, first, rows.first, again, rows.again);
    return known;
  }

  /// The sum where several phases walk.
  private Row walked(Quantities of, int windows, int tables, int firmware, int devices) {
    Row sum = of.tableRow(tables).copy();
    sum.add(of.windowRow, windows);
    for (Visits counted : of.visits) {
      long visits = counted.at(windows, tables, firmware, devices);
      long walks = Math.max(1, counted.walks.at(windows, tables));
      long firstWalks = Math.min(walks, Math.max(1, counted.faults.at(windows, tables)));
      double nodes = (double) visits / walks;
      double first = Math.min(visits, Math.round(nodes * firstWalks));
      NodeRows rows = nodeRows(nodes);
      sum.add(rows.first, first);
      sum.add(rows.again, visits - first);
    }
    return sum;
  }

  /// The prices of walks of a length.
  private NodeRows nodeRows(double nodes) {
    int at = 0;
    while (nodes > nodeRows[at].upTo) {
      at++;
    }
    return nodeRows[at];
  }

  private Quantities quantities(long pages) {
    int rest = (int) (pages % window);
    Quantities known = byRest[rest];
    if (known == null) {
      known = new Quantities(pages);
      byRest[rest] = known;
    }
    return known;
  }

  /// The rows that an estimate of a covered size adds up: what the same sum costs as a bare loop is
  /// a measure for this class.
  List<double[]> rows(long pages) {
    Quantities of = quantities(pages);
    List<Row> all = new ArrayList<>(List.of(of.tableRow(0), of.windowRow));
    if (of.visits.length > 0) {
      NodeRows rows = nodeRows(1);
      all.add(rows.first);
      all.add(rows.again);
    }
    return all.stream().map(Row::numbers).toList();
  }

  /// A count: at the origin of a plane, for each window more, for each table more.
  private record Linear(long origin, long window, long table) {
    static final Linear ZERO = new Linear(0, 0, 0);

    static Linear of(SizePlane plane, ToLongFunction<Life> count) {
      long origin = count.applyAsLong(plane.origin());
      return new Linear(
          origin,
          count.applyAsLong(plane.window()) - origin,
          count.applyAsLong(plane.table()) - origin);
    }

    long at(long windows, long tables) {
      return origin + windows * window + tables * table;
    }

    Linear minus(Linear other) {
      return new Linear(origin - other.origin, window - other.window, table - other.table);
    }
  }

  /// Visited nodes: on the tree as it is, for each range and each function added, for their bridge.
  private record Visits(
      Linear base, Linear firmware, Linear bridge, Linear device, Linear walks, Linear faults) {
    long at(int windows, int tables, int ranges, int functions) {
      long visits = base.at(windows, tables) + ranges * firmware.at(windows, tables);
      return functions == 0
          ? visits
          : visits + bridge.at(windows, tables) + functions * device.at(windows, tables);
    }
  }

  /// The prices of the nodes of walks.
  private static final class NodeRows {
    /// Up to this many nodes a walk.
    private final double upTo;

    private final Row first;
    private final Row again;

    NodeRows(double upTo, Costs.Place place, Inputs inputs) {
      this.upTo = upTo;
      this.first = inputs.row();
      this.again = inputs.row();
      Conditions conditions = place.setup().conditions();
      PriceList prices = place.prices();
      inputs.addTo(first, prices.node(upTo, conditions.firstWalk(), conditions), 1);
      inputs.addTo(again, prices.node(upTo, Heat.HOT, conditions), 1);
    }
  }

  /// Everything that a plane counts, with its prices.
  private final class Quantities {
    private final @Nullable SizePlane plane;
    private final int start;
    private final int windowPages;
    private final Row originRow = inputs.row();
    private final Row windowRow = inputs.row();
    private final Row eachTableRow = inputs.row();
    private final Row unknown = inputs.row();
    private final @Nullable Row[] tableRows = new Row[MOST_TABLES];
    private final Visits[] visits;

    /// Whether the plane tells everything.
    private final boolean sound;

    Quantities(long pages) {
      Optional<SizePlane> none = planes.of(pages, 0, 0);
      Optional<SizePlane> firmware = planes.of(pages, 1, 0);
      Optional<SizePlane> one = planes.of(pages, 0, 1);
      Optional<SizePlane> two = planes.of(pages, 0, 2);
      unknown.best = Double.NaN;
      plane = none.orElse(null);
      start = none.map(each -> (int) each.start()).orElse(0);
      windowPages = none.map(each -> (int) each.windowPages()).orElse(1);
      if (none.isEmpty() || firmware.isEmpty() || one.isEmpty() || two.isEmpty()) {
        visits = new Visits[0];
        sound = false;
        return;
      }
      SizePlane bare = none.get();
      boolean closed =
          bare.origin().mode() == mode
              && sameBut(bare, firmware.get())
              && sameBut(bare, one.get())
              && sameBut(bare, two.get());
      List<Visits> walked = new ArrayList<>();
      for (Phase phase : which.phases) {
        ToLongFunction<Life> met = count(phase, Event.RESOURCE_NODE_VISIT);
        // So many write-backs have a price together.
        closed &= same(bare, count(phase, Event.WBINVD));
        closed &= same(bare, count(phase, Event.WBNOINVD));
        closed &= same(bare, count(phase, Event.IPI)) || !wbinvd(bare, phase);
        Linear base = Linear.of(bare, met);
        if (!base.equals(Linear.ZERO)) {
          Linear device = Linear.of(two.get(), met).minus(Linear.of(one.get(), met));
          walked.add(
              new Visits(
                  base,
                  Linear.of(firmware.get(), met).minus(base),
                  Linear.of(one.get(), met).minus(base).minus(device),
                  device,
                  Linear.of(bare, count(phase, Event.RESOURCE_WALK)),
                  Linear.of(bare, count(phase, Event.FAULT))));
        }
        closed &= collect(bare, phase);
      }
      visits = walked.toArray(Visits[]::new);
      sound = closed;
    }

    private static boolean same(SizePlane plane, ToLongFunction<Life> count) {
      Linear counts = Linear.of(plane, count);
      return counts.window == 0 && counts.table == 0;
    }

    private boolean wbinvd(SizePlane plane, Phase phase) {
      Ledger ledger = ledger(plane.origin());
      return ledger.count(phase, Event.WBINVD) + ledger.count(phase, Event.WBNOINVD) > 0;
    }

    private ToLongFunction<Life> count(Phase phase, Event event) {
      return life -> ledger(life).count(phase, event);
    }

    private Ledger ledger(Life life) {
      return which.ledger.apply(life);
    }

    /// How many windows more than the origin a size has in its last page-table page.
    int windows(int pages) {
      return (pages % (int) SizePlane.TABLE - start % (int) SizePlane.TABLE) / windowPages;
    }

    /// How many page-table pages more than the origin it has before the last.
    int tables(int pages) {
      return pages / (int) SizePlane.TABLE - start / (int) SizePlane.TABLE;
    }

    /// Whether added nodes change nothing but visits.
    private boolean sameBut(SizePlane bare, SizePlane grown) {
      for (Phase phase : which.phases) {
        Map<String, Long> counts = ledger(bare.table()).counts(phase);
        Map<String, Long> others = ledger(grown.table()).counts(phase);
        String visited = Event.RESOURCE_NODE_VISIT.key();
        counts.remove(visited);
        others.remove(visited);
        if (!counts.equals(others)) {
          return false;
        }
      }
      return true;
    }

    private record Item(String mechanism, Price unit, long count) {}

    /// The items of a phase but walks and rounds. Each count is linear in windows and tables, so
    /// three rows hold them all.
    private boolean collect(SizePlane of, Phase phase) {
      List<Item> origin = items(of.origin(), phase);
      List<Item> window = items(of.window(), phase);
      List<Item> table = items(of.table(), phase);
      if (!named(origin).equals(named(window)) || !named(origin).equals(named(table))) {
        return false;
      }
      boolean known = true;
      for (int i = 0; i < origin.size(); i++) {
        Price unit = origin.get(i).unit;
        long count = origin.get(i).count;
        known &= inputs.addTo(originRow, unit, (double) count);
        known &= inputs.addTo(windowRow, unit, (double) window.get(i).count - count);
        known &= inputs.addTo(eachTableRow, unit, (double) table.get(i).count - count);
      }
      return known;
    }

    private static List<String> named(List<Item> items) {
      return items.stream().map(Item::mechanism).toList();
    }

    private List<Item> items(Life life, Phase phase) {
      List<Item> items = new ArrayList<>();
      place
          .prices()
          .items(
              ledger(life),
              phase,
              place.setup().conditions(),
              (mechanism, unit, count) -> {
                boolean apart =
                    mechanism.equals(Event.RESOURCE_NODE_VISIT.key())
                        || mechanism.equals(Event.TLB_ROUND_RANGED.key())
                        || mechanism.equals(Event.TLB_ROUND_FULL.key());
                if (!apart) {
                  items.add(new Item(mechanism, unit, count));
                }
              });
      return items;
    }

    /// What a size with so many page-table pages and no window more costs, its flushes included.
    Row tableRow(int tables) {
      Row known = tableRows[tables];
      if (known == null) {
        known = rowOf(tables);
        tableRows[tables] = known;
      }
      return known;
    }

    private Row rowOf(int tables) {
      Row row = originRow.copy();
      row.add(eachTableRow, tables);
      Ledger ledger;
      try {
        ledger = ledger(Objects.requireNonNull(plane).at(plane.start() + tables * SizePlane.TABLE));
      } catch (IllegalArgumentException e) {
        // Right above the ceiling of ranged flushes only driving tells.
        return unknown;
      }
      boolean all = true;
      for (Phase phase : which.phases) {
        for (Map.Entry<FlushRound, Long> each : ledger.rounds(phase).entrySet()) {
          all &= inputs.addTo(row, place.prices().round(each.getKey()), (double) each.getValue());
        }
      }
      return all ? row : unknown;
    }
  }
}
