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
import org.mapcost.model.machine.Machines;

/// Guards what a flush holds: the layers around one instruction, where the other CPUs are, what a
/// hypervisor adds, and that consequences are shown and in no bill.
class FlushPricesTest {
  private static final Platform SERVER = Platform.of(Machines.named("skylake-sp-2s"), "6.1");
  private static final Platform GUEST = Platform.of(Machines.named("epyc-vm"), "6.1");

  @Test
  void everyLayerHoldsTheOneBefore() {
    double instruction = caller(SERVER, "page-invalidate", "pti", "false");
    double call = caller(SERVER, "page-invalidate", "pti", "false", "layer", "call");
    double cold = caller(SERVER, "page-invalidate", "pti", "false", "layer", "cold");
    assertThat(call).isGreaterThan(instruction);
    assertThat(cold).isGreaterThan(2 * call);
    assertThat(caller(SERVER, "page-invalidate", "pti", "false", "pages", "10"))
        .isCloseTo(10 * instruction, within(1e-6));
    assertThat(caller(SERVER, "page-invalidate", "pti", "false", "layer", "cold", "pages", "10"))
        .isCloseTo(cold + 9 * instruction, within(1e-6));
    assertThat(caller(SERVER, "page-invalidate", "pti", "true")).isGreaterThan(instruction);
  }

  @Test
  void aLocalFlushIsACallOfThePages() {
    double local = caller(SERVER, "ranged-flush", "cpus", "1", "pages", "7");
    assertThat(local)
        .isCloseTo(caller(SERVER, "page-invalidate", "layer", "call", "pages", "7"), within(1e-6));
    assertThat(caller(SERVER, "ranged-flush", "cpus", "1", "pages", "7", "heat", "cold"))
        .isCloseTo(caller(SERVER, "page-invalidate", "layer", "cold", "pages", "7"), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"ipi-broadcast, targets", "global-flush, cpus", "ranged-flush, cpus"})
  void distanceAndNumberShow(String function, String number) {
    double near = caller(SERVER, function, number, "8", "distance", "near");
    double far = caller(SERVER, function, number, "8", "distance", "far");
    double remote = caller(SERVER, function, number, "8", "distance", "remote");
    assertThat(far).as("one LLC a socket").isEqualTo(near);
    assertThat(remote).isGreaterThan(far);
    assertThat(caller(SERVER, function, number, "16", "distance", "near")).isGreaterThan(near);
    assertThat(caller(SERVER, function, number, "8")).isBetween(near, remote);
  }

  @Test
  void refillIsShownAndInNoBill() {
    Quote full = quote(SERVER, "global-flush");
    Quote none = quote(SERVER, "global-flush", "refill", "0");
    assertThat(full.terms()).containsKey(FlushArguments.REFILL);
    assertThat(full.terms().get(FlushArguments.REFILL))
        .isEqualTo(quote(SERVER, "tlb-refill").price().caller());
    assertThat(none.terms()).doesNotContainKey(FlushArguments.REFILL);
    assertThat(full.price()).isEqualTo(none.price());
    assertThat(quote(SERVER, "ranged-flush", "pages", "33").terms())
        .doesNotContainKey(FlushArguments.REFILL);
    assertThat(quote(SERVER, "ranged-flush", "pages", "34").terms())
        .containsKey(FlushArguments.REFILL);
  }

  @Test
  void aUserFlushLeavesPreemptedCpusOutWhereTheHypervisorOffersIt() {
    double running = caller(GUEST, "ranged-flush", "space", "user", "cpus", "3");
    double user = caller(GUEST, "ranged-flush", "space", "user", "cpus", "4", "preempted", "1");
    double kernel = caller(GUEST, "ranged-flush", "space", "kernel", "cpus", "4", "preempted", "1");
    assertThat(user).isEqualTo(running);
    assertThat(kernel).isGreaterThan(3e6);
    Platform without =
        new Platform(GUEST.machine().with("pv_flush", "false"), GUEST.instructions());
    assertThat(caller(without, "ranged-flush", "space", "user", "cpus", "4", "preempted", "1"))
        .isGreaterThan(3e6);
    assertThat(caller(GUEST, "ranged-flush", "space", "user", "cpus", "2", "preempted", "1"))
        .isEqualTo(caller(GUEST, "ranged-flush", "space", "user", "cpus", "1"));
  }

  @Test
  void theFormulaIsPrintedWithItsNumbers() {
    Quote quote = quote(SERVER, "memtype-lock", "contenders", "1", "section", "300ns");
    assertThat(quote.formulaWithNumbers())
        .contains("section (300 ns)", "contenders x period (")
        .doesNotContain("hand-over (");
    assertThat(quote(SERVER, "page-clear").formulaWithNumbers())
        .isEqualTo("pages x clear (250 ns)");
  }

  @Test
  void dirtyBytesAreAShareOfTheCache() {
    double share = caller(SERVER, "wbinvd", "llc", "16MiB", "dirty", "0.25");
    assertThat(caller(SERVER, "wbinvd", "llc", "16MiB", "dirty_bytes", "4MiB")).isEqualTo(share);
    assertThatThrownBy(() -> caller(SERVER, "wbinvd", "llc", "4MiB", "dirty_bytes", "5MiB"))
        .hasMessage("dirty_bytes: 5MiB do not fit the cache.");
    assertThatThrownBy(() -> caller(SERVER, "wbinvd", "llc", "0B"))
        .hasMessage("llc: a cache has at least one line.");
  }

  @Test
  void nodesOnTwoLinesTakeTwiceTheRoom() {
    assertThat(caller(SERVER, "node-visit", "nodes", "400", "lines", "2"))
        .isEqualTo(caller(SERVER, "node-visit", "nodes", "800"))
        .isGreaterThan(caller(SERVER, "node-visit", "nodes", "400"));
    assertThatThrownBy(() -> caller(SERVER, "node-visit", "lines", "3"))
        .hasMessage("lines: a node lies on 1 to 2 cache lines.");
  }

  private static double caller(Platform platform, String name, String... keysAndValues) {
    return quote(platform, name, keysAndValues).price().caller().best();
  }

  private static Quote quote(Platform platform, String name, String... keysAndValues) {
    Map<String, String> set = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      set.put(keysAndValues[i], Objects.requireNonNull(keysAndValues[i + 1]));
    }
    PriceFunction function = PriceFunctions.named(name);
    return function.price(platform, function.arguments(platform, set));
  }
}
