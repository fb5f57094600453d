package org.mapcost.benchmarks.mechanism;

import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pageattr.DirectMap;
import org.mapcost.model.pageattr.PageAttributes;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pool.CachingChange;
import org.mapcost.model.pool.PageAllocator;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.tlb.Cpus;

/// A page pool with nothing in it yet, over the last System RAM node of a machine.
final class EmptyPool {
  /// The machine's memory that the pool can take, in pages: 1 GiB.
  private static final long RAM_PAGES = 1 << 18;

  private EmptyPool() {}

  /// @param kind whose pool
  /// @param kernel how caching is changed and flushed
  /// @param tree what every change walks
  /// @param cpus CPUs that a flush reaches, the caller included
  static PagePool of(PoolKind kind, Kernel kernel, ResourceTree tree, int cpus) {
    long first = Scenario.lastSystemRam(tree).pfn();
    PageAttributes attributes =
        new PageAttributes(
            new DirectMap(first + RAM_PAGES, DirectMap.Level.PAGE_2M),
            kernel.memtypes(tree, new MemtypeTree()),
            kernel.tlbFlush(Cpus.running(cpus)),
            kernel.cpaFlush());
    return kind.create(
        kernel.poolRules(kind),
        new PageAllocator(first, first + RAM_PAGES),
        CachingChange.of(attributes),
        RAM_PAGES);
  }
}
