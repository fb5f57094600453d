package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pageattr.Attribute;

/// Guards the rules of the TTM pool that recordings do not reach or do not tell apart: the worked
/// examples, what the kernel's own tests ask for, failed allocations, and the differences between
/// versions.
class TtmPoolTest {
  private static final long RAM = 0x80000;

  private final Ledger ledger = new Ledger();
  private final PageModes modes = new PageModes();
  private final AttributeCalls calls = new AttributeCalls(modes);
  private final PageAllocator memory = PageAllocator.ofRam(RAM);

  private PagePool pool(PoolKind kind) {
    return kind.create(memory, calls, RAM);
  }

  private PagePool pool(PoolRules rules) {
    return PoolKind.TTM_POOL.create(rules, memory, calls, RAM);
  }

  private static int[] chunks(int... orders) {
    int[] chunks = new int[PageAllocator.ORDERS];
    for (int order : orders) {
      chunks[order]++;
    }
    return chunks;
  }

  // The example of the reference: 1000 pages, again 1000, then 600.

  @ParameterizedTest
  @EnumSource(
      value = PoolKind.class,
      names = {"TTM_POOL", "TTM_POOL_6_15", "TTM_POOL_7"})
  void aThousandPagesTwice(PoolKind kind) {
    PagePool pool = pool(kind);
    Buffer buffer = pool.alloc(Attribute.WC, 1000, ledger);
    assertThat(buffer.chunkOrders()).containsExactly(9, 8, 7, 6, 5, 3);
    assertThat(calls.arrays()).containsExactly(1000);
    assertThat(ledger.total(Event.PAGE_ALLOC)).isEqualTo(6);
    assertThat(ledger.total(Event.PAGE_CLEAR)).isEqualTo(1000);
    assertThat(ledger.total(Event.POOL_HIT)).isZero();

    ledger.clear();
    calls.clear();
    pool.free(buffer, ledger);
    assertThat(pool.chunks(Attribute.WC)).isEqualTo(chunks(9, 8, 7, 6, 5, 3));
    assertThat(pool.chunks(Attribute.UC)).isEqualTo(chunks());
    assertThat(pool.allocatedPages()).isEqualTo(1000);
    assertThat(ledger.totals()).isEqualTo(Map.of("page_clear", 1000L, "pool_give", 6L));

    ledger.clear();
    pool.alloc(buffer, Attribute.WC, 1000, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("pool_hit", 6L));
    assertThat(ledger.taken(Phase.TOUCH, Lock.POOL_LOCK)).isEqualTo(6);
    assertThat(calls.arrays()).isEmpty();
    assertThat(pool.allocatedPages()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"TTM_POOL, 16, 3, 1, 5", "TTM_POOL_6_15, 24, 2, 1, 5 3", "TTM_POOL_7, 24, 2, 1, 5 3"})
  void sixHundredOfAThousand(PoolKind kind, int converted, int hits, int misses, String leftSmall) {
    PagePool pool = pool(kind);
    pool.free(pool.alloc(Attribute.WC, 1000, Meter.NONE), Meter.NONE);
    calls.clear();

    Buffer buffer = pool.alloc(Attribute.WC, 600, ledger);
    assertThat(buffer.chunkOrders()).containsExactly(9, 6, 4, 3);
    assertThat(calls.arrays()).containsExactly(converted);
    assertThat(ledger.total(Event.POOL_HIT)).isEqualTo(hits);
    assertThat(ledger.total(Event.POOL_MISS)).isEqualTo(misses);
    int[] left = chunks(8, 7);
    for (String order : leftSmall.split(" ", -1)) {
      left[Integer.parseInt(order)]++;
    }
    assertThat(pool.chunks(Attribute.WC)).isEqualTo(left);
  }

