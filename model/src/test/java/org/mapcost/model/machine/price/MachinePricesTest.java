package org.mapcost.model.machine.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Conditions.LineMix;
import org.mapcost.model.cost.Estimate;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;

/// Guards that a ledger is priced exactly once: every event has an exclusive price or belongs to a
/// round, rounds replace their parts, and no published figure that contains several events is the
/// price of one.
class MachinePricesTest {
  private static final MachinePrices PRICES =
      MachinePrices.of(Machines.named("skylake-sp-2s"), "6.1");

  private static final FlushRound ROUND =
      new FlushRound(Form.GLOBAL, 0, true, 71, 0, 0, Order.CONCURRENT);

  @ParameterizedTest
  @EnumSource(Event.class)
  void everyEventIsPricedOrPartOfARound(Event event) {
    if (PriceList.PARTS_OF_ROUNDS.contains(event)) {
      assertThatThrownBy(() -> PRICES.event(event, Conditions.USUAL))
          .hasMessage(event.key() + " is part of a round and has no price of its own");
      assertThat(event).isIn(Event.TLB_ROUND_RANGED, Event.TLB_ROUND_FULL, Event.IPI);
      return;
    }
    Ledger ledger = new Ledger();
    ledger.add(event, 3);
    Estimate estimate = PRICES.price(ledger, Conditions.USUAL);
    assertThat(estimate.byMechanism()).containsOnlyKeys(event.key());
    assertThat(estimate.total().caller().low()).isGreaterThan(0);
    Ledger more = new Ledger();
    more.add(event, 6);
    assertThat(PRICES.price(more, Conditions.USUAL).total().caller().best())
        .isGreaterThan(estimate.total().caller().best());
  }

  @ParameterizedTest
  @EnumSource(Lock.class)
  void everyLockHasAnUncontendedPrice(Lock lock) {
    Ledger ledger = new Ledger();
    ledger.enter(lock);
    assertThat(PRICES.price(ledger, Conditions.USUAL).byMechanism()).containsOnlyKeys(lock.key());
  }

  @Test
  void aRoundReplacesItsParts() {
    Ledger ledger = new Ledger();
    ledger.round(ROUND);
    ledger.round(ROUND);
    ledger.add(Event.TLB_INVALIDATE_GLOBAL);
    Estimate estimate = PRICES.price(ledger, Conditions.USUAL);
    assertThat(estimate.byMechanism()).containsOnlyKeys("tlb_round_full", "tlb_invalidate_global");
    assertThat(estimate.byMechanism().get("tlb_round_full"))
        .isEqualTo(PRICES.round(ROUND).times(2));
    assertThat(estimate.byMechanism().get("tlb_invalidate_global"))
        .isEqualTo(PRICES.event(Event.TLB_INVALIDATE_GLOBAL, Conditions.USUAL));
  }

  @Test
  void callerAndStolenTimeStayApart() {
    Ledger ledger = new Ledger();
    ledger.round(ROUND);
    ledger.add(Event.FAULT, 5);
    Price total = PRICES.price(ledger, Conditions.USUAL).total();
    Price round = PRICES.round(ROUND);
    Price fault = PRICES.event(Event.FAULT, Conditions.USUAL);
    assertThat(total.stolen()).isEqualTo(round.stolen());
    assertThat(total.caller().best())
        .isCloseTo(round.caller().best() + 5 * fault.caller().best(), within(1e-6));
  }

  @Test
  void phasesAreBilledApart() {
    Ledger ledger = new Ledger();
    ledger.enter(Phase.LOAD);
    ledger.add(Event.MEMTYPE_INSERT);
    ledger.enter(Phase.TOUCH);
    ledger.add(Event.PTE_WRITE, 7);
    Estimate estimate = PRICES.price(ledger, Conditions.USUAL);
    assertThat(estimate.phase(Phase.LOAD))
        .isEqualTo(PRICES.event(Event.MEMTYPE_INSERT, Conditions.USUAL));
    assertThat(estimate.phase(Phase.TOUCH))
        .isEqualTo(PRICES.event(Event.PTE_WRITE, Conditions.USUAL).times(7));
    assertThat(estimate.phase(Phase.FREE)).isEqualTo(Price.FREE);
    assertThat(estimate.total().caller().best())
        .isCloseTo(
            estimate.phase(Phase.LOAD).caller().best()
                + estimate.phase(Phase.TOUCH).caller().best(),
            within(1e-9));
  }

