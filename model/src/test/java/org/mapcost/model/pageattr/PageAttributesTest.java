package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
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

/// Guards what a change of caching attributes does and charges: the passes, the splits that stay,
/// the flushes, the types of the pages, and the refusals that change nothing.
class PageAttributesTest {
  private static final ResourceTree IOMEM =
      ProcIomem.parse(
              "machine", "00001000-0009ffff : System RAM\n00100000-1ffffffff : System RAM\n")
          .tree();
  private static final long PAGES = 0x200000;

  /// A 2 MiB boundary.
  private static final long BASE = 0x40000;

  private final Ledger ledger = new Ledger();

  private static PageAttributes machine(int cpus, Level largest, CpaFlush flush) {
    Order order = flush == CpaFlush.SINCE_4_20 ? Order.CONCURRENT : Order.SEQUENTIAL;
    return new PageAttributes(
        new DirectMap(PAGES, largest),
        new Memtypes(IOMEM, ResourceWalk.W3, new MemtypeTree(), MemtypeErase.EXACT),
        new TlbFlush(Cpus.running(cpus), order, LazyTlb.SKIPPED, Invlpgb.NONE),
        flush);
  }

  private static PageAttributes machine(int cpus) {
    return machine(cpus, Level.PAGE_2M, CpaFlush.SINCE_4_20);
  }

  private static long[] contiguous(long first, int count) {
    return LongStream.range(first, first + count).toArray();
  }

  @Test
  void oneFreshPageToWriteCombiningInFull() {
    PageAttributes attributes = machine(2);
    assertThat(attributes.setPagesArray(Attribute.WC, new long[] {BASE}, ledger)).isZero();
    assertThat(ledger.totals())
        .isEqualTo(
            expected(
                "resource_walk",
                1,
                "resource_node_visit",
                2,
                "ram_flag_op",
                2,
                "cpa_call",
                2,
                "unmap_aliases",
                2,
                "cpa_page",
                2,
                "page_alloc",
                1,
                "direct_map_split",
                1,
                "kernel_pte_write",
                2 + 513,
                "tlb_round_full",
                1,
                "tlb_round_ranged",
                2,
                "ipi",
                3,
                "tlb_invalidate_global",
                2,
                "tlb_invalidate_page",
                4,
                "clflush_line",
                128));
    assertThat(ledger.lines(Phase.TOUCH, LineState.AS_FOUND)).isEqualTo(64);
    assertThat(ledger.lines(Phase.TOUCH, LineState.FLUSHED_BEFORE)).isEqualTo(64);
    assertThat(ledger.taken(Phase.TOUCH, Lock.CPA_LOCK))
        .as("2 passes, again after the split")
        .isEqualTo(3);
    assertThat(ledger.taken(Phase.TOUCH, Lock.PGD_LOCK)).as("asked, split").isEqualTo(2);
    assertThat(attributes.map().mode(BASE)).isEqualTo(CacheMode.WC);
    assertThat(attributes.map().mode(BASE + 1)).isEqualTo(CacheMode.WB);
    assertThat(attributes.memtypes().flags().type(BASE)).isEqualTo(CacheMode.WC);
  }

  @ParameterizedTest
  @CsvSource({"UC, UC_MINUS, 1", "WC, WC, 2"})
  void uncachedTakesOnePassAndWriteCombiningTwo(Attribute to, CacheMode mode, long passes) {
    PageAttributes attributes = machine(1);
    attributes.setMemory(to, BASE, 8, ledger);
    assertThat(ledger.total(Event.CPA_CALL)).isEqualTo(passes);
    assertThat(ledger.total(Event.UNMAP_ALIASES)).isEqualTo(passes);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(passes * 8 * 64);
    assertThat(attributes.map().mode(BASE + 7)).isEqualTo(mode);
  }

