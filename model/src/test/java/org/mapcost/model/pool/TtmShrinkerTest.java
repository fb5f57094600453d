package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// Guards the limit and the shrinker of the TTM pool: which type is looked at next, how much one
/// look and one scan release, and what each version holds meanwhile.
class TtmShrinkerTest {
  private static final long RAM = 0x80000;

  private final Ledger ledger = new Ledger();
  private final PageModes modes = new PageModes();
  private final AttributeCalls calls = new AttributeCalls(modes);
  private final PageAllocator memory = PageAllocator.ofRam(RAM);

  private PagePool pool(Shrink shrink) {
    return PoolKind.TTM_POOL.create(
        PoolKind.TTM_POOL.rules().withShrink(shrink), memory, calls, RAM);
  }

  private void fill(PagePool pool, Attribute caching, long pages) {
    pool.free(pool.alloc(caching, pages, Meter.NONE), Meter.NONE);
  }

  private long looks() {
    long looks = ledger.total(Event.POOL_SHRINK);
    ledger.clear();
    return looks;
  }

  @Test
  void theTypesTakeTurns() {
    PagePool pool = pool(Shrink.TARGET);
    fill(pool, Attribute.WC, 3);
    fill(pool, Attribute.UC, 3);
    // wc, uc and their two empty twins below 4 GiB, order by order
    List<Long> kept = new ArrayList<>();
    for (int read = 0; read < 7; read++) {
      pool.shrink(ledger);
      kept.add(pool.allocatedPages());
    }
    assertThat(kept).containsExactly(5L, 4L, 4L, 4L, 2L, 0L, 0L);
    assertThat(looks()).isEqualTo(7);
    assertThat(calls.chunksBack()).containsExactly(1L, 1L, 2L, 2L);
    assertThat(modes.changed().isEmpty()).isTrue();
  }

  /// The pool holds 128 + 128 pages, then 64 more; the next look after a 64-page type finds a
  /// 128-page one four looks on.
  @Test
  void aboveTheLimitOneChunkALook() {
    PagePool pool = pool(Shrink.TARGET);
    pool.limit(256);
    Buffer one = pool.alloc(Attribute.WC, 128, Meter.NONE);
    Buffer two = pool.alloc(Attribute.WC, 128, Meter.NONE);
    Buffer three = pool.alloc(Attribute.WC, 64, Meter.NONE);
    Buffer four = pool.alloc(Attribute.WC, 64, Meter.NONE);
    pool.free(one, ledger);
    pool.free(two, ledger);
    assertThat(looks()).as("at the limit").isZero();
    pool.free(three, ledger);
    assertThat(looks()).isEqualTo(25);
    assertThat(pool.allocatedPages()).isEqualTo(256);
    pool.free(four, ledger);
    assertThat(looks()).isEqualTo(4);
    assertThat(pool.allocatedPages()).isEqualTo(192);
  }

  @ParameterizedTest
  @CsvSource({"TTM_POOL, 100", "TTM_POOL_6_15, 100", "TTM_POOL_7, 262144"})
  void aLimitWrittenLater(PoolKind kind, long limit) {
    PagePool pool = kind.create(memory, calls, RAM);
    assertThat(pool.limit()).as("half of RAM").isEqualTo(RAM / 2);
    Buffer buffer = pool.alloc(Attribute.WC, 512, Meter.NONE);
    pool.limit(100);
    assertThat(pool.limit()).isEqualTo(limit);
    pool.free(buffer, ledger);
    assertThat(pool.allocatedPages()).isEqualTo(limit < 512 ? 0 : 512);
    pool.limit(0);
    assertThat(pool.limit()).isEqualTo(limit == 100 ? 0 : limit);
  }

  @ParameterizedTest
  @CsvSource({"TTM_POOL", "TTM_POOL_7"})
  void aLimitGivenAtLoad(PoolKind kind) {
    PagePool pool = kind.create(memory, calls, RAM);
    pool.limit(0);
    assertThat(pool.limit()).as("0 is the default").isEqualTo(RAM / 2);
    pool.limit(256);
    assertThat(pool.limit()).isEqualTo(256);
  }