  @Test
  void anEmptyLedgerIsFree() {
    Estimate estimate = PRICES.price(new Ledger(), Conditions.USUAL);
    assertThat(estimate.total()).isEqualTo(Price.FREE);
    assertThat(estimate.total().provenance().restsOnNone()).isFalse();
  }

  @Test
  void theFirstWalkOfEachFaultFindsTheTreeElsewhere() {
    Ledger ledger = new Ledger();
    ledger.add(Event.FAULT, 4);
    ledger.add(Event.RESOURCE_WALK, 64);
    ledger.add(Event.RESOURCE_NODE_VISIT, 64 * 30);
    Conditions cold = new Conditions(0, Heat.COLD, LineMix.ALL_DIRTY, 8, 0);
    Price walks = priceOf(ledger, cold, "resource_node_visit");
    double bytes = 30 * 64;
    double first = NodeVisit.of(PRICES.platform(), bytes, Heat.COLD).price().caller().best();
    double again = NodeVisit.of(PRICES.platform(), bytes, Heat.HOT).price().caller().best();
    assertThat(walks.caller().best()).isCloseTo(4 * 30 * first + 60 * 30 * again, within(1e-6));

    Conditions hot = new Conditions(0, Heat.HOT, LineMix.ALL_DIRTY, 8, 0);
    assertThat(priceOf(ledger, hot, "resource_node_visit").caller().best())
        .isCloseTo(64 * 30 * again, within(1e-6));
    Conditions largeTree = new Conditions(64 << 20, Heat.HOT, LineMix.ALL_DIRTY, 8, 0);
    assertThat(priceOf(ledger, largeTree, "resource_node_visit").caller().best())
        .isGreaterThan(10 * 64 * 30 * again);
  }

  @Test
  void linesThatWereFlushedBeforeAreAbsent() {
    Ledger ledger = new Ledger();
    ledger.flushLines(LineState.AS_FOUND, 64);
    ledger.flushLines(LineState.FLUSHED_BEFORE, 64);
    double dirty = PRICES.line(LineState.AS_FOUND, LineMix.ALL_DIRTY).caller().best();
    double absent = PRICES.line(LineState.FLUSHED_BEFORE, LineMix.ALL_DIRTY).caller().best();
    assertThat(priceOf(ledger, Conditions.USUAL, "clflush_line").caller().best())
        .isCloseTo(64 * dirty + 64 * absent, within(1e-6));
    assertThat(absent).isLessThan(dirty);
  }

  @Test
  void aWriteBackOnAllCpusPaysForItsInterrupts() {
    Ledger inHandler = new Ledger();
    inHandler.add(Event.WBINVD, 72);
    Ledger called = new Ledger();
    called.add(Event.WBINVD, 72);
    called.add(Event.IPI, 71);
    Price without = PRICES.price(inHandler, Conditions.USUAL).total();
    Price with = PRICES.price(called, Conditions.USUAL).total();
    assertThat(with.caller().best()).isGreaterThan(without.caller().best());
    assertThat(with.stolen().best()).isGreaterThan(without.stolen().best());
    assertThat(PRICES.price(called, Conditions.USUAL).byMechanism()).containsOnlyKeys("wbinvd");
    Ledger twice = new Ledger();
    twice.add(Event.WBINVD, 144);
    assertThat(PRICES.price(twice, Conditions.USUAL).total().caller())
        .isEqualTo(without.caller().times(2));
  }

  @Test
  void theWholeOfASplitIsTheSumOfItsEvents() {
    Ledger ledger = new Ledger();
    ledger.add(Event.DIRECT_MAP_SPLIT);
    ledger.add(Event.PAGE_ALLOC);
    ledger.add(Event.KERNEL_PTE_WRITE, 513);
    ledger.round(ROUND);
    Price events = PRICES.price(ledger, Conditions.USUAL).total();
    PriceFunction split = PriceFunctions.named("direct-map-split");
    Price whole =
        split
            .price(PRICES.platform(), split.arguments(PRICES.platform(), java.util.Map.of()))
            .price();
    assertThat(whole.caller().best()).isCloseTo(events.caller().best(), within(1e-6));
    assertThat(whole.stolen()).isEqualTo(events.stolen());
  }

