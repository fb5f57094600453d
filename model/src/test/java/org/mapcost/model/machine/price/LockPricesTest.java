package org.mapcost.model.machine.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;

/// Guards what locks cost: nothing passes while nobody else wants them, a saturated spinlock serves
/// one CPU a critical section however many wait, and readers wait for a line and not for each
/// other.
class LockPricesTest {
  private static final Platform SERVER = Platform.of(Machines.named("cascade-lake-sp-2s"), "5.4");
  private static final MachinePrices PRICES = new MachinePrices(SERVER);

  @ParameterizedTest
  @EnumSource(Lock.class)
  void aLockNobodyElseWantsIsNotPassedOn(Lock lock) {
    assertThat(PRICES.lockHandOver(lock, 0).caller()).isEqualTo(Interval.ZERO);
    assertThat(PRICES.lockHandOver(lock, 1).caller()).isEqualTo(Interval.ZERO);
    assertThat(PRICES.lockHandOver(lock, 2).caller().low()).isGreaterThan(0);
    assertThat(PRICES.lockHandOver(lock, 2).caller().best())
        .isGreaterThan(PRICES.lock(Lock.MEMTYPE_LOCK).caller().best());
    assertThat(PRICES.lockHandOver(lock, 96).stolen()).isEqualTo(Interval.ZERO);
    assertThatThrownBy(() -> PRICES.lockHandOver(lock, -1))
        .hasMessage("a lock has no negative number of CPUs: -1");
  }

  @Test
  void lockTransfersWithoutSourceAreNamed() {
    assertThat(PRICES.lockHandOver(Lock.MEMTYPE_LOCK, 8).provenance().unsourced())
        .containsExactly("prices.lock_transfers");
    assertThat(PRICES.lockHandOver(Lock.RESOURCE_LOCK, 8).provenance().unsourced()).isEmpty();
  }

  /// Saturated throughput is 1 / critical section whatever the number of CPUs: each waits for all.
  @ParameterizedTest
  @CsvSource({"2", "8", "48", "96", "1000"})
  void aSaturatedSpinlockServesOneCpuASection(int contenders) {
    Quote quote = lock("memtype-lock", "contenders", "" + contenders, "section", "300ns");
    double period = term(quote, "period");
    assertThat(period).isCloseTo(300 + term(quote, "hand-over"), within(1e-6));
    assertThat(quote.price().caller().best()).isCloseTo(contenders * period, within(1e-3));
    double served = contenders / quote.price().caller().best();
    assertThat(served).isCloseTo(1 / period, within(1e-9));
    if (contenders <= 96) {
      assertThat(period)
          .isCloseTo(
              term(lock("memtype-lock", "contenders", "2", "section", "300ns"), "period"),
              within(1e-6));
    }
  }

  @Test
  void workElsewhereIsTakenOffTheQueue() {
    Quote busy = lock("memtype-lock", "contenders", "48");
    Quote less = lock("memtype-lock", "contenders", "48", "elsewhere", "2us");
    assertThat(busy.price().caller().best() - less.price().caller().best())
        .isCloseTo(2000, within(1e-6));
    Quote idle = lock("memtype-lock", "contenders", "48", "elsewhere", "1s");
    Quote alone = lock("memtype-lock", "contenders", "1");
    assertThat(idle.price().caller().best()).isEqualTo(alone.price().caller().best());
    assertThat(alone.price().caller().best())
        .isCloseTo(term(alone, "free") + term(alone, "section"), within(1e-9));
  }

  @Test
  void readersWaitForALineAndNotForEachOther() {
    Quote two = lock("resource-lock", "contenders", "2", "section", "10us");
    assertThat(two.price().caller().best())
        .isCloseTo(10_000 + term(two, "hand-over"), within(1e-6));
    Quote many = lock("resource-lock", "contenders", "96", "section", "100ns");
    assertThat(many.price().caller().best()).isCloseTo(96 * term(many, "period"), within(1e-6));
    Quote alone = lock("resource-lock", "contenders", "1", "section", "100ns");
    assertThat(alone.price().caller().best()).isCloseTo(100 + term(alone, "free"), within(1e-9));
    double shortWalk =
        lock("resource-lock", "contenders", "1", "nodes", "20").price().caller().best();
    double longWalk =
        lock("resource-lock", "contenders", "1", "nodes", "40").price().caller().best();
    assertThat(longWalk).isGreaterThan(shortWalk);
  }

  @ParameterizedTest
  @MethodSource("org.mapcost.model.machine.Machines#all")
  void farContendersCostMoreThanNearOnes(Machine machine) {
    Machine oneCache = machine.with("sockets", "1").with("llcs", "1").with("cpus", "4");
    double near =
        MachinePrices.of(oneCache, "6.1").lockHandOver(Lock.MEMTYPE_LOCK, 4).caller().best();
    Machine spread = machine.with("sockets", "2").with("llcs", "1").with("cpus", "4");
    double far = MachinePrices.of(spread, "6.1").lockHandOver(Lock.MEMTYPE_LOCK, 4).caller().best();
    assertThat(far).as(machine.name()).isGreaterThanOrEqualTo(near);
  }

  @Test
  void timesMayBeCycles() {
    Platform exact = new Platform(SERVER.machine().with("clock", "2GHz"), SERVER.instructions());
    PriceFunction function = PriceFunctions.named("memtype-lock");
    Arguments arguments =
        function.arguments(exact, Map.of("section", "600cycles", "contenders", "1"));
    assertThat(term(function.price(exact, arguments), "section")).isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memtype-lock|nodes|unknown key 'nodes'",
        "resource-lock|contender|unknown key 'contender'; did you mean 'contenders'?"
      })
  void unknownKeys(String function, String key, String message) {
    assertThatThrownBy(() -> lock(function, key, "1"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void onlyTwoLocksHaveASection() {
    assertThatThrownBy(() -> new ContendedLock(Lock.CPA_LOCK))
        .hasMessage("cpa_lock has no section of its own");
  }

  private static Quote lock(String name, String... keysAndValues) {
    Map<String, String> set = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      set.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    PriceFunction function = PriceFunctions.named(name);
    return function.price(SERVER, function.arguments(SERVER, set));
  }

  private static double term(Quote quote, String name) {
    return Objects.requireNonNull(quote.terms().get(name), name).best();
  }
}
