package org.mapcost.model.tlb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;

/// Guards who is interrupted by a flush and what each CPU drops: the 33/34 border, lazy CPUs, idle
/// CPUs, and the broadcast that interrupts nobody.
class TlbFlushTest {
  private static final TlbFlush FOUR = flush(new Cpus(4, 0, false), Invlpgb.NONE);

  private static TlbFlush flush(Cpus cpus, Invlpgb invlpgb) {
    return new TlbFlush(cpus, Order.CONCURRENT, LazyTlb.SKIPPED, invlpgb);
  }

  private static Map<String, Long> counts(FlushRound round) {
    Ledger ledger = new Ledger();
    ledger.round(round);
    return ledger.totals();
  }

  @ParameterizedTest
  @CsvSource({"1", "32", "33"})
  void upToThirtyThreePagesEachCpuDropsEach(long pages) {
    Map<String, Long> expected =
        Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 4 * pages, "ipi", 3L);
    assertThat(counts(FOUR.attributeChange(pages))).isEqualTo(expected);
    assertThat(counts(FOUR.kernelRange(pages))).isEqualTo(expected);
    assertThat(counts(FOUR.mmRange(AddressSpace.shared(3, 0), pages, false).orElseThrow()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {34, 512, TlbFlush.EVERYTHING})
  void fromThirtyFourPagesEachCpuDropsEverything(long pages) {
    Map<String, Long> expected =
        Map.of("tlb_round_full", 1L, "tlb_invalidate_global", 4L, "ipi", 3L);
    assertThat(counts(FOUR.attributeChange(pages))).isEqualTo(expected);
    assertThat(counts(FOUR.kernelRange(pages))).isEqualTo(expected);
    assertThat(counts(FOUR.mmRange(AddressSpace.shared(3, 0), pages, false).orElseThrow()))
        .isEqualTo(Map.of("tlb_round_full", 1L, "tlb_invalidate_full", 4L, "ipi", 3L));
  }

  @Test
  void idleCpusAreInterruptedForTheKernelsOwnMappings() {
    TlbFlush flush = flush(new Cpus(4, 3, false), Invlpgb.NONE);
    assertThat(flush.all())
        .isEqualTo(new FlushRound(Form.GLOBAL, 0, true, 0, 3, 0, Order.CONCURRENT));
    assertThat(counts(flush.attributeChange(8)))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 32L, "ipi", 3L));
  }

  @Test
  void lazyCpusAreLeftAlone() {
    assertThat(counts(FOUR.mmRange(AddressSpace.shared(1, 2), 8, false).orElseThrow()))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 16L, "ipi", 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "33, tlb_round_ranged, tlb_invalidate_page, 66",
    "34, tlb_round_full, tlb_invalidate_full, 2"
  })
  void withFreedTablesLazyCpusLetGoButFlushNothing(
      long pages, String round, String invalidate, long invalidated) {
    assertThat(counts(FOUR.mmRange(AddressSpace.shared(1, 2), pages, true).orElseThrow()))
        .isEqualTo(Map.of(round, 1L, invalidate, invalidated, "ipi", 3L));
  }

  @Test
  void olderKernelsInterruptLazyCpusAlways() {
    TlbFlush old =
        new TlbFlush(Cpus.running(4), Order.SEQUENTIAL, LazyTlb.INTERRUPTED, Invlpgb.NONE);
    FlushRound round = old.mmRange(AddressSpace.shared(1, 2), 8, false).orElseThrow();
    assertThat(round).isEqualTo(new FlushRound(Form.MM_PAGE, 8, true, 1, 2, 0, Order.SEQUENTIAL));
    assertThat(counts(round))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 16L, "ipi", 3L));
  }

  @Test
  void aloneTheCallerInterruptsNobody() {
    TlbFlush one = flush(Cpus.running(1), Invlpgb.NONE);
    assertThat(counts(one.all()))
        .isEqualTo(Map.of("tlb_round_full", 1L, "tlb_invalidate_global", 1L));
    assertThat(counts(one.mmRange(AddressSpace.OF_THE_CALLER, 1, true).orElseThrow()))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 1L));
  }

  @Test
  void fromOutsideAnAddressSpaceTheCallerDoesNotFlush() {
    AddressSpace elsewhere = new AddressSpace(2, 1, false, false);
    assertThat(counts(FOUR.mmRange(elsewhere, 5, false).orElseThrow()))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 10L, "ipi", 2L));
    AddressSpace nowhere = new AddressSpace(0, 3, false, false);
    assertThat(FOUR.mmRange(nowhere, 5, false)).isEqualTo(Optional.empty());
    assertThat(counts(FOUR.mmRange(nowhere, 5, true).orElseThrow()))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "ipi", 3L));
  }

  @Test
  void aBroadcastInterruptsNobodyButAttributeChangesOfFewPagesStillDo() {
    TlbFlush flush = flush(new Cpus(64, 10, true), Invlpgb.BROADCAST);
    assertThat(counts(flush.all()))
        .isEqualTo(Map.of("tlb_round_full", 1L, "tlb_invalidate_global", 1L));
    assertThat(flush.attributeChange(34)).isEqualTo(flush.all());
    assertThat(counts(flush.kernelRange(33)))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 33L));
    assertThat(flush.attributeChange(33).interrupted()).isEqualTo(63);
    assertThat(flush.allByInterrupt().interrupted()).isEqualTo(63);
  }

  @Test
  void aBroadcastNeedsBothTheKernelAndTheCpu() {
    assertThat(flush(new Cpus(8, 0, true), Invlpgb.NONE).all().interrupted()).isEqualTo(7);
    assertThat(flush(new Cpus(8, 0, false), Invlpgb.BROADCAST).all().interrupted()).isEqualTo(7);
  }

  @Test
  void anAddressSpaceIsBroadcastToOnlyWithAGlobalAsid() {
    TlbFlush flush = flush(new Cpus(8, 0, true), Invlpgb.BROADCAST);
    AddressSpace known = new AddressSpace(5, 2, true, true);
    assertThat(counts(flush.mmRange(known, 33, true).orElseThrow()))
        .isEqualTo(Map.of("tlb_round_ranged", 1L, "tlb_invalidate_page", 33L));
    assertThat(flush.mmRange(known, 34, true).orElseThrow().form()).isEqualTo(Form.INVLPGB);
    assertThat(flush.mmRange(AddressSpace.shared(5, 2), 33, false).orElseThrow().interrupted())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theClosedFormsHoldForAnyMachine(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 1_000; i++) {
      int online = 1 + random.nextInt(256);
      Cpus cpus = new Cpus(online, random.nextInt(online), false);
      TlbFlush flush = flush(cpus, Invlpgb.BROADCAST);
      long pages = random.nextLong(1, 71);
      Ledger ledger = new Ledger();
      ledger.round(flush.attributeChange(pages));
      Map<String, Long> counted = ledger.totals();
      assertThat(counted.getOrDefault("ipi", 0L)).isEqualTo(online - 1);
      assertThat(counted.getOrDefault("tlb_invalidate_page", 0L))
          .isEqualTo(pages <= 33 ? pages * online : 0);
      assertThat(counted.getOrDefault("tlb_invalidate_global", 0L))
          .isEqualTo(pages <= 33 ? 0 : online);
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> FOUR.mmRange(AddressSpace.shared(3, 1), 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an address space on 4 other CPUs, of which there are 3");
    assertThatThrownBy(() -> new Cpus(0, 0, false))
        .hasMessage("at least the caller is online and not idle: 0 online, 0 idle");
    assertThatThrownBy(() -> new Cpus(4, 4, false))
        .hasMessage("at least the caller is online and not idle: 4 online, 4 idle");
    assertThatThrownBy(() -> AddressSpace.shared(-1, 0))
        .hasMessage("an address space is on no negative number of CPUs");
    assertThatThrownBy(() -> FOUR.kernelRange(0))
        .hasMessage("a ranged flush names at least one page");
  }
}
