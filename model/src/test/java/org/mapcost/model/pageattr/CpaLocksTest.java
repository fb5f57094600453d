package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pageattr.DirectMap.Level;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards the locks of an attribute change, which the simulation makes CPUs queue for: each is
/// dropped again, none is taken twice, and what is held while every CPU is interrupted.
class CpaLocksTest {
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

  private static long[] contiguous(long first, int count) {
    return LongStream.range(first, first + count).toArray();
  }

  /// Asserts the nesting while it happens, and writes down what was held at each flush.
  private static final class Held implements Meter {
    private final EnumSet<Lock> held = EnumSet.noneOf(Lock.class);
    private final List<String> atFlushes = new ArrayList<>();

    @Override
    public void add(Event event, long count) {
      if (event == Event.PAGE_ALLOC) {
        assertThat(held).as("an allocation may sleep").isEmpty();
      }
      if (event == Event.CPA_PAGE || event == Event.KERNEL_PTE_WRITE) {
        assertThat(held).as(event.key()).contains(Lock.CPA_LOCK);
      }
      if (event == Event.DIRECT_MAP_SPLIT) {
        assertThat(held).as(event.key()).containsExactly(Lock.CPA_LOCK, Lock.PGD_LOCK);
      }
    }

    @Override
    public void round(FlushRound round) {
      atFlushes.add(held.toString());
    }

    @Override
    public void enter(Lock lock) {
      assertThat(held.add(lock)).as("%s is not taken twice", lock).isTrue();
    }

    @Override
    public void leave(Lock lock) {
      assertThat(held.remove(lock)).as("%s was held", lock).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void locksAreDroppedAndASplitFlushesUnderThem(CpaFlush flush) {
    Held meter = new Held();
    PageAttributes attributes = machine(2, Level.PAGE_1G, flush);
    attributes.setMemory(Attribute.UC, BASE + 5, 3, meter);
    assertThat(meter.held).isEmpty();
    String atSplit = flush == CpaFlush.SINCE_4_20 ? "[CPA_LOCK, PGD_LOCK]" : "[CPA_LOCK]";
    assertThat(meter.atFlushes).containsExactly(atSplit, atSplit, "[]");

    meter.atFlushes.clear();
    attributes.setPagesArray(Attribute.WC, contiguous(BASE + 100, 40), meter);
    assertThat(meter.held).isEmpty();
    assertThat(meter.atFlushes).as("two passes, nothing to split").containsOnly("[]").hasSize(2);
  }

  @Test
  void aRefusedSplitDropsThemToo() {
    Held meter = new Held();
    PageAttributes attributes = machine(2, Level.PAGE_2M, CpaFlush.SINCE_4_20);
    attributes.setMemory(Attribute.UC, PAGES - 1, 2, meter);
    assertThat(meter.held).isEmpty();
  }
}
