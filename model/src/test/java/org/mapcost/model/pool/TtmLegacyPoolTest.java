package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pageattr.Attribute;

/// Guards the rules of the pool up to 5.10 that the recording does not reach: the border of 16
/// pages, its limits, failed allocations, and what is charged.
class TtmLegacyPoolTest {
  private static final long RAM = 0x80000;

  private final Ledger ledger = new Ledger();
  private final PageModes modes = new PageModes();
  private final AttributeCalls calls = new AttributeCalls(modes);
  private final PageAllocator memory = PageAllocator.ofRam(RAM);
  private final PagePool pool = PoolKind.TTM_LEGACY.create(memory, calls, RAM);

  private PagePool pool(PageAllocator memory, long ram) {
    return PoolKind.TTM_LEGACY.create(memory, calls, ram);
  }

  private int singles() {
    return pool.chunks(Attribute.WC)[0];
  }

  @Test
  void aSmallRequestFillsThePool() {
    Buffer buffer = pool.alloc(Attribute.WC, 15, ledger);
    assertThat(buffer.pages()).isEqualTo(15);
    assertThat(calls.arrays()).containsExactly(512);
    assertThat(singles()).isEqualTo(497);
    assertThat(ledger.totals())
        .isEqualTo(Map.of("page_alloc", 512L, "page_clear", 15L, "pool_miss", 15L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.POOL_LOCK)).isEqualTo(2);
    ledger.clear();
    pool.free(buffer, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("pool_give", 15L));
    ledger.clear();
    pool.alloc(Attribute.WC, 512, Meter.NONE);
    pool.alloc(Attribute.WC, 500, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("page_clear", 500L, "pool_hit", 500L));
  }

  @Test
  void sixteenPagesDoNot() {
    pool.alloc(Attribute.WC, 16, ledger);
    assertThat(calls.arrays()).containsExactly(16);
    assertThat(singles()).isZero();
  }

  @Test
  void aSmallRequestThatIsServedInPart() {
    pool.alloc(Attribute.WC, 1, Meter.NONE);
    pool.alloc(Attribute.WC, 501, Meter.NONE);
    assertThat(singles()).isEqualTo(10);
    calls.clear();
    pool.alloc(Attribute.WC, 12, ledger);
    assertThat(calls.arrays()).containsExactly(512);
    assertThat(singles()).isEqualTo(510);
    assertThat(ledger.total(Event.POOL_HIT)).isEqualTo(10);
    assertThat(ledger.total(Event.POOL_MISS)).isEqualTo(2);
  }

  @Test
  void aLargeRequestConvertsWhatIsMissing() {
    pool.alloc(Attribute.WC, 1, Meter.NONE);
    calls.clear();
    Buffer buffer = pool.alloc(Attribute.WC, 1023, ledger);
    assertThat(buffer.chunkOrders()).startsWith(9, 0);
    assertThat(calls.arrays()).as("a block; the rest was there").containsExactly(512);
    assertThat(singles()).isZero();
    calls.clear();
    pool.alloc(Attribute.WC, 600, ledger);
    assertThat(calls.arrays()).as("a block, then single pages").containsExactly(512, 88);
  }

  @Test
  void freedPagesAreUsedInTurn() {
    pool.alloc(Attribute.WC, 1, Meter.NONE);
    Buffer one = pool.alloc(Attribute.WC, 1, Meter.NONE);
    long page = one.pfn(0);
    pool.free(one, Meter.NONE);
    pool.alloc(Attribute.WC, 510, Meter.NONE);
    assertThat(pool.alloc(Attribute.WC, 1, Meter.NONE).pfn(0)).isEqualTo(page);
  }

  @Test
  void withoutBlocksSinglePagesAreConvertedInBatches() {
    PagePool fragmented = pool(PageAllocator.ofRam(RAM, 9, 10), RAM);
    Buffer buffer = fragmented.alloc(Attribute.UC, 1100, ledger);
    assertThat(calls.arrays()).containsExactly(512, 512, 76);
    assertThat(ledger.total(Event.PAGE_ALLOC)).as("and one call in vain").isEqualTo(1101);
    fragmented.free(buffer, Meter.NONE);
    assertThat(fragmented.chunks(Attribute.UC)[0]).isEqualTo(1100);
  }

