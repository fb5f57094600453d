package org.mapcost.model.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pool.AttributeCalls;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.CachingChange;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.Pages;

/// Puts the same requests to a page pool of any kind and limit, on the memory of one machine.
///
/// [PoolKind#TTM_POOL_7] has a pool for each NUMA node (a socket here): a buffer's pages come from
/// the pool of the node that its client runs on and go back there. All others have one pool. The
/// limit is given as the driver loads.
public final class PoolReplay {
  private final Scenario scenario;
  private final PoolKind kind;
  private final AttributeCalls calls;
  private final List<PagePool> pools = new ArrayList<>();
  private final Map<Integer, Held> buffers = new HashMap<>();

  private record Held(Buffer buffer, PagePool from) {}

  /// @param limit the most pages it keeps, on each node where it has several pools; 0: its default
  public PoolReplay(Platform platform, PoolKind kind, long limit) {
    this.kind = kind;
    int cpus = platform.machine().cpus();
    this.scenario =
        new Scenario(
            platform.kernel(),
            platform.tree(),
            List.of(),
            Memory.RAM,
            Scenario.lastSystemRam(platform.tree()),
            1,
            CacheMode.WC,
            TouchOrder.SEQUENTIAL,
            new Cpus(cpus, 0, platform.machine().has(Parameter.INVLPGB)),
            kind);
    long first = scenario.at().pfn();
    long end = scenario.endOfRam().pfn();
    PageAllocator memory = new PageAllocator(first, end);
    this.calls = new AttributeCalls(CachingChange.of(attributes(end)));
    int nodes =
        kind == PoolKind.TTM_POOL_7 ? (cpus - 1) / platform.machine().cpusPerSocket() + 1 : 1;
    for (int node = 0; node < nodes; node++) {
      PagePool pool =
          kind.create(
              platform.kernel().poolRules(kind), memory, calls, scenario.ramPages() / nodes);
      pool.limit(limit);
      pools.add(pool);
    }
  }

  private PageAttributes attributes(long end) {
    return new PageAttributes(
        new DirectMap(end, DirectMap.Level.PAGE_2M),
        scenario.kernel().memtypes(scenario.tree(), new MemtypeTree()),
        scenario.kernel().tlbFlush(scenario.cpus()),
        scenario.kernel().cpaFlush());
  }

  /// Puts the requests to the pool.
  ///
  /// @param requests in the order of time
  /// @param observedFrom nanoseconds; earlier requests are carried out but not counted
  /// @throws InputException where the machine's last piece of RAM does not hold the buffers
  public PoolOutcome run(List<PoolRequest> requests, double observedFrom) {
    Counts counts = new Counts(observedFrom);
    for (PoolRequest request : requests) {
      boolean observed = request.at() >= observedFrom;
      Meter meter = observed ? counts.ledger : Meter.NONE;
      calls.clear();
      counts.hold(request.at(), held());
      switch (request) {
        case PoolRequest.Alloc alloc -> {
          counts.ledger.enter(Phase.ALLOCATE);
          alloc(alloc, meter);
          if (observed && alloc.caching() != Attribute.WB) {
            counts.allocated(alloc.pages(), sum(calls.arrays()));
          }
        }
        case PoolRequest.Free free -> {
          counts.ledger.enter(Phase.FREE);
          Held held = Objects.requireNonNull(buffers.remove(free.buffer()));
          held.from.free(held.buffer, meter);
        }
        case PoolRequest.Reclaim reclaim -> {
          counts.ledger.enter(Phase.FREE);
          reclaim(reclaim.pages(), meter);
        }
      }
      if (observed) {
        counts.conversions += calls.arrays().size();
        counts.changedBack +=
            sum(calls.arraysBack()) + calls.chunksBack().stream().mapToLong(Long::longValue).sum();
      }
      counts.most = Math.max(counts.most, held());
    }
    long limit = kind == PoolKind.NONE ? 0 : pools.getFirst().limit();
    return counts.outcome(kind, limit, pools.size(), held());
  }

  private void alloc(PoolRequest.Alloc alloc, Meter meter) {
    PagePool pool = pools.get(alloc.node() % pools.size());
    Buffer buffer = new Buffer();
    if (pool.alloc(buffer, alloc.caching(), alloc.pages(), meter) != 0) {
      throw new InputException(
          "the last System RAM of %s does not hold a buffer of %s beside those in use; give another --iomem."
              .formatted(scenario.tree().name(), new Pages(alloc.pages()).bytes()));
    }
    buffers.put(alloc.buffer(), new Held(buffer, pool));
  }

  /// Each pool is asked for its share.
  private void reclaim(long pages, Meter meter) {
    long left = pages;
    for (int i = 0; i < pools.size() && left > 0; i++) {
      left -= pools.get(i).reclaim(left / (pools.size() - i), meter);
    }
  }

  /// The pages that all pools keep.
  public long held() {
    return pools.stream().mapToLong(PagePool::allocatedPages).sum();
  }

  /// The pages that buffers have.
  public long inUse() {
    return buffers.values().stream().mapToLong(held -> held.buffer.pages()).sum();
  }

  private static long sum(List<Integer> pages) {
    return pages.stream().mapToLong(Integer::longValue).sum();
  }

  /// What is counted of the requests observed.
  private static final class Counts {
    final Ledger ledger = new Ledger();
    private double since;
    private final double from;
    private double area;
    private long allocations;
    private long whole;
    private long pages;
    private long found;
    private long changed;
    private long conversions;
    private long changedBack;
    private long most;

    Counts(double from) {
      this.from = from;
      this.since = from;
    }

    void allocated(long wanted, long fresh) {
      allocations++;
      pages += wanted;
      changed += fresh;
      found += Math.max(0, wanted - fresh);
      whole += fresh == 0 ? 1 : 0;
    }

    /// The pool kept so many pages up to now.
    void hold(double now, long kept) {
      if (now > since) {
        area += kept * (now - since);
        since = now;
      }
    }

    PoolOutcome outcome(PoolKind kind, long limit, int nodes, long atEnd) {
      return new PoolOutcome(
          kind,
          limit,
          nodes,
          allocations,
          whole,
          pages,
          found,
          changed,
          conversions,
          changedBack,
          ledger.total(Event.POOL_SHRINK),
          since > from ? area / (since - from) : 0,
          most,
          atEnd,
          ledger);
    }
  }
}
