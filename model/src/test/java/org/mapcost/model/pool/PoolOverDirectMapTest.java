package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.CpaFlush;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards what a pool does to the kernel's own mapping over thousands of lives: what was changed is
/// changed back, every page ends as it began, and the counts of the steps add up to those of the
/// life.
class PoolOverDirectMapTest {
  private static final int LIVES = 250;
  private static final int STEPS = 20;
  private static final long RAM = 8192;

  /// Behind the legacy area below 1 MiB.
  private static final long FIRST = 256;

  private static final ResourceTree IOMEM =
      ProcIomem.parse("pc", "00100000-01ffffff : System RAM\n").tree();

  /// One machine with a pool, and the buffers of one life.
  private static final class Life {
    final PageAttributes attributes =
        new PageAttributes(
            new DirectMap(RAM, DirectMap.Level.PAGE_2M),
            new Memtypes(IOMEM, ResourceWalk.W3, new MemtypeTree(), MemtypeErase.EXACT),
            new TlbFlush(Cpus.running(2), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
            CpaFlush.SINCE_4_20);
    final AttributeCalls calls = new AttributeCalls(CachingChange.of(attributes));
    final List<Buffer> buffers = new ArrayList<>();
    final PagePool pool;
    private final SplittableRandom random;

    Life(PoolKind kind, long seed) {
      random = new SplittableRandom(seed);
      pool = kind.create(new PageAllocator(FIRST, RAM), calls, RAM);
      if (random.nextBoolean()) {
        pool.limit(1 + random.nextLong(RAM));
      }
    }

    void step(Supplier<Ledger> next) {
      Ledger ledger = next.get();
      int choice = random.nextInt(10);
      if (choice < 5) {
        ledger.enter(Phase.ALLOCATE);
        Buffer buffer = new Buffer();
        Attribute caching = Attribute.values()[random.nextInt(3)];
        if (pool.alloc(buffer, caching, 1 + random.nextLong(1L << random.nextInt(11)), ledger)
            == 0) {
          buffers.add(buffer);
        }
      } else if (choice < 8) {
        ledger.enter(Phase.FREE);
        if (!buffers.isEmpty()) {
          pool.free(buffers.remove(random.nextInt(buffers.size())), ledger);
        }
      } else if (choice < 9) {
        ledger.enter(Phase.UNMAP);
        pool.shrink(ledger);
      } else {
        ledger.enter(Phase.LOAD);
        pool.drop(ledger);
      }
    }

    void end(Ledger ledger) {
      ledger.enter(Phase.FREE);
      buffers.forEach(buffer -> pool.free(buffer, ledger));
      pool.drop(ledger);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLife(PoolKind kind) {
    for (long seed = 1; seed <= LIVES; seed++) {
      Life life = new Life(kind, seed);
      Life again = new Life(kind, seed);
      Ledger whole = new Ledger();
      Map<Event, Long> sum = new EnumMap<>(Event.class);
      for (int step = 0; step < STEPS; step++) {
        Ledger single = new Ledger();
        life.step(() -> single);
        again.step(() -> whole);
        add(sum, single);
      }
      Ledger last = new Ledger();
      life.end(last);
      again.end(whole);
      add(sum, last);
      for (Event event : Event.values()) {
        long phases = 0;
        for (Phase phase : Phase.values()) {
          phases += whole.count(phase, event);
        }
        assertThat(whole.total(event)).as(event.key()).isEqualTo(sum.get(event)).isEqualTo(phases);
      }
      restored(life);
      conversions(life, whole);
    }
  }

  private static void add(Map<Event, Long> sum, Ledger ledger) {
    for (Event event : Event.values()) {
      sum.merge(event, ledger.total(event), Long::sum);
    }
  }

  private static void restored(Life life) {
    assertThat(
            LongStream.range(0, RAM)
                .filter(pfn ->
                    life.attributes.map().mode(pfn) != CacheMode.WB
                        || life.attributes.memtypes().flags().type(pfn) != CacheMode.WB))
        .isEmpty();
    assertThat(life.pool.allocatedPages()).isZero();
  }

  /// What went to another mode came back, page for page; each way is priced by its passes.
  private static void conversions(Life life, Ledger whole) {
    long there = sum(life.calls.arrays());
    long back = sum(life.calls.arraysBack()) + sum(life.calls.chunksBack());
    assertThat(back).isEqualTo(there);
    long wc = whole.total(Event.CLFLUSH_LINE) / 64;
    assertThat(wc).isBetween(there, 2 * there);
    assertThat(whole.total(Event.CPA_CALL))
        .isBetween(
            (long) life.calls.arrays().size()
                + life.calls.arraysBack().size()
                + life.calls.chunksBack().size(),
            2L * life.calls.arrays().size()
                + life.calls.arraysBack().size()
                + life.calls.chunksBack().size());
  }

  private static long sum(List<? extends Number> pages) {
    return pages.stream().mapToLong(Number::longValue).sum();
  }
}
