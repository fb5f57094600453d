package org.mapcost.model.script;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;
import org.mapcost.model.pool.AttributeCalls;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.CachingChange;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.tlb.Cpus;

/// Carries out the operations of a pool script on the page pool of one kernel.
///
/// | operation | what it does |
/// |---|---|
/// | `alloc NAME wc PAGES` | gives a buffer its pages; also `uc` and `cached` |
/// | `free NAME` | takes them back |
/// | `limit PAGES` | `page_pool_size`: before the first `alloc` as ttm is loaded, later a write to sysfs |
/// | `shrink` | one read of debugfs `page_pool_shrink` |
/// | `drop` | `drop_caches` until the pool is empty |
///
/// The machine has its RAM in one piece. The pool of kernels up to 5.10 knows neither `limit` nor
/// `shrink`; both do nothing there.
public final class PoolScript {
  private static final String ALLOC = "alloc NAME wc|uc|cached PAGES";
  private static final String FREE = "free NAME";
  private static final String LIMIT = "limit PAGES";

  /// One operation carried out.
  ///
  /// @param line the operation
  /// @param result 0, or ENOMEM where a buffer got no memory
  /// @param ledger what it counted
  /// @param attributeCalls the pages of each `set_pages_array_wc` and `_uc`, in order
  /// @param writeCombined how many chunks of each order, 0 to 10, the pool keeps after it
  /// @param uncached the same of uncached chunks
  /// @param kept the pages in all of them
  /// @param limit the most pages the pool keeps
  @SuppressWarnings("ArrayRecordComponent") // as many as there are orders, made for each step
  public record Step(
      ScriptLine line,
      int result,
      Ledger ledger,
      List<Integer> attributeCalls,
      int[] writeCombined,
      int[] uncached,
      long kept,
      long limit) {}

  private final PagePool pool;
  private final AttributeCalls calls;
  private final Map<String, Buffer> buffers = new HashMap<>();

  /// @param ramPages the RAM of the machine
  /// @param failingOrders orders of which the page allocator has nothing, as in fragmented memory
  public PoolScript(Kernel kernel, Cpus cpus, long ramPages, int... failingOrders) {
    PageAllocator memory = PageAllocator.ofRam(ramPages, failingOrders);
    String ram = "00100000-%08x : System RAM%n".formatted(ramPages * 4096 - 1);
    Memtypes memtypes = kernel.memtypes(ProcIomem.parse("--ram", ram).tree(), new MemtypeTree());
    this.calls =
        new AttributeCalls(
            CachingChange.of(
                new PageAttributes(
                    new DirectMap(ramPages, DirectMap.Level.PAGE_2M),
                    memtypes,
                    kernel.tlbFlush(cpus),
                    kernel.cpaFlush())));
    this.pool =
        kernel.ttmPool().create(kernel.poolRules(kernel.ttmPool()), memory, calls, ramPages);
  }

  /// Carries out one operation. Throws `InputException` with file and line when it cannot be done.
  public Step perform(ScriptLine line) {
    Ledger ledger = new Ledger();
    calls.clear();
    int result =
        switch (line.verb().toLowerCase(Locale.ROOT)) {
          case "alloc" -> alloc(line, ledger);
          case "free" -> free(line, ledger);
          case "limit" -> limit(line);
          case "shrink" -> shrink(line, ledger);
          case "drop" -> drop(line, ledger);
          default -> throw line.unknownVerb(List.of("alloc", "free", "limit", "shrink", "drop"));
        };
    return new Step(
        line,
        result,
        ledger,
        calls.arrays(),
        pool.chunks(Attribute.WC),
        pool.chunks(Attribute.UC),
        pool.allocatedPages(),
        pool.limit());
  }

  private int alloc(ScriptLine line, Ledger ledger) {
    String name = line.argument(1, ALLOC);
    Attribute caching =
        switch (line.argument(2, ALLOC)) {
          case "wc" -> Attribute.WC;
          case "uc" -> Attribute.UC;
          case "cached", "wb" -> Attribute.WB;
          default ->
              throw line.unknown("caching", line.words().get(2), List.of("wc", "uc", "cached"));
        };
    int pages = line.pages(3, ALLOC, 1);
    if (buffers.containsKey(name)) {
      throw line.refused("'" + name + "' has memory already; free it first, or take another name.");
    }
    ledger.enter(Phase.ALLOCATE);
    Buffer buffer = new Buffer();
    int result = pool.alloc(buffer, caching, pages, ledger);
    if (result == 0) {
      buffers.put(name, buffer);
    }
    return result;
  }

  private int free(ScriptLine line, Ledger ledger) {
    String name = line.argument(1, FREE);
    Buffer buffer = buffers.remove(name);
    if (buffer == null) {
      throw line.refused("no buffer is called '" + name + "'; alloc it first.");
    }
    ledger.enter(Phase.FREE);
    pool.free(buffer, ledger);
    return 0;
  }

  private int limit(ScriptLine line) {
    pool.limit(line.pages(1, LIMIT, 0));
    return 0;
  }

  private int shrink(ScriptLine line, Ledger ledger) {
    line.argument(0, "shrink");
    ledger.enter(Phase.FREE);
    pool.shrink(ledger);
    return 0;
  }

  private int drop(ScriptLine line, Ledger ledger) {
    line.argument(0, "drop");
    ledger.enter(Phase.FREE);
    pool.drop(ledger);
    return 0;
  }
}
