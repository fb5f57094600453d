package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
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

/// Guards a change of caching attributes on seeded random requests: the closed forms of its counts,
/// and that types and mappings stay in step through any sequence of calls.
class PageAttributesPropertiesTest {
  private static final ResourceTree IOMEM =
      ProcIomem.parse(
              "machine", "00001000-0009ffff : System RAM\n00100000-1ffffffff : System RAM\n")
          .tree();
  private static final long PAGES = 0x200000;

  /// A 2 MiB boundary.
  private static final long BASE = 0x40000;

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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theClosedFormsHoldForRandomRequests(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 400; i++) {
      int cpus = 1 + random.nextInt(64);
      PageAttributes attributes = machine(cpus);
      long[] pfns = distinct(random, 1 + random.nextInt(80), random.nextBoolean() ? 100 : 40_000);
      long n = pfns.length;
      long splits = LongStream.of(pfns).map(pfn -> pfn >> 9).distinct().count();
      Attribute to = random.nextBoolean() ? Attribute.WC : Attribute.UC;
      long passes = to == Attribute.WC ? 2 : 1;

      Ledger fresh = new Ledger();
      assertThat(attributes.setPagesArray(to, pfns, fresh)).isZero();
      checkClosedForm(fresh, n, cpus, passes, splits, true);
      assertThat(fresh.total(Event.RAM_FLAG_OP)).isEqualTo(2 * n);

      Ledger back = new Ledger();
      assertThat(attributes.setPagesArray(Attribute.WB, pfns, back)).isZero();
      checkClosedForm(back, n, cpus, 1, 0, false);
      assertThat(back.total(Event.RAM_FLAG_OP)).isEqualTo(n);

      Ledger again = new Ledger();
      assertThat(attributes.setPagesArray(to, pfns, again)).isZero();
      checkClosedForm(again, n, cpus, passes, 0, true);
      assertThat(attributes.map().splits()).isEqualTo(splits);
    }
  }

  /// The closed forms of the reference for an array of n pages, of which the large pages they lie
  /// in are split.
  private static void checkClosedForm(
      Ledger ledger, long n, int cpus, long passes, long splits, boolean cache) {
    boolean ranged = n <= 33;
    Map<String, Long> counted = ledger.totals();
    Map<String, Long> closed =
        expected(
            "resource_walk",
            n,
            "resource_node_visit",
            2 * n,
            "ram_flag_op",
            ledger.total(Event.RAM_FLAG_OP),
            "cpa_call",
            passes,
            "unmap_aliases",
            passes,
            "cpa_page",
            passes * n,
            "kernel_pte_write",
            passes * n + 513 * splits,
            "direct_map_split",
            splits,
            "page_alloc",
            splits,
            "clflush_line",
            cache ? passes * n * 64 : 0,
            "tlb_round_ranged",
            ranged ? passes : 0,
            "tlb_round_full",
            splits + (ranged ? 0 : passes),
            "tlb_invalidate_page",
            ranged ? passes * n * cpus : 0,
            "tlb_invalidate_global",
            (splits + (ranged ? 0 : passes)) * cpus,
            "ipi",
            (passes + splits) * (cpus - 1));
    closed.values().removeIf(count -> count == 0);
    assertThat(counted).isEqualTo(closed);
  }

  @ParameterizedTest
  @EnumSource
  void anySequenceOfCallsKeepsTypesAndMappingsInStep(CpaFlush flush) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    PageAttributes attributes = machine(3, Level.PAGE_1G, flush);
    Map<Long, CacheMode> modes = new HashMap<>();
    long splits = 0;
    for (int i = 0; i < 3_000; i++) {
      Attribute to = Attribute.values()[random.nextInt(3)];
      long[] pfns;
      int result;
      if (random.nextBoolean()) {
        pfns = distinct(random, 1 + random.nextInt(40), 3_000);
        result = attributes.setPagesArray(to, pfns, Meter.NONE);
      } else {
        pfns = contiguous(BASE + random.nextInt(2_000), 1 + random.nextInt(1_100));
        result = attributes.setMemory(to, pfns[0], pfns.length, Meter.NONE);
      }
      boolean taken = LongStream.of(pfns).anyMatch(modes::containsKey);
      assertThat(result == 0).isEqualTo(to == Attribute.WB || !taken);
      for (long pfn : pfns) {
        if (to == Attribute.WB) {
          modes.remove(pfn);
        } else if (result == 0) {
          modes.put(pfn, to.mode());
        }
      }
      for (long pfn : pfns) {
        CacheMode mode = modes.getOrDefault(pfn, CacheMode.WB);
        assertThat(attributes.map().mode(pfn)).isEqualTo(mode);
        assertThat(attributes.memtypes().flags().type(pfn)).isEqualTo(mode);
      }
      assertThat(attributes.map().splits()).isGreaterThanOrEqualTo(splits);
      splits = attributes.map().splits();
    }
    attributes.setMemory(Attribute.WB, BASE, 4_096, Meter.NONE);
    for (long pfn = BASE; pfn < BASE + 4_096; pfn++) {
      assertThat(attributes.map().mode(pfn)).isEqualTo(CacheMode.WB);
    }
    assertThat(attributes.map().splits()).as("splits stay").isEqualTo(splits).isPositive();
    assertThat(attributes.map().pagesAt(Level.PAGE_4K)).isPositive();
  }

  private static long[] distinct(RandomGenerator random, int count, int within) {
    Set<Long> pfns = new HashSet<>();
    while (pfns.size() < count) {
      pfns.add(BASE + random.nextInt(within));
    }
    return pfns.stream().mapToLong(Long::longValue).toArray();
  }

  private static Map<String, Long> expected(Object... keysAndCounts) {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < keysAndCounts.length; i += 2) {
      counts.put((String) keysAndCounts[i], ((Number) keysAndCounts[i + 1]).longValue());
    }
    return counts;
  }
}