  @Test
  void backToWriteBackFlushesNoCaches() {
    PageAttributes attributes = machine(4);
    attributes.setPagesArray(Attribute.WC, contiguous(BASE, 34), Meter.NONE);
    assertThat(attributes.setPagesArray(Attribute.WB, contiguous(BASE, 34), ledger)).isZero();
    assertThat(ledger.totals())
        .isEqualTo(
            expected(
                "resource_walk",
                34,
                "resource_node_visit",
                68,
                "ram_flag_op",
                34,
                "cpa_call",
                1,
                "unmap_aliases",
                1,
                "cpa_page",
                34,
                "kernel_pte_write",
                34,
                "tlb_round_full",
                1,
                "ipi",
                3,
                "tlb_invalidate_global",
                4));
    assertThat(attributes.map().mode(BASE)).isEqualTo(CacheMode.WB);
  }

  @Test
  void whereNothingChangesNothingIsFlushed() {
    PageAttributes attributes = machine(4);
    assertThat(attributes.setPagesArray(Attribute.WB, contiguous(BASE, 512), ledger)).isZero();
    assertThat(ledger.total(Event.CPA_CALL)).isEqualTo(1);
    assertThat(ledger.total(Event.CPA_PAGE)).isEqualTo(512);
    assertThat(ledger.total(Event.KERNEL_PTE_WRITE)).isZero();
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isZero();
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isZero();
    assertThat(ledger.total(Event.IPI)).isZero();
    assertThat(attributes.map().level(BASE)).isEqualTo(Level.PAGE_2M);
  }

  @Test
  void anArraySplitsEvenWhatItCoversAndARangeKeepsItWhole() {
    PageAttributes array = machine(2);
    array.setPagesArray(Attribute.WC, contiguous(BASE, 512), ledger);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isEqualTo(1);
    assertThat(array.map().level(BASE)).isEqualTo(Level.PAGE_4K);

    ledger.clear();
    PageAttributes range = machine(2);
    range.setMemory(Attribute.WC, BASE, 1024, ledger);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isZero();
    assertThat(ledger.total(Event.KERNEL_PTE_WRITE)).as("2 entries in 2 passes").isEqualTo(4);
    assertThat(ledger.total(Event.CPA_PAGE)).isEqualTo(4);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(2 * 1024 * 64);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(1);
    assertThat(ledger.total(Event.RAM_FLAG_OP)).isEqualTo(2048);
    assertThat(range.map().level(BASE + 1023)).isEqualTo(Level.PAGE_2M);
    assertThat(range.map().mode(BASE + 1023)).isEqualTo(CacheMode.WC);
  }

  @Test
  void aRangeSplitsOnlyWhatItCutsThrough() {
    PageAttributes attributes = machine(2);
    attributes.setMemory(Attribute.UC, BASE + 256, 1024, ledger);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isEqualTo(2);
    assertThat(attributes.map().level(BASE)).isEqualTo(Level.PAGE_4K);
    assertThat(attributes.map().level(BASE + 512)).isEqualTo(Level.PAGE_2M);
    assertThat(attributes.map().level(BASE + 1024)).isEqualTo(Level.PAGE_4K);
    assertThat(ledger.total(Event.CPA_PAGE)).isEqualTo(256 + 1 + 256);
  }

  @Test
  void aGigabytePageIsSplitTwiceForOnePage() {
    PageAttributes attributes = machine(2, Level.PAGE_1G, CpaFlush.SINCE_4_20);
    attributes.setPagesArray(Attribute.UC, new long[] {BASE}, ledger);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2);
    assertThat(attributes.map().level(BASE)).isEqualTo(Level.PAGE_4K);
    assertThat(attributes.map().level(BASE + 512)).isEqualTo(Level.PAGE_2M);
    assertThat(attributes.map().level(0)).isEqualTo(Level.PAGE_1G);

