package org.mapcost.model.tlb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;

/// Guards who gets a global ASID: a program on more than 3 CPUs, after about one flush in 32, and
/// what a flush does meanwhile.
class GlobalAsidTest {
  @Test
  void moreThanThreeCpus() {
    assertThat(GlobalAsid.gives(3)).isFalse();
    assertThat(GlobalAsid.gives(4)).isTrue();
  }

  @Test
  void inTransitionAFlushIsBroadcastAndInterrupts() {
    Ledger ledger = new Ledger();
    AddressSpace mm = new AddressSpace(5, 2, true, true);
    tlb(true).mmRangeInTransition(mm, 3, false).forEach(ledger::round);
    assertThat(ledger.totals())
        .isEqualTo(Map.of("tlb_round_ranged", 2L, "tlb_invalidate_page", 3L + 18, "ipi", 5L));
    ledger.clear();
    tlb(true).mmRange(mm, 3, false).ifPresent(ledger::round);
    assertThat(ledger.total(Event.IPI)).as("afterwards").isZero();
    ledger.clear();
    tlb(true).mmRangeInTransition(mm, 34, false).forEach(ledger::round);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2);
    ledger.clear();
    tlb(false).mmRangeInTransition(mm, 3, false).forEach(ledger::round);
    assertThat(ledger.totals())
        .as("a CPU without INVLPGB")
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 18L, "ipi", 5L));
  }

  private static TlbFlush tlb(boolean invlpgb) {
    return new TlbFlush(
        new Cpus(8, 0, invlpgb), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.BROADCAST);
  }

  @Test
  void oneFlushIn32() {
    assertThat(LongStream.range(0, 3200).filter(tick -> GlobalAsid.looks(1234, tick))).hasSize(100);
    assertThat(GlobalAsid.looks(1234, 1234 + 64)).isTrue();
  }
}