  /// Each list keeps at most a quarter of RAM, here 2048 pages or 4 blocks.
  @Test
  void aboveTheLimitAtLeast512PagesGo() {
    PagePool small = pool(memory, 8192);
    assertThat(small.limit()).isEqualTo(2048);
    Buffer[] buffers = new Buffer[21];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = small.alloc(Attribute.WC, i == 20 ? 3 : 102, Meter.NONE);
    }
    // 2040 pages and 509 left from filling for the last three.
    calls.clear();
    for (Buffer buffer : buffers) {
      small.free(buffer, ledger);
    }
    assertThat(calls.arraysBack()).containsExactly(512);
    assertThat(small.allocatedPages()).isEqualTo(2040);
    assertThat(ledger.total(Event.POOL_SHRINK)).isEqualTo(1);
  }

  @Test
  void moreThan512PagesOverGoInBatches() {
    PagePool small = pool(PageAllocator.ofRam(RAM, 9, 10), 4000);
    small.free(small.alloc(Attribute.WC, 2200, Meter.NONE), ledger);
    assertThat(calls.arraysBack()).as("1200 over").containsExactly(512, 512, 176);
    assertThat(small.allocatedPages()).isEqualTo(1000);
  }

  @Test
  void blocksHaveTheirOwnLimit() {
    PagePool small = pool(memory, 8192);
    small.free(small.alloc(Attribute.WC, 6 * 512, Meter.NONE), ledger);
    assertThat(calls.chunksBack()).containsExactly(512L, 512L);
    assertThat(small.chunks(Attribute.WC)[9]).isEqualTo(4);
  }

  /// Scans of 128 pages: for single pages the last one takes what is left; a block goes whole.
  @Test
  void dropCachesReleasesInBatches() {
    pool.free(pool.alloc(Attribute.UC, 512 + 200, Meter.NONE), Meter.NONE);
    calls.clear();
    pool.drop(ledger);
    assertThat(pool.allocatedPages()).isZero();
    assertThat(calls.arraysBack()).containsExactly(128, 72);
    assertThat(calls.chunksBack()).containsExactly(512L);
    assertThat(memory.freePages()).isEqualTo(memory.pages());
    assertThat(modes.changed().isEmpty()).isTrue();
  }

  @Test
  void before416SinglePagesOnly() {
    PoolRules rules = PoolKind.TTM_LEGACY.rules();
    PagePool singlesOnly =
        PoolKind.TTM_LEGACY.create(
            new PoolRules(rules.search(), rules.clearing(), rules.shrink(), false),
            memory,
            calls,
            RAM);
    Buffer buffer = singlesOnly.alloc(Attribute.WC, 1030, ledger);
    assertThat(buffer.chunkOrders()).hasSize(1030).containsOnly(0);
    assertThat(calls.arrays()).containsExactly(512, 512, 6);
    assertThat(ledger.total(Event.POOL_MISS)).isEqualTo(1030);
    singlesOnly.free(buffer, Meter.NONE);
    assertThat(singlesOnly.chunks(Attribute.WC)[0]).isEqualTo(1030);
    Buffer cached = singlesOnly.alloc(Attribute.WB, 600, Meter.NONE);
    assertThat(cached.chunkOrders()).hasSize(600);
  }

  @Test
  void noParameterAndNoDebugfsFile() {
    pool.limit(1);
    pool.free(pool.alloc(Attribute.UC, 200, Meter.NONE), Meter.NONE);
    pool.limit(0);
    pool.shrink(ledger);
    assertThat(pool.limit()).isEqualTo(RAM / 4);
    assertThat(pool.allocatedPages()).isEqualTo(200);
    assertThat(ledger.totals()).isEmpty();
  }

  /// What could be allocated stays in the pool when the rest could not.
  @Test
  void fillingWithTooLittleMemory() {
    PagePool small = pool(new PageAllocator(0, 100), RAM);
    small.alloc(Attribute.WC, 1, ledger);
    assertThat(calls.arrays()).containsExactly(100);
    assertThat(small.allocatedPages()).isEqualTo(99);
  }

  @Test
  void clearingAsLaterKernelsDo() {
    PagePool later =
        PoolKind.TTM_LEGACY.create(
            PoolKind.TTM_LEGACY.rules().withClearing(Clearing.ON_FREE), memory, calls, RAM);
    Buffer buffer = later.alloc(Attribute.WC, 15, ledger);
    assertThat(ledger.total(Event.PAGE_CLEAR)).as("all that filled the pool").isEqualTo(512);
    ledger.clear();
    later.free(buffer, ledger);
    later.alloc(buffer, Attribute.WC, 20, ledger);
    assertThat(ledger.total(Event.PAGE_CLEAR)).isEqualTo(15);
  }
}
