package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.CpaFlush;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards the closed forms of what one write-combined buffer costs, over a real direct map: all
/// fresh, all from the pool, into the pool, and released.
class PoolClosedFormTest {
  private static final long RAM = 0x80000;
  private static final int CPUS = 4;

  private final Ledger ledger = new Ledger();
  private final PageAttributes attributes =
      new PageAttributes(
          new DirectMap(RAM, DirectMap.Level.PAGE_2M),
          new Memtypes(
              ProcIomem.parse("machine", "00100000-7fffffff : System RAM\n").tree(),
              ResourceWalk.W3,
              new MemtypeTree(),
              MemtypeErase.EXACT),
          new TlbFlush(Cpus.running(CPUS), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
          CpaFlush.SINCE_4_20);
  private final PagePool pool =
      PoolKind.TTM_POOL.create(PageAllocator.ofRam(RAM), CachingChange.of(attributes), RAM);

  @Test
  void theExampleOfAThousandPages() {
    Buffer buffer = pool.alloc(Attribute.WC, 1000, ledger);
    assertThat(ledger.total(Event.CPA_CALL)).isEqualTo(2);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(128_000);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2 + 2);
    assertThat(ledger.total(Event.IPI)).isEqualTo((CPUS - 1) * 4);
    pool.free(buffer, ledger);
    pool.drop(ledger);
    ledger.clear();
    pool.alloc(Attribute.WC, 1000, ledger);
    assertThat(ledger.total(Event.DIRECT_MAP_SPLIT)).as("split for good").isZero();
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2);
  }

  @Test
  void anyBuffer() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int round = 0; round < 200; round++) {
      int pages = 1 + random.nextInt(1 << random.nextInt(1, 13));
      ledger.clear();
      Buffer buffer = pool.alloc(Attribute.WC, pages, ledger);
      long splits = ledger.total(Event.DIRECT_MAP_SPLIT);
      int chunks = buffer.chunkOrders().size();
      assertThat(ledger.total(Event.CPA_CALL)).isEqualTo(2);
      assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(128L * pages);
      assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(splits + (pages > 33 ? 2 : 0));
      assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(pages > 33 ? 0 : 2);
      assertThat(ledger.total(Event.PAGE_ALLOC))
          .as("and a page table for each split")
          .isEqualTo(chunks + splits);

      Map<String, Long> freed = new HashMap<>();
      freed.put("page_clear", (long) pages);
      freed.put("pool_give", (long) chunks);
      ledger.clear();
      pool.free(buffer, ledger);
      assertThat(ledger.totals()).isEqualTo(freed);

      ledger.clear();
      pool.alloc(buffer, Attribute.WC, pages, ledger);
      assertThat(ledger.totals()).isEqualTo(Map.of("pool_hit", (long) chunks));

      pool.free(buffer, ledger);
      ledger.clear();
      pool.drop(ledger);
      assertThat(ledger.total(Event.CPA_CALL)).as("one pass a chunk").isEqualTo(chunks);
      assertThat(ledger.total(Event.CLFLUSH_LINE)).isZero();
    }
    assertThat(attributes.map().pagesAt(DirectMap.Level.PAGE_4K)).isPositive();
  }
}
