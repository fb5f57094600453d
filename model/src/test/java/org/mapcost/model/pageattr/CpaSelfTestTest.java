package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.DirectMap.Level;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards what the kernel's own test of attribute changes asks for (`cpa-test.c`,
/// CONFIG_CPA_DEBUG), with a caching mode in place of its software bit: pages all over memory are
/// changed by each call, are then changed and mapped by 4 KiB pages, are changed back and are then
/// as before; and the direct map never gains or loses a page.
class CpaSelfTestTest {
  private static final int CHANGES = 300;
  private static final long PAGES = 0x80000 + 123;

  private final DirectMap map = new DirectMap(PAGES, Level.PAGE_1G);
  private final PageAttributes attributes =
      new PageAttributes(
          map,
          new Memtypes(
              ProcIomem.parse("pc", "00000000-8007afff : System RAM\n").tree(),
              ResourceWalk.W3,
              new MemtypeTree(),
              MemtypeErase.EXACT),
          new TlbFlush(Cpus.running(2), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
          CpaFlush.SINCE_4_20);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void pagesAllOverMemory(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int change = 0; change < CHANGES; change++) {
      Attribute to = random.nextBoolean() ? Attribute.WC : Attribute.UC;
      int count = 1 + random.nextInt(100);
      long first = 256 + random.nextLong(PAGES - 256 - count);
      long[] pfns =
          change % 3 == 0
              ? random.longs(count, 256, PAGES).distinct().toArray()
              : LongStream.range(first, first + count).toArray();
      boolean range = change % 3 == 1;
      CacheMode before = map.mode(pfns[0]);
      assertThat(before).isEqualTo(CacheMode.WB);
      assertThat(set(to, pfns, range)).isZero();
      for (long pfn : pfns) {
        assertThat(map.mode(pfn)).isEqualTo(to.mode());
        assertThat(map.level(pfn)).isEqualTo(Level.PAGE_4K);
      }
      assertThat(set(Attribute.WB, pfns, range)).isZero();
      assertThat(Arrays.stream(pfns).mapToObj(map::mode)).containsOnly(CacheMode.WB);
      if (change % 60 == 0) {
        assertThat(mapped()).isEqualTo(PAGES);
      }
    }
    assertThat(LongStream.range(0, PAGES).filter(pfn -> map.mode(pfn) != CacheMode.WB)).isEmpty();
    assertThat(mapped()).isEqualTo(PAGES);
    Ledger nothing = new Ledger();
    attributes.setMemory(Attribute.WB, 256, PAGES - 256, nothing);
    assertThat(nothing.total(Event.KERNEL_PTE_WRITE)).isZero();
  }

  private long mapped() {
    return map.pagesAt(Level.PAGE_4K) + map.pagesAt(Level.PAGE_2M) + map.pagesAt(Level.PAGE_1G);
  }

  private int set(Attribute to, long[] pfns, boolean range) {
    return range
        ? attributes.setMemory(to, pfns[0], pfns.length, Meter.NONE)
        : attributes.setPagesArray(to, pfns, Meter.NONE);
  }
}
