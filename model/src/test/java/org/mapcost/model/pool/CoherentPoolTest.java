package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.pageattr.Attribute;

/// Guards the pools of a device with coherent DMA memory: what the kernel's own tests ask for
/// (`ttm_pool_test.c`: a chunk of order 2 stays with the device, of any caching), and how the
/// shrinker goes round its types.
class CoherentPoolTest {
  private static final long RAM = 0x4000;

  private final PageModes modes = new PageModes();
  private final AttributeCalls calls = new AttributeCalls(modes);
  private final PageAllocator memory = new PageAllocator(0, RAM);
  private final Ledger ledger = new Ledger();

  private PagePool pool(PoolKind kind) {
    return kind.createCoherent(kind.rules(), memory, calls, RAM);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "TTM_LEGACY"})
  void aFreedChunkOfAnyCachingStaysWithTheDevice(PoolKind kind) {
    for (Attribute caching : Attribute.values()) {
      PagePool pool = pool(kind);
      Buffer buffer = pool.alloc(caching, 4, ledger);
      assertThat(pool.chunks(caching)[2]).isZero();
      pool.free(buffer, ledger);
      assertThat(pool.chunks(caching)[2]).isEqualTo(1);
      assertThat(pool.allocatedPages()).isEqualTo(4);
      ledger.clear();
      pool.alloc(buffer, caching, 4, ledger);
      assertThat(ledger.total(Event.POOL_HIT)).isEqualTo(1);
      pool.free(buffer, ledger);
      pool.drop(ledger);
    }
    assertThat(memory.freePages()).isEqualTo(RAM);
    assertThat(modes.changed().isEmpty()).isTrue();
  }

  @Test
  void cachedChunksAreReleasedWithoutAChange() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    pool.free(pool.alloc(Attribute.WB, 1023, ledger), ledger);
    assertThat(pool.allocatedPages()).isEqualTo(1023);
    pool.drop(ledger);
    assertThat(pool.allocatedPages()).isZero();
    assertThat(calls.arrays()).isEmpty();
    assertThat(calls.chunksBack()).isEmpty();
  }

  @Test
  void aboveTheLargestOrder() {
    assertThat(pool(PoolKind.TTM_POOL).alloc(Attribute.UC, 2048, ledger).chunkOrders())
        .containsExactly(10, 10);
  }

  /// 44 shared types first, always empty; then uncached, write-combined and cached ones by order.
  @Test
  void theDevicesTypesComeLast() {
    PagePool pool = pool(PoolKind.TTM_POOL);
    for (Attribute caching : Attribute.values()) {
      pool.free(pool.alloc(caching, 2, ledger), ledger);
    }
    pool.limit(4);
    ledger.clear();
    pool.free(new Buffer(), ledger);
    assertThat(ledger.total(Event.POOL_SHRINK)).isEqualTo(44 + 2);
    assertThat(pool.chunks(Attribute.UC)[1]).isZero();
    pool.limit(2);
    ledger.clear();
    pool.free(new Buffer(), ledger);
    assertThat(ledger.total(Event.POOL_SHRINK)).isEqualTo(11);
    assertThat(pool.chunks(Attribute.WC)[1]).isZero();
    assertThat(pool.chunks(Attribute.WB)[1]).isEqualTo(1);
  }

  @Test
  void sharedTypesStayUntouchedWithoutIt() {
    PagePool shared = PoolKind.TTM_POOL.create(memory, calls, RAM);
    shared.free(shared.alloc(Attribute.WB, 4, ledger), ledger);
    assertThat(shared.allocatedPages()).isZero();
  }

  @Test
  void theOldOneIsNotKnown() {
    assertThatThrownBy(() -> pool(PoolKind.TTM_LEGACY))
        .hasMessage("the DMA pool up to 5.10 is not known");
  }
}