    ledger.clear();
    attributes.setMemory(Attribute.WC, Level.PAGE_1G.pages() * 2, Level.PAGE_1G.pages(), ledger);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).as("covered as a whole").isZero();
    assertThat(ledger.total(Event.KERNEL_PTE_WRITE)).isEqualTo(2);
  }

  @Test
  void aSecondReservationOfAnArrayIsRefusedAndChangesNothing() {
    PageAttributes attributes = machine(2);
    attributes.setPagesArray(Attribute.WC, new long[] {BASE + 3}, Meter.NONE);
    assertThat(attributes.setPagesArray(Attribute.UC, contiguous(BASE, 8), ledger))
        .isEqualTo(Errno.EINVAL);
    assertThat(ledger.totals())
        .as("3 reserved, the 4th refused, 3 given back")
        .isEqualTo(
            expected("resource_walk", 7, "resource_node_visit", 14, "ram_flag_op", 3 * 2 + 1 + 3));
    assertThat(attributes.memtypes().flags().type(BASE)).isEqualTo(CacheMode.WB);
    assertThat(attributes.memtypes().flags().type(BASE + 3)).isEqualTo(CacheMode.WC);
    assertThat(attributes.map().mode(BASE)).isEqualTo(CacheMode.WB);
  }

  @Test
  void aSecondReservationOfARangeIsBusyAndChangesNothing() {
    PageAttributes attributes = machine(2);
    attributes.setMemory(Attribute.WC, BASE, 8, Meter.NONE);
    assertThat(attributes.setMemory(Attribute.WC, BASE, 8, ledger)).isEqualTo(Errno.EBUSY);
    assertThat(ledger.totals())
        .isEqualTo(expected("resource_walk", 1, "resource_node_visit", 2, "ram_flag_op", 1));
    assertThat(attributes.map().mode(BASE)).isEqualTo(CacheMode.WC);
  }

  @Test
  void behindTheDirectMapAnErrorEmptiesAllCachesAndGivesTheTypesBack() {
    PageAttributes attributes = machine(4);
    long[] pfns = {BASE, PAGES};
    assertThat(attributes.setPagesArray(Attribute.WC, pfns, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(ledger.total(Event.WBINVD)).isEqualTo(4);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isZero();
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).as("the split, the error").isEqualTo(2);
    assertThat(ledger.total(Event.CPA_CALL)).as("no second pass").isEqualTo(1);
    assertThat(attributes.memtypes().flags().type(BASE)).isEqualTo(CacheMode.WB);

    ledger.clear();
    assertThat(attributes.setMemory(Attribute.WC, PAGES, 1, ledger)).isEqualTo(Errno.EFAULT);
    assertThat(ledger.total(Event.WBINVD)).as("nothing had changed").isZero();
    assertThat(attributes.setMemory(Attribute.WB, PAGES, 1, Meter.NONE)).isEqualTo(Errno.EFAULT);
    assertThat(attributes.setPagesArray(Attribute.WB, new long[] {PAGES}, Meter.NONE))
        .isEqualTo(Errno.EFAULT);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 64", "1023, 0, 65472", "1024, 4, 0", "2048, 4, 0"})
  void upTo419AnArrayOfFourMegabytesEmptiesAllCaches(int pages, long wbinvd, long lines) {
    PageAttributes old = machine(4, Level.PAGE_4K, CpaFlush.PRE_4_20_ARRAY_WBINVD);
    old.setPagesArray(Attribute.UC, contiguous(BASE, pages), ledger);
    assertThat(ledger.total(Event.WBINVD)).isEqualTo(wbinvd);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(lines);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(1);
    assertThat(ledger.total(Event.IPI)).as("one handler does both").isEqualTo(3);
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).as("never page by page").isZero();
  }

  @Test
  void upTo419ARangeIsFlushedLineByLineAtAnySizeAndWriteBackNotAtAll() {
    PageAttributes old = machine(4, Level.PAGE_4K, CpaFlush.PRE_4_20_ARRAY_WBINVD);
    old.setMemory(Attribute.UC, BASE, 2048, ledger);
    assertThat(ledger.total(Event.WBINVD)).isZero();
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(2048 * 64);
    ledger.clear();
    old.setPagesArray(Attribute.WB, contiguous(BASE, 2048), ledger);
    assertThat(ledger.total(Event.WBINVD)).isZero();
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isZero();
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(1);
  }

  @Test
  void upTo419ASplitFlushesTheCallerOnceMore() {
    PageAttributes old = machine(4, Level.PAGE_2M, CpaFlush.PRE_4_20_ARRAY_WBINVD);
    old.setMemory(Attribute.UC, BASE, 1, ledger);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).as("the split, the pass").isEqualTo(2);
    assertThat(ledger.total(Event.TLB_INVALIDATE_GLOBAL)).isEqualTo(2 * 4 + 1);
  }

  @Test
  void theKernelsOwnPagesChangeTwiceAndFlushEverything() {
    DirectMap high = new DirectMap(512, Level.PAGE_2M);
    PageAttributes attributes =
        new PageAttributes(
            new DirectMap(PAGES, Level.PAGE_2M),
            new KernelImage(BASE, high),
            new Memtypes(IOMEM, ResourceWalk.W3, new MemtypeTree(), MemtypeErase.EXACT),
            new TlbFlush(Cpus.running(2), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
            CpaFlush.SINCE_4_20,
            CpaLimits.NONE);
    attributes.setMemory(Attribute.UC, BASE, 1, ledger);
    assertThat(high.mode(0)).isEqualTo(CacheMode.UC_MINUS);
    assertThat(high.mode(1)).isEqualTo(CacheMode.WB);
    assertThat(ledger.total(Event.CPA_PAGE)).isEqualTo(2);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).as("2 splits, the pass").isEqualTo(3);
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isZero();

    ledger.clear();
    attributes.setMemory(Attribute.UC, BASE + 511, 2, ledger);
    assertThat(high.mode(511)).isEqualTo(CacheMode.UC_MINUS);
    assertThat(ledger.total(Event.CPA_PAGE)).as("the second page is outside").isEqualTo(3);
  }

  @Test
  void aPartOfAnArray() {
    PageAttributes attributes = machine(1);
    long[] pfns = contiguous(BASE, 10);
    attributes.setPagesArray(Attribute.WC, pfns, 2, 3, ledger);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(3);
    assertThat(attributes.map().mode(BASE + 1)).isEqualTo(CacheMode.WB);
    assertThat(attributes.map().mode(BASE + 2)).isEqualTo(CacheMode.WC);
    assertThat(attributes.map().mode(BASE + 5)).isEqualTo(CacheMode.WB);
  }

  @Test
  void anEmptyArrayIsOnePassOverNothing() {
    assertThat(machine(4).setPagesArray(Attribute.UC, new long[0], ledger)).isZero();
    assertThat(ledger.totals()).isEqualTo(expected("cpa_call", 1, "unmap_aliases", 1));
  }

  @Test
  void whatCannotBeIsRefused() {
    PageAttributes attributes = machine(1);
    assertThatThrownBy(() -> attributes.setMemory(Attribute.WC, BASE, 0, Meter.NONE))
        .hasMessage("a range has pages: 0 from page frame 262144");
    assertThatThrownBy(() -> attributes.setPagesArray(Attribute.WC, new long[4], 2, 3, Meter.NONE))
        .hasMessage("3 pages from index 2 of an array of 4");
    assertThatThrownBy(() -> Attribute.ofKey("wt"))
        .isInstanceOf(InputException.class)
        .hasMessage("unknown caching attribute 'wt'; did you mean 'wb'? Known: wb, wc, uc.");
    assertThat(Attribute.ofKey("WC")).isEqualTo(Attribute.WC);
    assertThatThrownBy(() -> CpaFlush.ofKey("since-4.2"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "unknown flush of an attribute change 'since-4.2'; did you mean 'since-4.20'?");
  }

  private static Map<String, Long> expected(Object... keysAndCounts) {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < keysAndCounts.length; i += 2) {
      counts.put((String) keysAndCounts[i], ((Number) keysAndCounts[i + 1]).longValue());
    }
    return counts;
  }
}
