package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.DirectMap.Level;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards what attribute changes do on a CPU without `clflush` and without memory for another page
/// table, and that the TLBs are flushed before the caches.
class CpaLimitsTest {
  private static final int CPUS = 4;
  private static final long PAGES = 0x40000;

  private final Ledger ledger = new Ledger();

  private static PageAttributes machine(CpaFlush flush, CpaLimits limits) {
    return new PageAttributes(
        new DirectMap(PAGES, Level.PAGE_2M),
        null,
        new Memtypes(
            ProcIomem.parse("pc", "00000000-3fffffff : System RAM\n").tree(),
            ResourceWalk.W3,
            new MemtypeTree(),
            MemtypeErase.EXACT),
        new TlbFlush(Cpus.running(CPUS), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
        flush,
        limits);
  }

  private static long[] pages(long first, int count) {
    return LongStream.range(first, first + count).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "SINCE_4_20, 8, 0, 1, 0",
    "SINCE_4_20, 2000, 0, 0, 1",
    "PRE_4_20_ARRAY_WBINVD, 8, 0, 0, 1",
    "PRE_4_20_PREEMPT, 2000, 0, 0, 1"
  })
  void withoutClflushEveryCpuEmptiesItsCaches(
      CpaFlush flush, int count, long lines, long backRanged, long backFull) {
    PageAttributes attributes = machine(flush, new CpaLimits(false, Long.MAX_VALUE));
    long[] pfns = pages(4096, count);
    attributes.setPagesArray(Attribute.UC, pfns, Meter.NONE);
    attributes.setPagesArray(Attribute.WB, pfns, ledger);
    assertThat(ledger.total(Event.WBINVD)).isZero();
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(backRanged);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(backFull);
    ledger.clear();
    assertThat(attributes.setPagesArray(Attribute.WC, pfns, ledger)).isZero();
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(lines);
    assertThat(ledger.total(Event.WBINVD)).isEqualTo(2 * CPUS);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_INVALIDATE_GLOBAL)).isEqualTo(2 * CPUS);
    assertThat(ledger.total(Event.IPI)).as("one handler does both").isEqualTo(2 * (CPUS - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "PRE_4_20_ARRAY_WBINVD, 1024, 4, 0", "PRE_4_20_ARRAY_WBINVD, 1023, 0, 65472",
    "PRE_4_20_PREEMPT, 1024, 0, 65536", "SINCE_4_20, 4096, 0, 262144"
  })
  void onlyOldKernelsWithoutPreemptionEmptyTheCachesForAnArray(
      CpaFlush flush, int count, long wbinvd, long lines) {
    machine(flush, CpaLimits.NONE).setPagesArray(Attribute.UC, pages(4096, count), ledger);
    assertThat(ledger.total(Event.WBINVD)).isEqualTo(wbinvd);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(lines);
  }

  @Test
  void noMemoryForTheFirstSplitChangesNothing() {
    PageAttributes attributes = machine(CpaFlush.SINCE_4_20, new CpaLimits(true, 0));
    assertThat(attributes.setPagesArray(Attribute.WC, pages(4096, 2), ledger))
        .isEqualTo(Errno.EINVAL);
    assertThat(ledger.totals())
        .isEqualTo(
            Map.of(
                "resource_walk", 4L,
                "resource_node_visit", 4L,
                "ram_flag_op", 6L,
                "cpa_call", 1L,
                "cpa_page", 1L,
                "unmap_aliases", 1L,
                "page_alloc", 1L));
    assertThat(attributes.map().mode(4096)).isEqualTo(CacheMode.WB);
    assertThat(attributes.memtypes().flags().type(4096)).isEqualTo(CacheMode.WB);
    assertThat(attributes.setMemory(Attribute.UC, 4096, 2, Meter.NONE)).isEqualTo(Errno.ENOMEM);
  }

  @Test
  void anErrorHalfWayEmptiesAllCaches() {
    PageAttributes attributes = machine(CpaFlush.SINCE_4_20, new CpaLimits(true, 1));
    long[] pfns = {4096, 4097, 4096 + 512};
    assertThat(attributes.setPagesArray(Attribute.WC, pfns, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(ledger.total(Event.CPA_CALL)).as("no second pass").isEqualTo(1);
    assertThat(ledger.total(Event.CPA_PAGE)).isEqualTo(3);
    assertThat(ledger.total(Event.WBINVD)).isEqualTo(CPUS);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isZero();
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).as("the split, the pass").isEqualTo(2);
    assertThat(attributes.map().mode(4096))
        .as("stays as it was left")
        .isEqualTo(CacheMode.UC_MINUS);
    assertThat(attributes.memtypes().flags().type(4096)).isEqualTo(CacheMode.WB);
  }

  @Test
  void aWholeLargePageNeedsNoMemory() {
    PageAttributes attributes = machine(CpaFlush.SINCE_4_20, new CpaLimits(true, 0));
    assertThat(attributes.setMemory(Attribute.WC, 4096, 1024, ledger)).isZero();
    assertThat(ledger.total(Event.PAGE_ALLOC)).isZero();
    assertThat(attributes.map().mode(4096 + 1023)).isEqualTo(CacheMode.WC);
  }

  @Test
  void tlbsAreFlushedBeforeCaches() {
    for (CpaFlush flush : CpaFlush.values()) {
      List<String> order = new ArrayList<>();
      Meter meter =
          new Meter() {
            @Override
            public void add(Event event, long count) {}

            @Override
            public void round(FlushRound round) {
              order.add("tlb");
            }

            @Override
            public void flushLines(LineState state, long lines) {
              order.add("cache");
            }
          };
      PageAttributes attributes = machine(flush, CpaLimits.NONE);
      attributes.setPagesArray(Attribute.UC, new long[] {4096}, Meter.NONE);
      attributes.setPagesArray(Attribute.WB, new long[] {4096}, Meter.NONE);
      attributes.setPagesArray(Attribute.WC, new long[] {4096}, meter);
      assertThat(order).as(flush.key()).containsExactly("tlb", "cache", "tlb", "cache");
    }
  }

  /// With memory for some splits only, a call succeeds as long as they last, and the map never has
  /// more of them.
  @Test
  void splitsNeverExceedTheMemoryForThem() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 300; i++) {
      int most = random.nextInt(6);
      PageAttributes attributes = machine(CpaFlush.SINCE_4_20, new CpaLimits(true, most));
      for (int call = 0; call < 20; call++) {
        long[] pfns =
            random.longs(1 + random.nextInt(5), 4096, 4096 + 8 * 512).distinct().toArray();
        long needed =
            LongStream.of(pfns)
                .map(pfn -> pfn >> 9)
                .distinct()
                .filter(block -> attributes.map().level(block << 9) != Level.PAGE_4K)
                .count();
        boolean enough = attributes.map().splits() + needed <= most;
        int result = attributes.setPagesArray(Attribute.UC, pfns, Meter.NONE);
        assertThat(result == 0).isEqualTo(enough);
        assertThat(attributes.map().splits()).isLessThanOrEqualTo(most);
        if (result == 0) {
          attributes.setPagesArray(Attribute.WB, pfns, Meter.NONE);
        }
      }
    }
  }

  @Test
  void noNegativeNumber() {
    assertThatThrownBy(() -> new CpaLimits(true, -1)).hasMessage("splits are zero or more, not -1");
  }
}
