package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.TestResources;
import org.mapcost.model.cache.CacheFlush;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.TlbFlush;

/// Guards that every recorded change of caching attributes, ioremap, iounmap, clflush and wbinvd of
/// real kernels has the counts of the model.
///
/// Where each column of `C-cpa.csv` comes from (own: calls by the task; other: calls on the other
/// CPUs), and the event it is:
///
/// | column | key of the recording | event |
/// |---|---|---|
/// | cpa_call | own `__change_page_attr_set_clr` | `cpa_call` |
/// | unmap_aliases | own `vm_unmap_aliases` | `unmap_aliases` |
/// | resource_walk | own `find_next_iomem_res` | `resource_walk`, and one search of ioremap's own |
/// | ram_test | own `pat_pagerange_is_ram` | `resource_walk` (one for each question here) |
/// | clflush_line | counters `clfl_cpa` + `clfl_range` | `clflush_line` |
/// | splits | counters `direct_map_level2_splits`, in 5.10 `DirectMap2M` / -2048 | `direct_map_split` |
/// | page_rounds | own `__cpa_flush_tlb` | `tlb_round_ranged` |
/// | page_invalidates | own and other `flush_tlb_one_kernel` | `tlb_invalidate_page` |
/// | global_rounds | own `flush_tlb_all` | `tlb_round_full` |
/// | global_invalidates | own and other `do_flush_tlb_all` | `tlb_invalidate_global` |
/// | ipi | other `__cpa_flush_tlb` + `do_flush_tlb_all` + `__wbinvd` | `ipi` |
/// | wbinvd | own and other `__wbinvd` | `wbinvd` |
/// | reserve, free | own `memtype_reserve`, `memtype_free` | none; calls of [Memtypes] |
///
/// Not observable there: `cpa_page`, `kernel_pte_write`, `ram_flag_op` and `memtype_insert` are
/// inlined.
///
/// The recording does not say where single pages lie. Those that 2 MiB pages mapped at first are
/// put into as many 2 MiB blocks as their first call split; so for these first calls (36 of 574)
/// the number of splits is taken over, and only what follows from it is compared. All other splits
/// are predicted.
class RecordedAttributeTest {
  private static final long BLOCK = 512;
  private static final long PAGE = 4096;

  /// What the guests' `/proc/iomem` says, as far as these calls meet it.
  private static final ResourceTree IOMEM =
      ProcIomem.parse(
              "guest",
              """
              00001000-0009fbff : System RAM
              0009fc00-0009ffff : Reserved
              00100000-7ffdffff : System RAM
              7ffe0000-7fffffff : Reserved
              80000000-febfffff : PCI Bus 0000:00
                fd000000-fdffffff : 0000:00:02.0
              """)
          .tree();

  /// The counts that a recording shows.
  record Observed(
      long ret,
      long cpaCall,
      long unmapAliases,
      long resourceWalk,
      long clflushLine,
      long splits,
      long pageRounds,
      long pageInvalidates,
      long globalRounds,
      long globalInvalidates,
      long ipi,
      long wbinvd) {
    static Observed of(int ret, Ledger ledger) {
      return new Observed(
          ret,
          ledger.total(Event.CPA_CALL),
          ledger.total(Event.UNMAP_ALIASES),
          ledger.total(Event.RESOURCE_WALK),
          ledger.total(Event.CLFLUSH_LINE),
          ledger.total(Event.DIRECT_MAP_SPLIT),
          ledger.total(Event.TLB_ROUND_RANGED),
          ledger.total(Event.TLB_INVALIDATE_PAGE),
          ledger.total(Event.TLB_ROUND_FULL),
          ledger.total(Event.TLB_INVALIDATE_GLOBAL),
          ledger.total(Event.IPI),
          ledger.total(Event.WBINVD));
    }
  }

  /// One line of the table.
  record Row(List<String> names, List<String> values) {
    String text(String name) {
      return values.get(names.indexOf(name));
    }

    long number(String name) {
      return Long.parseLong(text(name));
    }

    Observed observed() {
      return new Observed(
          number("ret"),
          number("cpa_call"),
          number("unmap_aliases"),
          number("ram_test"),
          number("clflush_line"),
          number("splits"),
          number("page_rounds"),
          number("page_invalidates"),
          number("global_rounds"),
          number("global_invalidates"),
          number("ipi"),
          number("wbinvd"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "C-cpa-smp2-6.1, 6.1, 2, 250",
    "C-cpa-smp2-5.10, 5.11, 2, 250",
    "C-cpa-smp1-6.1, 6.1, 1, 74"
  })
  void everyRecordedCall(String recording, String kernel, int cpus, int calls) {
    Guest guest = new Guest(Kernels.named(kernel), cpus);
    List<Row> rows =
        rows().stream().filter(row -> row.text("recording").equals(recording)).toList();
    int compared = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.text("op").equals("alloc")) {
        guest.allocate(row, rows.get(i + 1));
        continue;
      }
      assertThat(guest.call(row)).as(row.text("op")).isEqualTo(row.observed());
      boolean ioremap = row.text("call").equals("ioremap");
      assertThat(row.number("resource_walk"))
          .as("searches of %s", row.text("op"))
          .isEqualTo(row.number("ram_test") + (ioremap ? 1 : 0));
      compared++;
    }
    assertThat(compared).isEqualTo(calls);
  }

