package org.mapcost.model.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.whatif.Inputs.Row;
import org.mapcost.model.whatif.LifeForm.Life;

/// Everything that a plane of sizes counts for a bill, with its prices.
///
/// Not safe for use by several threads.
final class PlaneRows {
  /// Sizes up to so many page-table pages.
  static final int MOST_TABLES = 4096;

  private final BillKind kind;
  private final Costs.Place place;
  private final Inputs inputs;
  private final @Nullable SizePlane plane;
  private final int start;
  private final int windowPages;
  private final Row originRow;
  private final Row eachTableRow;
  private final @Nullable Row[] tableRows = new Row[MOST_TABLES];

  /// For each window more than the origin.
  final Row windowRow;

  /// Stands for what has no row: its best time is no number.
  final Row unknown;

  /// The visited nodes of each phase that walks.
  final Visits[] visits;

  /// Whether the plane tells everything.
  final boolean sound;

  /// The plane that a size lies on, on a tree with so many additions.
  @FunctionalInterface
  interface Planes {
    Optional<SizePlane> of(long pages, int firmware, int devices);
  }

  /// A count: at the origin of a plane, for each window more, for each table more.
  record Linear(long origin, long window, long table) {
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
  record Visits(
      Linear base, Linear firmware, Linear bridge, Linear device, Linear walks, Linear faults) {
    long at(int windows, int tables, int ranges, int functions) {
      long visits = base.at(windows, tables) + ranges * firmware.at(windows, tables);
      return functions == 0
          ? visits
          : visits + bridge.at(windows, tables) + functions * device.at(windows, tables);
    }
  }

  /// @param planes those that a size lies on
  /// @param mode the caching mode that the mapping really has at other sizes
  PlaneRows(
      BillKind kind, Costs.Place place, Inputs inputs, Planes planes, CacheMode mode, long pages) {
    this.kind = kind;
    this.place = place;
    this.inputs = inputs;
    this.originRow = inputs.row();
    this.windowRow = inputs.row();
    this.eachTableRow = inputs.row();
    this.unknown = inputs.row();
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
    for (Phase phase : kind.phases()) {
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
    closed &=
        !inputs.nothing() || (originRow.best == 0 && windowRow.best == 0 && eachTableRow.best == 0);
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
    return kind.ledger().apply(life);
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
    for (Phase phase : kind.phases()) {
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
    for (Phase phase : kind.phases()) {
      for (Map.Entry<FlushRound, Long> each : ledger.rounds(phase).entrySet()) {
        all &= inputs.addTo(row, place.prices().round(each.getKey()), (double) each.getValue());
      }
    }
    return all ? row : unknown;
  }
}
