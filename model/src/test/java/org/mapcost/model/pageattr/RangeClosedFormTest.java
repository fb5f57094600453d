package org.mapcost.model.pageattr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Ledger;
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

/// Guards the closed forms of `set_memory_*` (reference, section 4.5) for any range on a direct map
/// of any page size: what it covers stays whole, what it cuts is split, once for each level.
class RangeClosedFormTest {
  private static final int RANGES = 700;
  private static final long RAM = 3 << 18;
  private static final long GIB = 1 << 18;
  private static final long BLOCK = 512;
  private static final ResourceTree IOMEM =
      ProcIomem.parse("pc", "00000000-bfffffff : System RAM\n").tree();

  private static PageAttributes machine(int cpus, Level largest) {
    return new PageAttributes(
        new DirectMap(RAM, largest),
        new Memtypes(IOMEM, ResourceWalk.W3, new MemtypeTree(), MemtypeErase.EXACT),
        new TlbFlush(Cpus.running(cpus), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
        CpaFlush.SINCE_4_20);
  }

  /// The pages of size `size` that a range touches, and of them those that it covers.
  private record Cut(long touched, long covered) {
    static Cut of(long first, long pages, long size) {
      long touched = (first + pages - 1) / size - first / size + 1;
      long covered = Math.max(0, (first + pages) / size - (first + size - 1) / size);
      return new Cut(touched, covered);
    }

    long cut() {
      return touched - covered;
    }
  }

  @ParameterizedTest
  @CsvSource({"PAGE_4K, 1", "PAGE_2M, 2", "PAGE_1G, 3"})
  void anyRange(Level largest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < RANGES; i++) {
      int cpus = 1 + random.nextInt(32);
      PageAttributes attributes = machine(cpus, largest);
      long most = 1L << random.nextInt(1, random.nextInt(20) == 0 ? 20 : 13);
      long pages = 1 + random.nextLong(most);
      long first = 256 + random.nextLong(RAM - 256 - pages);
      if (random.nextInt(4) == 0) {
        long aligned = random.nextBoolean() ? GIB : BLOCK;
        first = Math.max(aligned, first / aligned * aligned);
        pages = Math.min(pages, RAM - first);
      }
      Attribute to = random.nextBoolean() ? Attribute.WC : Attribute.UC;
      Cut gib = largest == Level.PAGE_1G ? Cut.of(first, pages, GIB) : new Cut(0, 0);
      Cut block = largest == Level.PAGE_4K ? new Cut(0, 0) : Cut.of(first, pages, BLOCK);
      long splits = gib.cut() + block.cut();
      long wholeBlocks = block.covered() - gib.covered() * BLOCK;
      long inBlocks = block.covered() * BLOCK;
      long entries = gib.covered() + wholeBlocks + pages - inBlocks;
      Ledger there = new Ledger();
      assertThat(attributes.setMemory(to, first, pages, there)).isZero();
      assertThat(there.totals())
          .as("%d pages from %d", pages, first)
          .isEqualTo(closedForm(pages, cpus, to == Attribute.WC ? 2 : 1, entries, splits, true));
      Ledger back = new Ledger();
      assertThat(attributes.setMemory(Attribute.WB, first, pages, back)).isZero();
      assertThat(back.totals()).isEqualTo(closedForm(pages, cpus, 1, entries, 0, false));
      Ledger again = new Ledger();
      attributes.setMemory(Attribute.WB, first, pages, again);
      assertThat(again.total(Event.KERNEL_PTE_WRITE) + again.total(Event.IPI)).isZero();
    }
  }

  private static Map<String, Long> closedForm(
      long pages, int cpus, long passes, long entries, long splits, boolean cache) {
    boolean ranged = pages <= 33;
    long full = splits + (ranged ? 0 : passes);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("resource_walk", 1L);
    counts.put("resource_node_visit", 1L);
    counts.put("ram_flag_op", cache ? 2 * pages : pages);
    counts.put("kernel_pte_write", passes * entries + 513 * splits);
    counts.put("direct_map_split", splits);
    counts.put("cpa_call", passes);
    counts.put("cpa_page", passes * entries);
    counts.put("unmap_aliases", passes);
    counts.put("clflush_line", cache ? passes * 64 * pages : 0);
    counts.put("tlb_round_ranged", ranged ? passes : 0);
    counts.put("tlb_round_full", full);
    counts.put("tlb_invalidate_page", ranged ? passes * pages * cpus : 0);
    counts.put("tlb_invalidate_global", full * cpus);
    counts.put("ipi", (passes + splits) * (cpus - 1));
    counts.put("page_alloc", splits);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}
