package org.mapcost.model.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.TestResources;
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
import org.mapcost.model.pool.AttributeCalls;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.CachingChange;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards that the pools do what those of real kernels did: all 190 recorded steps of three
/// kernels, limits, shrinker and drop_caches included, without an exception.
///
/// Not compared: splits of the direct map and how many chunks happened to lie side by side. Both
/// follow from where that boot had free memory.
class RecordedPoolTest {
  private static final long PAGES = 0x80000;

  private final Ledger ledger = new Ledger();
  private final AttributeCalls calls = new AttributeCalls(CachingChange.of(machine()));
  private final Map<String, Buffer> buffers = new HashMap<>();

  private static PageAttributes machine() {
    return new PageAttributes(
        new DirectMap(PAGES, DirectMap.Level.PAGE_2M),
        new Memtypes(
            ProcIomem.parse("guest", "00100000-7fffffff : System RAM\n").tree(),
            ResourceWalk.W3,
            new MemtypeTree(),
            MemtypeErase.EXACT),
        new TlbFlush(Cpus.running(2), Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
        CpaFlush.SINCE_4_20);
  }

  /// The pages of RAM are those that the recorded kernel made its limit from.
  @ParameterizedTest(name = "{0}")
  @CsvSource({"5.10, ttm-legacy, 503540", "6.1, ttm-pool, 503540", "7.2, ttm-pool-7, 504184"})
  void everyRecordedStep(String kernel, String kind, long ramPages) {
    PagePool pool = PoolKind.ofKey(kind).create(PageAllocator.ofRam(PAGES), calls, ramPages);
    List<String> recorded =
        TestResources.text(RecordedPoolTest.class, "E-ttm-pool-" + kernel + ".txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> modelled = new ArrayList<>();
    for (String line : recorded) {
      String[] step = line.split(" \\| ", -1);
      ledger.clear();
      calls.clear();
      perform(pool, step[1].split(" ", -1));
      modelled.add(
          String.join(
              " | ",
              step[0],
              step[1],
              attributeCalls(step[1]),
              count(Event.CPA_CALL)
                  + " "
                  + count(Event.TLB_ROUND_RANGED)
                  + " "
                  + (count(Event.TLB_ROUND_FULL) - count(Event.DIRECT_MAP_SPLIT)),
              "" + count(Event.CLFLUSH_LINE),
              "" + count(Event.POOL_SHRINK),
              shown(step[6], taken()),
              shown(step[7], row(pool, Attribute.WC)),
              shown(step[8], row(pool, Attribute.UC)),
              shown(step[9], "" + pool.allocatedPages()),
              shown(step[10], "" + pool.limit())));
    }
    assertThat(recorded).hasSize(190);
    assertThat(modelled).isEqualTo(recorded);
  }

  private void perform(PagePool pool, String[] words) {
    switch (words[0]) {
      case "alloc" -> {
        Attribute caching = words[2].equals("cached") ? Attribute.WB : Attribute.ofKey(words[2]);
        buffers.put(words[1], pool.alloc(caching, Long.parseLong(words[3]), ledger));
      }
      case "free" -> pool.free(Objects.requireNonNull(buffers.remove(words[1])), ledger);
      case "limit" -> pool.limit(Long.parseLong(words[1]));
      case "shrink" -> pool.shrink(ledger);
      case "drop" -> pool.drop(ledger);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private String attributeCalls(String operation) {
    int arrays = calls.arrays().size();
    boolean uncached = operation.contains(" uc ");
    return (uncached ? 0 : arrays)
        + " "
        + (uncached ? arrays : 0)
        + " "
        + calls.arraysBack().size()
        + " "
        + calls.chunksBack().size();
  }

  private long count(Event event) {
    return ledger.total(event);
  }

  /// 6.1 asks a type for a chunk when it allocates and when it shrinks.
  private String taken() {
    return "" + (count(Event.POOL_HIT) + count(Event.POOL_MISS) + count(Event.POOL_SHRINK));
  }

  private static String shown(String recorded, String modelled) {
    return recorded.equals("-") ? "-" : modelled;
  }

  private static String row(PagePool pool, Attribute caching) {
    return Arrays.stream(pool.chunks(caching))
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }
}
