package org.mapcost.model.tlb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;

/// Guards that reclaim flushes once for many programs, each CPU that held one of them, and never
/// for a program that only the caller runs.
class UnmapBatchTest {
  private static final BitSet NOBODY = new BitSet();

  private final Ledger ledger = new Ledger();

  private static TlbFlush tlb(int cpus, boolean invlpgb) {
    return new TlbFlush(
        new Cpus(cpus, 0, invlpgb), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.BROADCAST);
  }

  private static BitSet cpus(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return set;
  }

  @Test
  void oneFlushForAll() {
    UnmapBatch batch = new UnmapBatch(tlb(8, false), 0);
    assertThat(batch.unmap(cpus(0, 1, 2), ledger)).isTrue();
    assertThat(batch.unmap(cpus(2, 5), ledger)).isTrue();
    assertThat(ledger.totals()).isEmpty();
    assertThat(batch.isEmpty()).isFalse();
    batch.flush(cpus(5), ledger);
    assertThat(ledger.totals())
        .isEqualTo(Map.of("tlb_round_full", 1L, "tlb_invalidate_full", 3L, "ipi", 2L));
    assertThat(batch.isEmpty()).isTrue();
    batch.flush(NOBODY, ledger);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(1);
  }

  @Test
  void nothingWaitsForTheCallerAlone() {
    UnmapBatch batch = new UnmapBatch(tlb(8, false), 3);
    assertThat(batch.unmap(cpus(3), ledger)).isFalse();
    assertThat(ledger.totals())
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 1L));
    assertThat(batch.unmap(NOBODY, ledger)).isFalse();
    batch.flush(NOBODY, ledger);
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(1);
  }

  @Test
  void onlyLazyCpusAreNotFlushedAtAll() {
    UnmapBatch batch = new UnmapBatch(tlb(8, false), 0);
    batch.unmap(cpus(4), ledger);
    batch.flush(cpus(4), ledger);
    assertThat(ledger.totals()).isEmpty();
  }

  @Test
  void aBroadcastInterruptsNobody() {
    UnmapBatch batch = new UnmapBatch(tlb(8, true), 0);
    batch.unmap(cpus(1, 2, 3), ledger);
    batch.flush(NOBODY, ledger);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(1);
    assertThat(ledger.total(Event.IPI)).isZero();
  }

  /// However many pages are unmapped, the interrupts are those of one flush of all their CPUs.
  @Test
  void neverMoreThanOneInterruptACpu() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3000; i++) {
      int online = 1 + random.nextInt(16);
      int caller = random.nextInt(online);
      UnmapBatch batch = new UnmapBatch(tlb(online, false), caller);
      BitSet union = new BitSet();
      Ledger atOnce = new Ledger();
      Ledger later = new Ledger();
      for (int page = random.nextInt(10); page > 0; page--) {
        BitSet holders = new BitSet();
        random.ints(random.nextInt(4), 0, online).forEach(holders::set);
        if (batch.unmap(holders, atOnce)) {
          union.or(holders);
        }
      }
      BitSet lazy = new BitSet();
      random.ints(random.nextInt(3), 0, online).forEach(lazy::set);
      batch.flush(lazy, later);
      assertThat(atOnce.total(Event.IPI)).isZero();
      BitSet interrupted = (BitSet) union.clone();
      interrupted.andNot(lazy);
      interrupted.clear(caller);
      assertThat(later.total(Event.IPI)).isEqualTo(interrupted.cardinality());
      assertThat(later.total(Event.TLB_ROUND_FULL)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void noSuchCpu() {
    assertThatThrownBy(() -> new UnmapBatch(tlb(2, false), 2)).hasMessage("CPU 2 of 2");
    UnmapBatch batch = new UnmapBatch(tlb(2, false), 1);
    assertThatThrownBy(() -> batch.unmap(cpus(4), ledger)).hasMessage("CPU 4 of 2");
  }
}