  /// Recorded in 7.2 with `page_pool_size=256`: the second and the sixth of these frees leave 64
  /// and 0 of 320 pages.
  @Test
  void sevenEmptiesWholeTypes() {
    PagePool pool = PoolKind.TTM_POOL_7.create(memory, calls, RAM);
    pool.limit(256);
    fill(pool, Attribute.WC, 1024);
    fill(pool, Attribute.WC, 1024);
    assertThat(pool.allocatedPages()).isZero();
    Buffer a = pool.alloc(Attribute.WC, 128, Meter.NONE);
    Buffer b = pool.alloc(Attribute.WC, 128, Meter.NONE);
    pool.free(a, Meter.NONE);
    pool.free(b, Meter.NONE);
    List<Buffer> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(pool.alloc(Attribute.WC, 64, Meter.NONE));
    }
    List<Long> kept = new ArrayList<>();
    for (Buffer buffer : many) {
      pool.free(buffer, Meter.NONE);
      kept.add(pool.allocatedPages());
    }
    assertThat(kept).containsExactly(256L, 64L, 128L, 192L, 256L, 0L, 64L, 128L);
  }

  /// Not more chunks of it, though, than pages are over the limit.
  @Test
  void sevenReleasesAsManyChunksAsPagesAreOver() {
    PagePool pool = PoolKind.TTM_POOL_7.create(memory, calls, RAM);
    pool.limit(4);
    List<Buffer> singles = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      singles.add(pool.alloc(Attribute.WC, 1, Meter.NONE));
    }
    long oldest = singles.getFirst().pfn(0);
    for (Buffer single : singles) {
      pool.free(single, ledger);
    }
    assertThat(pool.chunks(Attribute.WC)[0]).isEqualTo(4);
    assertThat(modes.of(oldest)).as("the oldest went first").isEqualTo(Attribute.WB);
  }

  /// 41 single pages and a chunk of 64, all uncached: the first look, at write-combined single
  /// pages, finds nothing. To take all single pages the list has to go round 40 times.
  @ParameterizedTest
  @CsvSource({
    "ALL_TYPES, 104, 2",
    "ONE_CHUNK_LOCKED, 104, 2",
    "ONE_CHUNK, 104, 2",
    "TARGET, 105, 1",
    "BATCH, 0, 1762"
  })
  void oneReadOfDebugfs(Shrink shrink, long kept, long looks) {
    PagePool pool = pool(shrink);
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      buffers.add(pool.alloc(Attribute.UC, 1, Meter.NONE));
    }
    buffers.add(pool.alloc(Attribute.UC, 64, Meter.NONE));
    buffers.forEach(buffer -> pool.free(buffer, Meter.NONE));
    pool.shrink(ledger);
    assertThat(pool.allocatedPages()).isEqualTo(kept);
    assertThat(looks()).isEqualTo(looks);
  }

  @Test
  void theDeviceOwnTypesAreLookedAtInVain() {
    PagePool pool = PoolKind.TTM_POOL.create(PoolRules.FIRST, memory, calls, RAM);
    fill(pool, Attribute.WC, 1);
    pool.shrink(ledger);
    assertThat(looks()).isEqualTo(1);
    fill(pool, Attribute.WC, 1);
    pool.shrink(ledger);
    assertThat(looks()).as("44 types of the pool and 33 of the device").isEqualTo(77);
  }

  /// 40 chunks of one page: 39 times round the list after the first look. A shrinker that meets its
  /// target is asked once more and says that nothing is left.
  @ParameterizedTest
  @CsvSource({"ONE_CHUNK, 1717", "TARGET, 1718", "BATCH, 1718"})
  void dropCaches(Shrink shrink, long looks) {
    PagePool pool = pool(shrink);
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      buffers.add(pool.alloc(Attribute.WC, 1, Meter.NONE));
    }
    buffers.forEach(buffer -> pool.free(buffer, Meter.NONE));
    pool.drop(ledger);
    assertThat(pool.allocatedPages()).isZero();
    assertThat(memory.freePages()).isEqualTo(memory.pages());
    assertThat(looks()).isEqualTo(looks);
    pool.drop(ledger);
    assertThat(looks()).as("nothing to ask for").isZero();
  }

  /// Under the kernel's default batch: 1024 pages in one chunk are asked for in 16 scans of 128, of
  /// which the first frees everything and the others look once each.
  @Test
  void anOldShrinkerIsAskedOnAfterItsPoolIsEmpty() {
    PagePool pool = pool(Shrink.ONE_CHUNK);
    fill(pool, Attribute.WC, 1024);
    pool.drop(ledger);
    assertThat(looks()).isEqualTo(41 + 15);
  }

  @ParameterizedTest
  @CsvSource({"ALL_TYPES, true", "ONE_CHUNK_LOCKED, true", "ONE_CHUNK, false", "TARGET, false"})
  void theLockWhileAChunkIsChangedBack(Shrink shrink, boolean held) {
    List<String> order = new ArrayList<>();
    CachingChange noting =
        new CachingChange() {
          @Override
          public int setPagesArray(Attribute to, long[] pfns, int from, int count, Meter meter) {
            return 0;
          }

          @Override
          public int setPagesWb(long first, long pages, Meter meter) {
            order.add("change");
            return 0;
          }
        };
    PagePool pool =
        PoolKind.TTM_POOL.create(PoolKind.TTM_POOL.rules().withShrink(shrink), memory, noting, RAM);
    fill(pool, Attribute.WC, 1);
    pool.shrink(
        new Meter() {
          @Override
          public void add(Event event, long count) {}

          @Override
          public void enter(Lock lock) {
            order.add("enter " + lock);
          }

          @Override
          public void leave(Lock lock) {
            order.add("leave " + lock);
          }
        });
    assertThat(order)
        .isEqualTo(
            held
                ? List.of(
                    "enter SHRINKER_LOCK",
                    "enter POOL_LOCK",
                    "leave POOL_LOCK",
                    "change",
                    "leave SHRINKER_LOCK")
                : List.of(
                    "enter SHRINKER_LOCK",
                    "leave SHRINKER_LOCK",
                    "enter POOL_LOCK",
                    "leave POOL_LOCK",
                    "change"));
  }
}
