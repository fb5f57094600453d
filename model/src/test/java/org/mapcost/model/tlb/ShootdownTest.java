package org.mapcost.model.tlb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;

/// Guards which flushes each operation of user space makes, and their closed forms.
class ShootdownTest {
  private static TlbFlush tlb(int cpus, LazyTlb lazy) {
    return new TlbFlush(Cpus.running(cpus), Order.CONCURRENT, lazy, Invlpgb.NONE);
  }

  private static Map<String, Long> counts(
      Shootdown operation, LazyTlb mremap, int running, int lazy, int first, long pages) {
    Ledger ledger = new Ledger();
    operation.charge(
        tlb(running + lazy + 2, LazyTlb.SKIPPED),
        mremap,
        AddressSpace.shared(running, lazy),
        first,
        pages,
        false,
        ledger);
    return ledger.totals();
  }

  @ParameterizedTest
  @CsvSource({
    "mprotect, 33, 1, 0", "munmap, 34, 0, 1", "madvise, 512, 0, 1", "mremap, 512, 0, 1",
    "mremap, 513, 1, 1", "mremap, 1090, 0, 3", "cow, 40, 40, 0", "fork, 1, 0, 1"
  })
  void rounds(String operation, long pages, long ranged, long full) {
    Map<String, Long> counts = counts(Shootdown.ofKey(operation), LazyTlb.SKIPPED, 1, 0, 0, pages);
    assertThat(counts.getOrDefault("tlb_round_ranged", 0L)).isEqualTo(ranged);
    assertThat(counts.getOrDefault("tlb_round_full", 0L)).isEqualTo(full);
    assertThat(counts.get("ipi")).isEqualTo(ranged + full);
  }

  @Test
  void mremapFlushesForEachPageTable() {
    assertThat(counts(Shootdown.MREMAP, LazyTlb.SKIPPED, 0, 0, 511, 2))
        .containsEntry("tlb_round_ranged", 2L)
        .containsEntry("tlb_invalidate_page", 2L);
    assertThat(counts(Shootdown.MREMAP, LazyTlb.SKIPPED, 0, 0, 480, 32))
        .containsEntry("tlb_round_ranged", 1L);
  }

  @Test
  void onlyMremapAndForkInterruptLazyCpusByThemselves() {
    for (Shootdown operation : Shootdown.values()) {
      Map<String, Long> counts = counts(operation, LazyTlb.INTERRUPTED, 0, 3, 0, 2);
      assertThat(counts.getOrDefault("ipi", 0L))
          .as(operation.key())
          .isEqualTo(operation == Shootdown.MREMAP || operation == Shootdown.FORK ? 3 : 0);
    }
  }

  @Test
  void freedTablesInterruptLazyCpusWhichThenFlushNothing() {
    Ledger ledger = new Ledger();
    Shootdown.MUNMAP.charge(
        tlb(6, LazyTlb.SKIPPED), LazyTlb.SKIPPED, AddressSpace.shared(2, 3), 0, 34, true, ledger);
    assertThat(ledger.totals())
        .isEqualTo(Map.of("tlb_round_full", 1L, "tlb_invalidate_full", 3L, "ipi", 5L));
  }

  @Test
  void freedTablesMakeEveryOperationInterruptLazyCpus() {
    for (Shootdown operation : Shootdown.values()) {
      Ledger ledger = new Ledger();
      AddressSpace mm = AddressSpace.shared(0, 2);
      operation.charge(tlb(3, LazyTlb.SKIPPED), LazyTlb.SKIPPED, mm, 0, 1, true, ledger);
      assertThat(ledger.total(Event.IPI)).as(operation.key()).isEqualTo(2);
    }
  }

  /// Reference, section 12: `flush_tlb_mm_range` of u units.
  @Test
  void closedForm() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 5000; i++) {
      int running = random.nextInt(8);
      int lazy = random.nextInt(8);
      long pages = 1L + random.nextInt(70);
      boolean freed = random.nextBoolean();
      LazyTlb rule = LazyTlb.values()[random.nextInt(2)];
      Ledger ledger = new Ledger();
      Shootdown.MUNMAP.charge(
          tlb(running + lazy + 1 + random.nextInt(3), rule),
          LazyTlb.SKIPPED,
          AddressSpace.shared(running, lazy),
          random.nextInt(512),
          pages,
          freed,
          ledger);
      long flushing = 1L + running;
      assertThat(ledger.total(Event.IPI))
          .isEqualTo(running + (freed || rule == LazyTlb.INTERRUPTED ? lazy : 0));
      assertThat(ledger.total(Event.TLB_INVALIDATE_PAGE))
          .isEqualTo(pages <= 33 ? pages * flushing : 0);
      assertThat(ledger.total(Event.TLB_INVALIDATE_FULL)).isEqualTo(pages <= 33 ? 0 : flushing);
    }
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> Shootdown.ofKey("mprotct"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "unknown operation 'mprotct'; did you mean 'mprotect'? Known: mprotect, munmap,"
                + " madvise, mremap, cow, fork.");
    assertThatThrownBy(() -> counts(Shootdown.MUNMAP, LazyTlb.SKIPPED, 0, 0, 0, 0))
        .hasMessage("a range has pages and begins at 0 to 511: 0 from 0");
    assertThatThrownBy(() -> counts(Shootdown.MUNMAP, LazyTlb.SKIPPED, 0, 0, 512, 1))
        .hasMessage("a range has pages and begins at 0 to 511: 1 from 512");
  }
}