  // What the kernel's own tests of the pool ask for.

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 10})
  void oneChunkUpToTheLargestOrder(int order) {
    assertThat(pool(PoolKind.TTM_POOL).alloc(Attribute.UC, 1L << order, ledger).chunkOrders())
        .containsExactly(order);
  }

  @Test
  void moreThanTheLargestOrderTakesSeveralChunks() {
    assertThat(pool(PoolKind.TTM_POOL).alloc(Attribute.UC, 2049, ledger).chunkOrders())
        .containsExactly(10, 10, 0);
  }

  @Test
  void aFreedChunkServesTheSameOrderAndCaching() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    Buffer buffer = pool.alloc(Attribute.UC, 4, ledger);
    long first = buffer.pfn(0);
    pool.free(buffer, ledger);
    assertThat(pool.chunks(Attribute.UC)).isEqualTo(chunks(2));
    pool.alloc(buffer, Attribute.UC, 4, ledger);
    assertThat(buffer.pfn(0)).isEqualTo(first);
    assertThat(pool.allocatedPages()).isZero();
  }

  @Test
  void anotherCachingDoesNotServe() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    pool.free(pool.alloc(Attribute.WC, 4, ledger), ledger);
    Buffer uncached = pool.alloc(Attribute.UC, 4, ledger);
    assertThat(pool.chunks(Attribute.WC)).isEqualTo(chunks(2));
    pool.free(uncached, ledger);
    assertThat(pool.chunks(Attribute.UC)).isEqualTo(chunks(2));
    assertThat(pool.chunks(Attribute.WC)).isEqualTo(chunks(2));
  }

  @Test
  void aLargerChunkIsNotSplitAndSmallerOnesAreNotJoined() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    pool.free(pool.alloc(Attribute.UC, 4, ledger), ledger);
    Buffer single = pool.alloc(Attribute.UC, 1, ledger);
    assertThat(pool.chunks(Attribute.UC)).isEqualTo(chunks(2));
    pool.free(single, ledger);
    assertThat(pool.chunks(Attribute.UC)).isEqualTo(chunks(2, 0));
    pool.alloc(Attribute.UC, 8, ledger);
    assertThat(pool.chunks(Attribute.UC)).isEqualTo(chunks(2, 0));
  }

  @ParameterizedTest
  @EnumSource(PoolKind.class)
  void cachedMemoryIsNeverKept(PoolKind kind) {
    PagePool pool = pool(kind);
    pool.free(pool.alloc(Attribute.WB, 1023, ledger), ledger);
    assertThat(pool.allocatedPages()).isZero();
    assertThat(pool.chunks(Attribute.WB)).isEqualTo(chunks());
    assertThat(memory.freePages()).isEqualTo(memory.pages());
    assertThat(calls.arrays()).isEmpty();
    assertThat(calls.chunksBack()).isEmpty();
    assertThat(ledger.total(Event.POOL_HIT) + ledger.total(Event.POOL_MISS)).isZero();
    assertThat(ledger.total(Event.PAGE_CLEAR)).isEqualTo(1023);
  }

  // Order within a type.

  @ParameterizedTest
  @CsvSource({"TTM_POOL, true", "TTM_POOL_6_15, true", "TTM_POOL_7, false"})
  void lastInFirstOutUntilSevenTurnedItRound(PoolKind kind, boolean newestFirst) {
    PagePool pool = pool(kind);
    Buffer one = pool.alloc(Attribute.WC, 1, ledger);
    Buffer two = pool.alloc(Attribute.WC, 1, ledger);
    long older = one.pfn(0);
    long newer = two.pfn(0);
    pool.free(one, ledger);
    pool.free(two, ledger);
    assertThat(pool.alloc(Attribute.WC, 1, ledger).pfn(0)).isEqualTo(newestFirst ? newer : older);
    assertThat(pool.alloc(Attribute.WC, 1, ledger).pfn(0)).isEqualTo(newestFirst ? older : newer);
  }

  // Without a pool.

  @Test
  void noPoolChangesEverythingEveryTime() {
    PagePool pool = pool(PoolKind.NONE);
    for (int time = 0; time < 2; time++) {
      ledger.clear();
      calls.clear();
      Buffer buffer = pool.alloc(Attribute.WC, 1000, ledger);
      assertThat(calls.arrays()).containsExactly(1000);
      pool.free(buffer, ledger);
      assertThat(calls.chunksBack()).containsExactly(512L, 256L, 128L, 64L, 32L, 8L);
      assertThat(ledger.totals()).isEqualTo(Map.of("page_alloc", 6L, "page_clear", 1000L));
    }
    pool.drop(ledger);
    assertThat(pool.chunks(Attribute.WC)).isEqualTo(chunks());
  }

  // Asking again after a miss.

  @ParameterizedTest
  @CsvSource({"EVERY_CHUNK, 3", "EVERY_ORDER, 1", "AFTER_FAILURE, 1"})
  void looksForThreeEqualChunks(Search search, int misses) {
    pool(PoolKind.TTM_POOL.rules().withSearch(search)).alloc(Attribute.WC, 3072, ledger);
    assertThat(ledger.total(Event.POOL_MISS)).isEqualTo(misses);
    assertThat(calls.arrays()).containsExactly(3072);
  }

  @ParameterizedTest
  @EnumSource(Search.class)
  void aFailedAllocationMakesEveryKernelAskAgain(Search search) {
    PagePool pool =
        PoolKind.TTM_POOL.create(
            PoolKind.TTM_POOL.rules().withSearch(search), PageAllocator.ofRam(RAM, 10), calls, RAM);
    pool.free(pool.alloc(Attribute.WC, 512, Meter.NONE), Meter.NONE);
    calls.clear();
    assertThat(pool.alloc(Attribute.WC, 1024, ledger).chunkOrders()).containsExactly(9, 9);
    assertThat(ledger.total(Event.POOL_HIT)).isEqualTo(1);
    assertThat(ledger.total(Event.POOL_MISS)).as("order 10, then order 9").isEqualTo(2);
    assertThat(ledger.total(Event.PAGE_ALLOC)).as("one in vain").isEqualTo(2);
    assertThat(calls.arrays()).containsExactly(512);
  }

  // Clearing.

  @ParameterizedTest
  @CsvSource({"FRESH_ONLY, 8, 0, 0", "ON_FREE, 8, 8, 0", "ON_ALLOC, 8, 0, 8"})
  void whenPagesAreCleared(Clearing clearing, long fresh, long free, long hit) {
    PagePool pool = pool(PoolKind.TTM_POOL.rules().withClearing(clearing));
    Buffer buffer = pool.alloc(Attribute.WC, 8, ledger);
    assertThat(cleared()).isEqualTo(fresh);
    pool.free(buffer, ledger);
    assertThat(cleared()).isEqualTo(free);
    pool.alloc(buffer, Attribute.WC, 8, ledger);
    assertThat(cleared()).isEqualTo(hit);
  }

  private long cleared() {
    long pages = ledger.total(Event.PAGE_CLEAR);
    ledger.clear();
    return pages;
  }

  // Running out of memory.

  @ParameterizedTest
  @EnumSource(PoolKind.class)
  void outOfMemoryGivesEverythingBack(PoolKind kind) {
    PageAllocator small = new PageAllocator(0, 1000);
    PagePool pool = kind.create(small, calls, RAM);
    Buffer buffer = new Buffer();
    assertThat(pool.alloc(buffer, Attribute.WC, 1001, ledger)).isEqualTo(PagePool.ENOMEM);
    assertThat(buffer.pages()).isZero();
    assertThat(small.freePages() + pool.allocatedPages()).isEqualTo(1000);
    assertThat(pool.alloc(buffer, Attribute.WB, 1001, ledger)).isEqualTo(PagePool.ENOMEM);
    pool.drop(ledger);
    assertThat(small.freePages()).isEqualTo(1000);
    assertThat(modes.changed().isEmpty()).isTrue();
    assertThatThrownBy(() -> pool.alloc(Attribute.UC, 1001, ledger))
        .hasMessage("out of memory for a buffer of 1001 pages");
  }

  /// 64 pages come from the pool, the next 16 from the system, then memory is out.
  @ParameterizedTest
  @CsvSource({"EVERY_CHUNK, 64 16, 0", "EVERY_ORDER, '', 64", "AFTER_FAILURE, '', 64"})
  void whatWasNotYetConvertedGoesToTheSystem(Search search, String changedBack, long kept) {
    PageAllocator small = new PageAllocator(0, 80);
    PagePool pool =
        PoolKind.TTM_POOL.create(PoolKind.TTM_POOL.rules().withSearch(search), small, calls, RAM);
    pool.free(pool.alloc(Attribute.WC, 64, Meter.NONE), Meter.NONE);
    calls.clear();
    assertThat(pool.alloc(new Buffer(), Attribute.WC, 81, ledger)).isEqualTo(PagePool.ENOMEM);
    assertThat(calls.arrays()).isEmpty();
    List<Long> expected = new ArrayList<>();
    for (String pages : changedBack.split(" ", -1)) {
      if (!pages.isEmpty()) {
        expected.add(Long.parseLong(pages));
      }
    }
    assertThat(calls.chunksBack()).isEqualTo(expected);
    assertThat(pool.allocatedPages()).isEqualTo(kept);
  }

  // Buffers and limits as arguments.

  @Test
  void aBufferHasMemoryOnce() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    Buffer buffer = pool.alloc(Attribute.UC, 3, ledger);
    assertThat(buffer.caching()).isEqualTo(Attribute.UC);
    assertThatThrownBy(() -> pool.alloc(buffer, Attribute.UC, 3, ledger))
        .hasMessage("this buffer has memory already");
    assertThatThrownBy(() -> buffer.pfn(3)).hasMessage("page 3 of 3");
    assertThatThrownBy(() -> buffer.pfn(-1)).hasMessage("page -1 of 3");
    pool.free(buffer, ledger);
    assertThat(buffer.caching()).isEqualTo(Attribute.WB);
    ledger.clear();
    pool.free(buffer, ledger);
    assertThat(ledger.totals()).as("freed already").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Integer.MAX_VALUE})
  void noBufferOfThatSize(long pages) {
    assertThatThrownBy(() -> pool(PoolKind.TTM_POOL).alloc(Attribute.UC, pages, ledger))
        .hasMessage("a buffer has 1 to 2^31 - 17 pages, not " + pages);
  }

  @ParameterizedTest
  @EnumSource(PoolKind.class)
  void noNegativeLimit(PoolKind kind) {
    assertThatThrownBy(() -> pool(kind).limit(-1))
        .hasMessage("a pool keeps zero pages or more, not -1");
  }

  @Test
  void aChangeThatIsRefusedIsNotOverlooked() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    modes.setPagesArray(Attribute.WC, new long[] {4096}, 0, 1, Meter.NONE);
    assertThatThrownBy(() -> pool.alloc(Attribute.WC, 1, ledger))
        .hasMessage("a change of caching failed: -22");
  }
}