  /// Rows of the survey that measure a whole operation: TTM and vfio mapping per page, faults,
  /// page_is_ram and iomem walks with all that is around them, flush curves with tracing, shootdown
  /// throughput, memtype contention.
  private static final List<String> INCLUSIVE =
      List.of(
          "F001-F058",
          "R001-R042",
          "T025-T044",
          "T049-T060",
          "S004-S072",
          "S083-S096",
          "G001-G003",
          "W006-W009",
          "B001-B012");

  @ParameterizedTest
  @MethodSource("org.mapcost.model.machine.Machines#all")
  void noInclusiveFigureIsAPrice(Machine machine) {
    Set<String> used = new TreeSet<>();
    for (Parameter parameter : Parameter.values()) {
      // That a machine has an instruction or two threads a core is no price.
      if (parameter.dimension() != org.mapcost.model.machine.Dimension.FLAG
          && parameter != Parameter.THREADS
          && parameter != Parameter.CPUS) {
        used.addAll(rows(machine.quantity(parameter).source()));
      }
    }
    assertThat(used).isNotEmpty();
    for (String range : INCLUSIVE) {
      assertThat(used).doesNotContainAnyElementsOf(rows(range));
    }
    for (Event event : Event.values()) {
      if (!PriceList.PARTS_OF_ROUNDS.contains(event)) {
        Interval caller = PRICES.event(event, Conditions.USUAL).caller();
        assertThat(caller.best()).as(event.key()).isNotIn(751.0, 76.0, 119.0, 448.0, 220.0);
      }
    }
  }

  /// `T001-T003, W002` names the rows T001, T002, T003 and W002.
  private static Set<String> rows(String text) {
    Set<String> rows = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\b([A-Z])(\\d{3})(?:-[A-Z](\\d{3}))?").matcher(text);
    while (matcher.find()) {
      int first = Integer.parseInt(matcher.group(2));
      int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
      for (int row = first; row <= last; row++) {
        rows.add(matcher.group(1) + String.format(java.util.Locale.ROOT, "%03d", row));
      }
    }
    return rows;
  }

  @Test
  void whatRestsOnNoSourceIsNamed() {
    Ledger ledger = new Ledger();
    ledger.round(new FlushRound(Form.INVLPGB, 0, true, 0, 0, 0, Order.CONCURRENT));
    ledger.add(Event.FAULT);
    Price total = PRICES.price(ledger, Conditions.USUAL).total();
    assertThat(total.provenance().unsourced())
        .isEqualTo(new TreeSet<>(Set.of("prices.invlpgb_issue", "prices.tlbsync")));
    assertThat(total.provenance().restsOnNone()).isTrue();
    assertThat(new ArrayList<>(total.provenance().sources())).anyMatch(s -> s.contains("Torvalds"));
  }

  private static Price priceOf(Ledger ledger, Conditions conditions, String mechanism) {
    Price price = PRICES.price(ledger, conditions).byMechanism().get(mechanism);
    if (price == null) {
      throw new AssertionError("no price for " + mechanism);
    }
    return price;
  }

  /// Between two borders all walks pay the same for a node, and behind a border another price
  /// begins: a compiled sweep asks at borders alone.
  @Test
  void nodesOfAWalkChangeTheirPriceAtBordersAlone() {
    int borders = 0;
    for (double nodes = 1; nodes < 1e7; ) {
      double upTo = PRICES.nodesOfSamePrice(nodes, Conditions.USUAL);
      Interval here = node(nodes);
      assertThat(node(Math.min(upTo, 1e7))).isEqualTo(here);
      assertThat(node(nodes + (Math.min(upTo, 1e7) - nodes) * 0.37)).isEqualTo(here);
      if (upTo < 1e7) {
        assertThat(node(Math.nextUp(upTo))).as("behind %s nodes", upTo).isNotEqualTo(here);
      }
      borders++;
      nodes = Math.nextUp(upTo);
    }
    assertThat(borders).isGreaterThan(6);
  }

  private static Interval node(double nodes) {
    return PRICES.node(nodes, Heat.HOT, Conditions.USUAL).caller();
  }
}
