package org.mapcost.model.machine.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;

/// Guards how prices grow: with CPUs, pages, bytes and distance, and that waiting is a maximum and
/// not a sum.
class PriceFunctionsTest {
  private static final Platform SERVER = Platform.of(Machines.named("skylake-sp-2s"), "6.1");
  private static final Platform MILAN = Platform.of(Machines.named("epyc-milan"), "6.1");

  static IntStream seeds() {
    return IntStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theCallerOfAFlushWaitsForTheSlowest(int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    FlushRound concurrent =
        new FlushRound(
            Form.values()[random.nextInt(4)],
            1 + random.nextInt(40),
            random.nextBoolean(),
            1 + random.nextInt(70),
            0,
            0,
            Order.CONCURRENT);
    Map<String, Interval> terms = FlushRounds.of(SERVER, concurrent).terms();
    Interval work = concurrent.local() ? term(terms, "work") : Interval.ZERO;
    Interval remote = term(terms, "slowest").plus(term(terms, "acknowledge"));
    Interval send = term(terms, "send");

    Price price = FlushRounds.of(SERVER, concurrent).price();
    assertThat(price.caller().best())
        .isCloseTo(send.best() + Math.max(remote.best(), work.best()), within(1e-6));
    assertThat(price.caller().low()).isGreaterThanOrEqualTo(send.plus(remote.max(work)).low());
    assertThat(price.caller().high()).isLessThanOrEqualTo(send.plus(remote.max(work)).high());

    Price sequential = FlushRounds.of(SERVER, with(concurrent, Order.SEQUENTIAL)).price();
    assertThat(sequential.caller().best())
        .isCloseTo(send.best() + remote.best() + work.best(), within(1e-6));
    assertThat(sequential.stolen()).isEqualTo(price.stolen());
  }

  @Test
  void targetsShowInTheSendingAlone() {
    Map<String, Interval> few = FlushRounds.of(SERVER, global(36)).terms();
    Map<String, Interval> many = FlushRounds.of(SERVER, global(71)).terms();
    assertThat(term(many, "work")).isEqualTo(term(few, "work"));
    assertThat(term(many, "slowest")).isEqualTo(term(few, "slowest"));
    assertThat(term(many, "acknowledge")).isEqualTo(term(few, "acknowledge"));
    assertThat(term(many, "send").best()).isGreaterThan(term(few, "send").best());
  }

  @Test
  void stolenTimeIsASumOverTheInterrupted() {
    double one = FlushRounds.of(SERVER, global(1)).price().stolen().best();
    double all = FlushRounds.of(at(SERVER, "cpus", "128"), global(127)).price().stolen().best();
    assertThat(all).isCloseTo(127 * one, within(1e-6 * all));
  }

  @Test
  void anIdleCpuDelaysTheCallerAndLosesNothing() {
    FlushRound busy = global(1);
    FlushRound idle = new FlushRound(Form.GLOBAL, 0, true, 0, 1, 0, Order.CONCURRENT);
    assertThat(FlushRounds.of(SERVER, idle).price().stolen()).isEqualTo(Interval.ZERO);
    assertThat(FlushRounds.of(SERVER, idle).price().caller().best())
        .isGreaterThan(FlushRounds.of(SERVER, busy).price().caller().best());
  }

  @Test
  void aFlushAloneIsLocalWork() {
    FlushRound alone = new FlushRound(Form.MM_PAGE, 5, true, 0, 0, 0, Order.CONCURRENT);
    Price price = FlushRounds.of(SERVER, alone).price();
    Price one =
        FlushRounds.of(SERVER, new FlushRound(Form.MM_PAGE, 1, true, 0, 0, 0, Order.CONCURRENT))
            .price();
    double page = caller(SERVER, "page-invalidate", Map.of());
    assertThat(price.caller().best()).isCloseTo(one.caller().best() + 4 * page, within(1e-6));
    assertThat(price.stolen()).isEqualTo(Interval.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"kernel, 72", "user, 72", "kernel, 1", "user, 1"})
  void theKinkIsAt33Pages(String space, String cpus) {
    double[] ns = new double[36];
    for (int pages = 1; pages <= 35; pages++) {
      ns[pages] =
          caller(SERVER, "ranged-flush", Map.of("pages", "" + pages, "space", space, "cpus", cpus));
    }
    double slope = ns[2] - ns[1];
    for (int pages = 2; pages <= 33; pages++) {
      assertThat(ns[pages] - ns[pages - 1]).as(pages + " pages").isCloseTo(slope, within(1e-6));
    }
    assertThat(ns[34]).isLessThan(ns[33]);
    assertThat(ns[35]).isEqualTo(ns[34]);
    assertThat(slope).isGreaterThan(0);
  }

  @Test
  void aBroadcastGrowsWithCpusAndInvlpgbDoesNot() {
    double before = 0;
    for (int cpus = 2; cpus <= 256; cpus *= 2) {
      Platform platform = at(MILAN, "cpus", "" + cpus);
      double flush = caller(platform, "global-flush", Map.of());
      assertThat(flush).as(cpus + " CPUs").isGreaterThan(before);
      before = flush;
      assertThat(caller(platform, "invlpgb", Map.of()))
          .isEqualTo(caller(MILAN, "invlpgb", Map.of()));
    }
    PriceFunction invlpgb = PriceFunctions.named("invlpgb");
    assertThat(invlpgb.price(MILAN, invlpgb.arguments(MILAN, Map.of())).price().stolen())
        .isEqualTo(Interval.ZERO);
    assertThatThrownBy(() -> caller(SERVER, "invlpgb", Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("machine 'skylake-sp-2s' has no INVLPGB");
  }

  @Test
  void farTargetsCostMoreThanNearOnes() {
    Map<String, Interval> near = FlushRounds.of(SERVER, global(35)).terms();
    Platform oneSocket = at(at(SERVER, "sockets", "1"), "cpus", "36");
    Map<String, Interval> allNear = FlushRounds.of(oneSocket, global(35)).terms();
    assertThat(term(near, "send").best()).isGreaterThan(term(allNear, "send").best());
    assertThat(term(near, "acknowledge").best()).isGreaterThan(term(allNear, "acknowledge").best());
  }

  @Test
  void moreTargetsThanTheMachineHasAreFar() {
    double fits = FlushRounds.of(SERVER, global(71)).price().caller().best();
    double beyond = FlushRounds.of(SERVER, global(72)).price().caller().best();
    assertThat(beyond).isGreaterThan(fits);
  }

  @Test
  void aNodeCostsMoreWhereTheTreeLeavesACache() {
    double hot = node(20 * 1024, Heat.HOT);
    double second = node(500 * 1024, Heat.HOT);
    double last = node(8 << 20, Heat.HOT);
    double memory = node(64 << 20, Heat.HOT);
    assertThat(hot).isBetween(1.0, 2.0);
    assertThat(second).isGreaterThan(hot);
    assertThat(last).isGreaterThan(second);
    assertThat(memory).isGreaterThan(last);
    assertThat(node(20 * 1024, Heat.WARM)).isEqualTo(last);
    assertThat(node(20 * 1024, Heat.COLD)).isGreaterThan(memory);
    Platform oneNode = at(at(SERVER, "sockets", "1"), "cpus", "36");
    assertThat(NodeVisit.of(oneNode, 20 * 1024, Heat.COLD).price().caller().best())
        .isEqualTo(memory);
    assertThat(node(0, Heat.HOT)).isEqualTo(hot);
  }

  @Test
  void aWriteBackIsTheWalkAndTheDirtyBytes() {
    double small = caller(MILAN, "wbinvd", Map.of("llc", "16MiB"));
    double clean = caller(MILAN, "wbinvd", Map.of("llc", "32MiB"));
    double halfDirty = caller(MILAN, "wbinvd", Map.of("llc", "32MiB", "dirty", "0.5"));
    double dirty = caller(MILAN, "wbinvd", Map.of("llc", "32MiB", "dirty", "1"));
    assertThat(clean / small).isBetween(1.9, 2.0);
    assertThat(dirty - halfDirty).isCloseTo(halfDirty - clean, within(1.0));
    assertThat(halfDirty).isGreaterThan(clean);
  }

  @Test
  void sharersOfACacheDelayEachOther() {
    double alone = caller(MILAN, "wbinvd", Map.of());
    double two = caller(MILAN, "wbinvd", Map.of("cpus", "2", "sharing", "1"));
    double sharing = caller(MILAN, "wbinvd", Map.of("cpus", "2"));
    assertThat(two).isBetween(alone, 1.1 * alone);
    assertThat(sharing).isBetween(2 * alone, 2.1 * alone);
    PriceFunction wbinvd = PriceFunctions.named("wbinvd");
    Price all = wbinvd.price(MILAN, wbinvd.arguments(MILAN, Map.of("cpus", "128"))).price();
    assertThat(all.stolen().best()).isGreaterThan(126 * sharing / 2 * 16);
  }

  @Test
  void whatIsReadAgainIsInNoBill() {
    Platform client = Platform.of(Machines.named("client-igpu"), "6.1");
    PriceFunction wbinvd = PriceFunctions.named("wbinvd");
    Quote all = wbinvd.price(client, wbinvd.arguments(client, Map.of()));
    Quote none = wbinvd.price(client, wbinvd.arguments(client, Map.of("reused", "0")));
    assertThat(all.terms()).containsKey("read again afterwards");
    assertThat(none.terms()).doesNotContainKey("read again afterwards");
    assertThat(all.price()).isEqualTo(none.price());
  }

  @Test
  void wbnoinvdIsWbinvdWhereTheMachineHasNone() {
    assertThat(caller(SERVER, "wbnoinvd", Map.of())).isEqualTo(caller(SERVER, "wbinvd", Map.of()));
    PriceFunction wbnoinvd = PriceFunctions.named("wbnoinvd");
    Quote quote = wbnoinvd.price(MILAN, wbnoinvd.arguments(MILAN, Map.of()));
    assertThat(quote.price().provenance().unsourced()).contains("prices.wbnoinvd_walk");
    assertThat(quote.terms()).doesNotContainKey("read again afterwards");
  }

  @Test
  void ptiAddsTwoCr3Writes() {
    Platform exact = at(at(SERVER, "clock", "1GHz"), "cr3_write", "100cycles");
    double with = caller(exact, "fault-entry", Map.of("pti", "true"));
    double without = caller(exact, "fault-entry", Map.of("pti", "false"));
    assertThat(with - without).isCloseTo(200, within(1e-6));
    assertThat(caller(exact, "fault-entry", Map.of())).isEqualTo(with);
  }

  @Test
  void linesByState() {
    double dirty = caller(SERVER, "clflush", Map.of("lines", "1"));
    double clean = caller(SERVER, "clflush", Map.of("lines", "1", "dirty", "0", "clean", "1"));
    double absent = caller(SERVER, "clflush", Map.of("lines", "1", "dirty", "0"));
    double mixed = caller(SERVER, "clflush", Map.of("lines", "4", "dirty", "0.25", "clean", "0.5"));
    assertThat(dirty).isGreaterThan(clean);
    assertThat(clean).isGreaterThan(absent);
    assertThat(mixed).isCloseTo(dirty + 2 * clean + absent, within(1e-9));
    assertThat(caller(SERVER, "clflush", Map.of("lines", "0"))).isZero();
  }

  @Test
  void refillIsBoundedByTheTlb() {
    double few = caller(SERVER, "tlb-refill", Map.of("pages", "512"));
    double full = caller(SERVER, "tlb-refill", Map.of("pages", "1536"));
    double more = caller(SERVER, "tlb-refill", Map.of("pages", "2000"));
    assertThat(full).isCloseTo(3 * few, within(1e-6 * full));
    assertThat(more).isEqualTo(full);
    assertThat(caller(at(SERVER, "nested_walk", "2"), "tlb-refill", Map.of()))
        .isCloseTo(2 * full, within(1e-6 * full));
  }

  @ParameterizedTest
  @CsvSource({"ram", "vram"})
  void weakerModesReadSlower(String memory) {
    double wb = caller(SERVER, "access", Map.of("memory", memory));
    double wc = caller(SERVER, "access", Map.of("memory", memory, "mode", "wc"));
    double uc = caller(SERVER, "access", Map.of("memory", memory, "mode", "uc"));
    assertThat(wc).isGreaterThan(wb);
    assertThat(uc).isEqualTo(wc);
    double combined =
        caller(SERVER, "access", Map.of("memory", memory, "mode", "wc", "op", "write"));
    double single = caller(SERVER, "access", Map.of("memory", memory, "mode", "uc", "op", "write"));
    assertThat(single).isGreaterThan(combined);
  }

  @Test
  void aLongerListIsSearchedDeeper() {
    double recorded = caller(SERVER, "memtype-search", Map.of("entries", "8"));
    double longer = caller(SERVER, "memtype-search", Map.of("entries", "64"));
    double longest = caller(SERVER, "memtype-search", Map.of("entries", "512"));
    assertThat(caller(SERVER, "memtype-search", Map.of("entries", "0"))).isEqualTo(recorded);
    assertThat(longest - longer).isCloseTo(longer - recorded, within(1e-6));
  }

  @Test
  void aVirtualMachinePaysForEveryTargetAndForPreemption() {
    Platform guest = at(at(SERVER, "ipi_exit", "1us"), "preempted_wait", "5ms");
    assertThat(caller(guest, "ipi-broadcast", Map.of()) - caller(SERVER, "ipi-broadcast", Map.of()))
        .isCloseTo(71_000, within(1e-3));
    assertThat(caller(guest, "ipi-broadcast", Map.of("preempted", "1"))).isGreaterThan(5e6);
  }

  @Test
  void everyFunctionPricesWithItsDefaults() {
    for (Machine machine : Machines.all()) {
      for (PriceFunction function : PriceFunctions.all()) {
        if (function instanceof InvlpgbFlush && !machine.has(Parameter.INVLPGB)) {
          continue;
        }
        for (String kernel : new String[] {"4.19", "5.11", "6.1", "7.2"}) {
          Platform platform = Platform.of(machine, kernel);
          Quote quote = function.price(platform, function.arguments(platform, Map.of()));
          String what = function.name() + " on " + machine.name();
          assertThat(quote.price().caller().low()).as(what).isGreaterThan(0);
          assertThat(quote.formula()).as(what).isNotBlank();
          assertThat(quote.terms()).as(what).isNotEmpty();
          assertThat(
                  quote.price().provenance().sources().size()
                      + quote.price().provenance().unsourced().size())
              .as(what)
              .isPositive();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wbinvd|drity|0.5|unknown key 'drity'; did you mean 'dirty'?",
        "wbinvd|dirty|2|dirty: 2 is no share: write 0 to 1.",
        "wbinvd|llc|big|llc: 'big' is no size",
        "clflush|clean|1|dirty and clean are shares of the same lines",
        "ranged-flush|pages|0|pages: a flush names at least one page.",
        "ranged-flush|order|later|unknown value for order 'later'",
        "global-flush|idle|72|cpus: the caller and 72 idle or preempted CPUs are more than 72",
        "ipi-broadcast|idle|72|targets: idle and preempted CPUs are among the targets.",
        "node-visit|heat|cool|unknown value for heat 'cool'; did you mean 'cold'?",
        "access|load|0|load: one load has 1 to 64 bytes."
      })
  void whatAFunctionCannotBeTold(String function, String key, String value, String message) {
    assertThatThrownBy(() -> caller(SERVER, function, Map.of(key, value)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void unknownFunctions() {
    assertThatThrownBy(() -> PriceFunctions.named("wbinv"))
        .hasMessageStartingWith("unknown price function 'wbinv'; did you mean 'wbinvd'?");
  }

  private static double node(int bytes, Heat heat) {
    return NodeVisit.of(SERVER, bytes, heat).price().caller().best();
  }

  private static double caller(Platform platform, String function, Map<String, String> set) {
    PriceFunction priced = PriceFunctions.named(function);
    return priced
        .price(platform, priced.arguments(platform, new HashMap<>(set)))
        .price()
        .caller()
        .best();
  }

  private static Platform at(Platform platform, String key, String value) {
    return new Platform(platform.machine().with(key, value), platform.instructions());
  }

  private static FlushRound global(int targets) {
    return new FlushRound(Form.GLOBAL, 0, true, targets, 0, 0, Order.CONCURRENT);
  }

  private static FlushRound with(FlushRound round, Order order) {
    return new FlushRound(
        round.form(),
        round.pages(),
        round.local(),
        round.running(),
        round.idle(),
        round.preempted(),
        order);
  }

  private static Interval term(Map<String, Interval> terms, String name) {
    Interval term = terms.get(name);
    if (term == null) {
      throw new AssertionError(name + " is none of " + terms.keySet());
    }
    return term;
  }
}