  private static List<Row> rows() {
    List<String> lines =
        TestResources.text(RecordedAttributeTest.class, "C-cpa.csv")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> names = List.of(lines.getFirst().split(",", -1));
    return lines.stream()
        .skip(1)
        .map(line -> new Row(names, List.of(line.split(",", -1))))
        .toList();
  }

  /// The machine that the calls are replayed on.
  private static final class Guest {
    private final PageAttributes attributes;
    private final Memtypes memtypes;
    private final int cpus;
    private final Map<Long, long[]> slots = new HashMap<>();
    private final Map<Long, long[]> mappings = new HashMap<>();
    private long nextBlock = 8;

    Guest(Kernel kernel, int cpus) {
      this.cpus = cpus;
      this.memtypes =
          new Memtypes(IOMEM, kernel.resourceWalk(), new MemtypeTree(), kernel.memtypeErase());
      this.attributes =
          new PageAttributes(
              new DirectMap(0x7ffe0, DirectMap.Level.PAGE_2M),
              memtypes,
              new TlbFlush(
                  Cpus.running(cpus), kernel.tlbOrder(), kernel.lazyTlb(), kernel.invlpgb()),
              kernel.cpaFlush());
    }

    /// Puts pages where the recording says: whether large or small pages mapped them then.
    void allocate(Row alloc, Row firstCall) {
      int pages = (int) alloc.number("pages");
      int small = (int) alloc.number("ret");
      assertThat(alloc.number("cpa_call")).isEqualTo(pages - small);
      long[] pfns =
          switch (alloc.text("to")) {
            case "contiguous" -> freshBlocks((pages + BLOCK - 1) / BLOCK).limit(pages).toArray();
            case "one-per-2M" -> freshBlocks(pages).filter(pfn -> pfn % BLOCK == 7).toArray();
            default ->
                LongStream.concat(
                        smallPages(small),
                        spread(pages - small, Math.max(1, firstCall.number("splits"))))
                    .toArray();
          };
      slots.put(alloc.number("slot"), pfns);
    }

    private LongStream freshBlocks(long blocks) {
      long first = nextBlock * BLOCK;
      nextBlock += blocks;
      return LongStream.range(first, first + blocks * BLOCK);
    }

    private LongStream smallPages(int pages) {
      long[] pfns = freshBlocks((pages + BLOCK - 1) / BLOCK).toArray();
      for (int i = 0; i < pfns.length; i += (int) BLOCK) {
        attributes.setMemory(Attribute.UC, pfns[i], 1, Meter.NONE);
        attributes.setMemory(Attribute.WB, pfns[i], 1, Meter.NONE);
      }
      return LongStream.of(pfns).limit(pages);
    }

    private LongStream spread(int pages, long blocks) {
      long[] pfns = freshBlocks(blocks).toArray();
      return LongStream.range(0, pages).map(i -> pfns[(int) (i % blocks * BLOCK + i / blocks)]);
    }

    Observed call(Row row) {
      Ledger ledger = new Ledger();
      int ret =
          switch (row.text("call")) {
            case "array" ->
                attributes.setPagesArray(
                    attribute(row), pfns(row), (int) row.number("at"), pages(row), ledger);
            case "memory" -> attributes.setMemory(attribute(row), pfns(row)[0], pages(row), ledger);
            case "ioremap" -> ioremap(row, ledger);
            case "iounmap" -> iounmap(row, ledger);
            case "clflush" -> {
              CacheFlush.clflushPages(pages(row), LineState.AS_FOUND, ledger);
              yield 0;
            }
            case "wbinvd" -> {
              CacheFlush.wbinvdOnAllCpus(cpus, ledger);
              yield 0;
            }
            default -> throw new IllegalArgumentException(row.text("call"));
          };
      return Observed.of(ret, ledger);
    }

    private int ioremap(Row row, Ledger ledger) {
      long start = Long.parseLong(row.text("at"), 16);
      long end = start + pages(row) * PAGE;
      mappings.put(row.number("slot"), new long[] {start, end});
      CacheMode mode =
          row.text("to").equals("uc") ? CacheMode.UC_MINUS : CacheMode.parse(row.text("to"));
      return memtypes.reserveIo(start, end, mode, ledger).errno();
    }

    private int iounmap(Row row, Ledger ledger) {
      long[] range = Objects.requireNonNull(mappings.remove(row.number("slot")));
      return memtypes.free(range[0], range[1], ledger);
    }

    private long[] pfns(Row row) {
      return Objects.requireNonNull(slots.get(row.number("slot")));
    }

    private static int pages(Row row) {
      return (int) row.number("pages");
    }

    private static Attribute attribute(Row row) {
      return Attribute.ofKey(row.text("to"));
    }
  }
}
