package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pageattr.Attribute;

/// Guards what holds for every pool and every sequence of operations: no page is lost or used
/// twice, what is handed out has the caching asked for, each run of pages that needed a change is
/// changed once, and dropping restores the machine.
class PoolPropertiesTest {
  private static final int SEEDS = 40;
  private static final int STEPS = 120;
  private static final long PAGES = 6000;

  static Stream<Arguments> machines() {
    List<Arguments> machines = new ArrayList<>();
    for (PoolKind kind : PoolKind.values()) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        machines.add(Arguments.of(kind, seed));
      }
    }
    return machines.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("machines")
  void everySequence(PoolKind kind, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    new Run(kind, random).steps();
  }

  /// One machine and its life.
  private static final class Run {
    private final RandomGenerator random;
    private final PoolKind kind;
    private final PageModes modes = new PageModes();
    private final AttributeCalls calls = new AttributeCalls(modes);
    private final PageAllocator memory;
    private final PagePool pool;
    private final List<Buffer> buffers = new ArrayList<>();
    private final Ledger ledger = new Ledger();

    Run(PoolKind kind, RandomGenerator random) {
      this.kind = kind;
      this.random = random;
      long first = random.nextLong(2000);
      int[][] failing = {{}, {}, {10}, {9, 10}, {3, 7}};
      this.memory =
          new PageAllocator(first, first + PAGES, failing[random.nextInt(failing.length)]);
      PoolRules rules =
          new PoolRules(pick(Search.values()), pick(Clearing.values()), pick(Shrink.values()));
      this.pool = kind.create(rules, memory, calls, PAGES);
      if (random.nextBoolean()) {
        pool.limit(random.nextLong(PAGES));
      }
    }

    private <T> T pick(T[] values) {
      return values[random.nextInt(values.length)];
    }

    void steps() {
      for (int step = 0; step < STEPS; step++) {
        ledger.clear();
        calls.clear();
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4 -> alloc();
          case 5, 6, 7 -> free();
          case 8 -> shrinkOrLimit();
          default -> {
            if (random.nextInt(4) == 0) {
              drop();
            }
          }
        }
        nothingLost();
      }
      buffers.forEach(buffer -> pool.free(buffer, Meter.NONE));
      pool.drop(Meter.NONE);
      assertThat(memory.freePages()).as("restored").isEqualTo(PAGES);
      assertThat(modes.changed().isEmpty()).isTrue();
    }

    private void alloc() {
      Buffer buffer = new Buffer();
      Attribute caching = pick(Attribute.values());
      long pages = 1 + random.nextLong(1L << random.nextInt(1, 12));
      BitSet changedBefore = modes.changed();
      if (pool.alloc(buffer, caching, pages, ledger) != 0) {
        assertThat(memory.freePages()).as("memory ran out").isLessThan(pages);
        return;
      }
      buffers.add(buffer);
      assertThat(buffer.pages()).isEqualTo(pages);
      for (int page = 0; page < pages; page++) {
        if (modes.of(buffer.pfn(page)) != caching) {
          fail("page %d is %s, not %s", page, modes.of(buffer.pfn(page)), caching);
        }
      }
      if (kind == PoolKind.TTM_LEGACY) {
        assertThat(calls.arrays()).allMatch(size -> size <= TtmLegacyPool.BATCH);
        if (caching != Attribute.WB) {
          List<Integer> orders = buffer.chunkOrders();
          long blocks = orders.stream().filter(order -> order == 9).count();
          assertThat(ledger.total(Event.POOL_HIT) + ledger.total(Event.POOL_MISS))
              .as("every chunk, and blocks asked for in vain")
              .isEqualTo(orders.size() + pages / 512 - blocks);
        }
      } else {
        assertThat(calls.arrays()).isEqualTo(missRuns(buffer, changedBefore));
        assertThat(ledger.total(Event.POOL_HIT)).isEqualTo(hits(buffer, changedBefore));
      }
    }

    /// The lengths of the maximal runs of pages that had to be changed.
    private static List<Integer> missRuns(Buffer buffer, BitSet changedBefore) {
      List<Integer> runs = new ArrayList<>();
      int run = 0;
      for (int page = 0; page <= buffer.pages(); page++) {
        boolean missed = page < buffer.pages() && !changedBefore.get((int) buffer.pfn(page));
        if (missed) {
          run++;
        } else if (run > 0) {
          runs.add(run);
          run = 0;
        }
      }
      return buffer.caching() == Attribute.WB ? List.of() : runs;
    }

    private static int hits(Buffer buffer, BitSet changedBefore) {
      int hits = 0;
      int page = 0;
      for (int order : buffer.chunkOrders()) {
        hits += changedBefore.get((int) buffer.pfn(page)) ? 1 : 0;
        page += 1 << order;
      }
      return hits;
    }

    private void free() {
      if (buffers.isEmpty()) {
        return;
      }
      Buffer buffer = buffers.remove(random.nextInt(buffers.size()));
      Attribute caching = buffer.caching();
      pool.free(buffer, ledger);
      assertThat(calls.arrays()).as("a free converts nothing").isEmpty();
      if (kind != PoolKind.TTM_LEGACY) {
        assertThat(pool.allocatedPages()).isLessThanOrEqualTo(pool.limit());
      } else if (caching != Attribute.WB) {
        int[] chunks = pool.chunks(caching);
        assertThat(chunks[0]).isLessThanOrEqualTo((int) pool.limit());
        assertThat(chunks[9] * 512L).isLessThanOrEqualTo(pool.limit());
      }
    }

    private void shrinkOrLimit() {
      if (random.nextBoolean()) {
        pool.limit(random.nextLong(PAGES));
      } else {
        long before = pool.allocatedPages();
        pool.shrink(ledger);
        long released = calls.chunksBack().stream().mapToLong(Long::longValue).sum();
        assertThat(pool.allocatedPages()).isEqualTo(before - released);
      }
    }

    private void drop() {
      pool.drop(ledger);
      assertThat(pool.allocatedPages()).isZero();
    }

    private void nothingLost() {
      BitSet used = new BitSet();
      long inBuffers = 0;
      long changed = 0;
      for (Buffer buffer : buffers) {
        inBuffers += buffer.pages();
        changed += buffer.caching() == Attribute.WB ? 0 : buffer.pages();
        for (int page = 0; page < buffer.pages(); page++) {
          used.set((int) buffer.pfn(page));
        }
      }
      assertThat((long) used.cardinality()).as("no page twice").isEqualTo(inBuffers);
      assertThat(memory.freePages() + pool.allocatedPages() + inBuffers).isEqualTo(PAGES);
      assertThat((long) modes.changed().cardinality()).isEqualTo(changed + pool.allocatedPages());
      long kept = 0;
      for (Attribute caching : Attribute.values()) {
        int[] chunks = pool.chunks(caching);
        for (int order = 0; order < chunks.length; order++) {
          kept += (long) chunks[order] << order;
        }
      }
      assertThat(kept).isEqualTo(pool.allocatedPages());
    }
  }

  /// The same chunks and changes, whether 5.11 asks for every chunk or later kernels once an order.
  @Test
  void askingLessOftenChangesNothingElse() {
    for (long seed = 1; seed <= 20; seed++) {
      List<List<Object>> lives = new ArrayList<>();
      for (Search search : List.of(Search.EVERY_CHUNK, Search.EVERY_ORDER)) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        AttributeCalls calls = new AttributeCalls(new PageModes());
        PagePool pool =
            PoolKind.TTM_POOL.create(
                PoolKind.TTM_POOL.rules().withSearch(search),
                new PageAllocator(0, 0x20000, 10),
                calls,
                0x20000);
        List<Object> life = new ArrayList<>();
        List<Buffer> buffers = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
          if (buffers.size() > 8 || (!buffers.isEmpty() && random.nextInt(3) == 0)) {
            pool.free(buffers.remove(random.nextInt(buffers.size())), Meter.NONE);
          } else {
            buffers.add(pool.alloc(Attribute.WC, 1 + random.nextLong(3000), Meter.NONE));
            life.add(buffers.getLast().chunkOrders());
          }
        }
        life.add(calls.arrays());
        lives.add(life);
      }
      assertThat(lives.getFirst()).isEqualTo(lives.getLast());
    }
  }
}
