package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;

/// Guards that memory is handed out once, aligned, inside RAM, and that nothing is lost: what was
/// split joins again.
class PageAllocatorTest {
  private static final long GIB = 0x40000;

  @Test
  void usedMemoryGoesBeforeFresh() {
    PageAllocator memory = new PageAllocator(0, GIB);
    assertThat(memory.alloc(9, Meter.NONE)).isZero();
    assertThat(memory.alloc(0, Meter.NONE)).isEqualTo(512);
    assertThat(memory.alloc(2, Meter.NONE)).as("aligned").isEqualTo(516);
    assertThat(memory.alloc(1, Meter.NONE)).as("the gap").isEqualTo(514);
    assertThat(memory.alloc(10, Meter.NONE)).as("a fresh block").isEqualTo(1024);
    memory.free(512, 0);
    assertThat(memory.alloc(0, Meter.NONE)).as("the smallest that fits").isEqualTo(512);
  }

  @Test
  void twinsJoin() {
    PageAllocator memory = new PageAllocator(0, 1024);
    List<Long> pages = new ArrayList<>();
    for (int i = 0; i < 1024; i++) {
      pages.add(memory.alloc(0, Meter.NONE));
    }
    assertThat(memory.alloc(0, Meter.NONE)).isEqualTo(PageAllocator.NONE);
    for (long page : pages.reversed()) {
      memory.free(page, 0);
    }
    assertThat(memory.alloc(10, Meter.NONE)).isZero();
  }

  @Test
  void partOfABlockCanBeGivenBack() {
    PageAllocator memory = new PageAllocator(0, 1024);
    memory.alloc(10, Meter.NONE);
    memory.free(512, 9);
    assertThat(memory.freePages()).isEqualTo(512);
    assertThat(memory.alloc(9, Meter.NONE)).isEqualTo(512);
  }

  @Test
  void aCallIsCharged() {
    Ledger ledger = new Ledger();
    PageAllocator memory = new PageAllocator(0, 512, 9);
    memory.alloc(8, ledger);
    memory.alloc(9, ledger);
    assertThat(ledger.total(Event.PAGE_ALLOC)).isEqualTo(2);
  }

  @Test
  void ordersThatFail() {
    PageAllocator memory = new PageAllocator(0, GIB, 9, 10);
    assertThat(memory.alloc(10, Meter.NONE)).isEqualTo(PageAllocator.NONE);
    assertThat(memory.alloc(9, Meter.NONE)).isEqualTo(PageAllocator.NONE);
    assertThat(memory.alloc(8, Meter.NONE)).isZero();
    assertThatThrownBy(() -> new PageAllocator(0, GIB, 0))
        .hasMessage("orders 1 to 10 can fail, not 0");
    assertThatThrownBy(() -> new PageAllocator(0, GIB, 11)).hasMessageContaining("not 11");
  }

  @Test
  void ramBeginsBehindTheDmaZone() {
    PageAllocator memory = PageAllocator.ofRam(0x80000);
    assertThat(memory.alloc(0, Meter.NONE)).isEqualTo(4096);
    assertThat(memory.pages()).isEqualTo(0x80000 - 4096);
    assertThatThrownBy(() -> PageAllocator.ofRam(4096))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "buffers get no memory from the first 16 MiB, and this machine has 4096 pages of RAM:"
                + " give it more, 2GiB for example");
    assertThat(PageAllocator.ofRam(4097).freePages()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "5, 5", "6, 5", "0, 2147483648"})
  void noMemoryAtAll(long first, long end) {
    assertThatThrownBy(() -> new PageAllocator(first, end))
        .hasMessage("no pages to hand out from " + first + " to " + end);
  }

  @Test
  void whatIsFreeCannotBeGivenBack() {
    PageAllocator memory = new PageAllocator(16, 1040);
    long block = memory.alloc(4, Meter.NONE);
    memory.free(block, 4);
    for (int order = 0; order <= 4; order++) {
      int size = order;
      assertThatThrownBy(() -> memory.free(block, size)).hasMessageContaining("not handed out");
    }
    long page = memory.alloc(0, Meter.NONE);
    assertThatThrownBy(() -> memory.free(page, 1)).hasMessage("pages 16 to 17 are not handed out");
    assertThatThrownBy(() -> memory.free(0, 0)).hasMessage("pages 0 to 0 are not handed out");
    assertThatThrownBy(() -> memory.free(1040, 0)).hasMessageContaining("not handed out");
  }

  /// Any border, also ones that no large block can touch.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLost(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 50; round++) {
      long first = random.nextLong(3000);
      long end = first + 1 + random.nextLong(6000);
      PageAllocator memory = new PageAllocator(first, end);
      BitSet used = new BitSet();
      List<long[]> held = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        if (!held.isEmpty() && random.nextInt(5) < 2) {
          long[] block = held.remove(random.nextInt(held.size()));
          memory.free(block[0], (int) block[1]);
          used.clear((int) block[0], (int) block[0] + (1 << block[1]));
        } else {
          int order = random.nextInt(PageAllocator.ORDERS);
          long block = memory.alloc(order, Meter.NONE);
          if (block != PageAllocator.NONE) {
            int size = 1 << order;
            assertThat(block % size).isZero();
            assertThat(block).isBetween(first, end - size);
            assertThat(used.get((int) block, (int) block + size).isEmpty()).isTrue();
            used.set((int) block, (int) block + size);
            held.add(new long[] {block, order});
          }
        }
        assertThat(memory.freePages()).isEqualTo(memory.pages() - used.cardinality());
      }
      for (long[] block : held) {
        memory.free(block[0], (int) block[1]);
      }
      assertThat(memory.freePages()).isEqualTo(end - first);
      long large = (end >> 10) - ((first + 1023) >> 10);
      for (long i = 0; i < large; i++) {
        assertThat(memory.alloc(10, Meter.NONE)).as("joined again").isNotEqualTo(-1);
      }
      assertThat(memory.alloc(10, Meter.NONE)).isEqualTo(PageAllocator.NONE);
    }
  }
}
