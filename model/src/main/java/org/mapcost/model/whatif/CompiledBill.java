package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
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
  private final BillKind kind;
  private final CacheMode mode;
  private final Costs.Place place;
  private final PlaneRows.Planes planes;
  private final LongPredicate reach;
  private final int window;
  private final @Nullable PlaneRows[] byRest;
  private final Inputs inputs;
  private final Ends ends;
  private final NodeRows[] nodeRows;

  private CompiledBill(
      BillKind kind,
      Costs.Place place,
      PlaneRows.Planes planes,
      LongPredicate reach,
      SizePlane probe,
      Inputs inputs,
      int block) {
    this.kind = kind;
    this.mode = probe.origin().mode();
    this.place = place;
    this.planes = planes;
    this.reach = reach;
    this.inputs = inputs;
    this.window = place.setup().kernel().ttmWindow().pages();
    this.byRest = new PlaneRows[window];
    this.ends = new Ends(inputs.count(), block);
    this.nodeRows = NodeRows.all(place, inputs);
  }

  /// The form of a bill at any size; empty where its ledgers have none, as with memory that comes
  /// in chunks.
  ///
  /// @param grows whether points have added nodes
  /// @param block how many points are asked for together, at most
  static Optional<CompiledBill> of(
      BillKind kind, Costs.Place place, LifeForm form, boolean grows, int block) {
    return of(kind, place, grown(form::plane, grows), form::reaches, SizePlane.TABLE + 1, block)
        .filter(compiled -> compiled.covers(SizePlane.TABLE + 1));
  }

  /// The form of a bill at the size of a place alone, whatever size that is.
  static Optional<CompiledBill> ofSize(
      BillKind kind, Costs.Place place, LifeForm form, boolean grows, int block) {
    long pages = place.setup().pages();
    PlaneRows.Planes one =
        (size, firmware, devices) ->
            Optional.of(SizePlane.ofSize(form.life(size, firmware, devices), size));
    return of(kind, place, grown(one, grows), _ -> false, pages, block)
        .filter(compiled -> compiled.rowsOf(pages).sound);
  }

  /// Where no point has added nodes, nobody looks at grown trees.
  private static PlaneRows.Planes grown(PlaneRows.Planes planes, boolean grows) {
    return grows ? planes : (pages, _, _) -> planes.of(pages, 0, 0);
  }

  private static Optional<CompiledBill> of(
      BillKind kind,
      Costs.Place place,
      PlaneRows.Planes planes,
      LongPredicate reach,
      long probe,
      int block) {
    Optional<SizePlane> plane = planes.of(probe, 0, 0);
    if (plane.isEmpty()) {
      return Optional.empty();
    }
    Inputs inputs = inputs(kind, place, plane.get());
    return inputs.mixed()
        ? Optional.empty()
        : Optional.of(new CompiledBill(kind, place, planes, reach, plane.get(), inputs, block));
  }

  /// All inputs that prices of the bill have at some size, on some tree.
  private static Inputs inputs(BillKind kind, Costs.Place place, SizePlane plane) {
    Inputs inputs = new Inputs(kind.payer());
    Conditions conditions = place.setup().conditions();
    for (Life life :
        List.of(plane.origin(), plane.table(), plane.at(2 * PlaneRows.MOST_TABLES + 1))) {
      Ledger ledger = kind.ledger().apply(life);
      for (Phase phase : kind.phases()) {
        place.prices().items(ledger, phase, conditions, (_, unit, _) -> inputs.know(unit));
        if (ledger.count(phase, Event.RESOURCE_NODE_VISIT) > 0) {
          for (double nodes : NodeRows.lengths(place)) {
            inputs.know(place.prices().node(nodes, conditions.firstWalk(), conditions));
            inputs.know(place.prices().node(nodes, Heat.HOT, conditions));
          }
        }
      }
    }
    return inputs;
  }

  /// The caching mode that the mapping really has.
  CacheMode mode() {
    return mode;
  }

  /// Whether a size has a closed form here.
  boolean covers(long pages) {
    return SizePlane.has(pages)
        && pages / SizePlane.TABLE < PlaneRows.MOST_TABLES
        && reach.test(pages)
        && rowsOf(pages).sound;
  }

  /// Writes low, best and high in nanoseconds of each point, one behind the other.
  ///
  /// @param points at most a block, whose sizes are covered
  /// @param out three places for each point
  /// @return whether all were known; otherwise those that are not have NaN
  boolean estimate(Points points, double[] out) {
    int count = points.count();
    if (inputs.nothing()) {
      Arrays.fill(out, 0, 3 * count, 0);
      return true;
    }
    boolean known = true;
    for (int i = 0; i < count; i++) {
      known &= sum(i, points.pages[i], points.firmware[i], points.devices[i]);
    }
    ends.put(count, out, 0);
    return known;
  }

  private boolean sum(int at, int pages, int firmware, int devices) {
    PlaneRows of = Objects.requireNonNull(byRest[pages % window]);
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
    PlaneRows.Visits counted = of.visits[0];
    long visits = counted.at(windows, tables, firmware, devices);
    long walks = Math.max(1, counted.walks().at(windows, tables));
    long firstWalks = Math.min(walks, Math.max(1, counted.faults().at(windows, tables)));
    double nodes = (double) visits / walks;
    double first = Math.min(visits, Math.round(nodes * firstWalks));
    double again = visits - first;
    NodeRows rows = nodeRows(nodes);
    ends.set(at, ofTables, windows, of.windowRow, first, rows.first, again, rows.again);
    return known;
  }

  /// The sum where several phases walk.
  private Row walked(PlaneRows of, int windows, int tables, int firmware, int devices) {
    Row sum = of.tableRow(tables).copy();
    sum.add(of.windowRow, windows);
    for (PlaneRows.Visits counted : of.visits) {
      long visits = counted.at(windows, tables, firmware, devices);
      long walks = Math.max(1, counted.walks().at(windows, tables));
      long firstWalks = Math.min(walks, Math.max(1, counted.faults().at(windows, tables)));
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

  private PlaneRows rowsOf(long pages) {
    int rest = (int) (pages % window);
    PlaneRows known = byRest[rest];
    if (known == null) {
      known = new PlaneRows(kind, place, inputs, planes, mode, pages);
      byRest[rest] = known;
    }
    return known;
  }

  /// The rows that an estimate of a covered size adds up: what the same sum costs as a bare loop is
  /// a measure for this class.
  List<double[]> rows(long pages) {
    PlaneRows of = rowsOf(pages);
    List<Row> all = new ArrayList<>(List.of(of.tableRow(0), of.windowRow));
    if (of.visits.length > 0) {
      NodeRows rows = nodeRows(1);
      all.add(rows.first);
      all.add(rows.again);
    }
    return all.stream().map(Row::numbers).toList();
  }
}
