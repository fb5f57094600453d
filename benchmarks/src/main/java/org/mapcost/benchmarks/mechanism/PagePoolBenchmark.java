package org.mapcost.benchmarks.mechanism;

import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pageattr.Attribute;
import org.mapcost.model.pool.Buffer;
import org.mapcost.model.pool.PagePool;
import org.mapcost.model.pool.PoolKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does a write-combined buffer cost from a page pool that has its pages every time,
/// sometimes, or never?
///
/// An operation allocates a buffer and frees it into the pool. One that is to miss finds the pool
/// emptied by the shrinker (`drop_caches`), whose work belongs to it: pages that are kept are pages
/// to be changed back one day. Hits and misses take turns, evenly spread.
///
/// The shrinker goes on where it stopped the last time, so its looks (`pool_shrink`) differ by a
/// few in a thousand between periods; the price is that of the period in set-up.
@State(Scope.Thread)
public class PagePoolBenchmark extends ForkedBenchmark {
  /// The operations that are priced: hit ratios in whole per cent are met exactly.
  static final int PERIOD = 100;

  /// See [PoolKind].
  @Param("ttm-pool")
  public String pool;

  /// The share of operations that find their pages in the pool, 0 to 1.
  @Param({"0", "1"})
  public double hitRatio;

  /// The size of the buffer; from 5.11 on a power of two is one chunk of that order.
  @Param({"16", "512"})
  public int pages;

  /// CPUs that a flush reaches, the caller included; the machine is given as many.
  @Param("16")
  public int cpus;

  @Param("skylake-sp-2s")
  public String machine;

  @Param("6.1")
  public String kernel;

  /// A bundled machine's tree.
  @Param("xeon-wolfpass-2s")
  public String tree;

  final ModelledCost cost = new ModelledCost();
  private final Buffer buffer = new Buffer();
  private PagePool kept;
  private int hits;
  private int turn;

  @Setup(Level.Trial)
  public void setUp() {
    if (!(hitRatio >= 0 && hitRatio <= 1)) {
      throw new InputException("hitRatio " + hitRatio + " is no share; give 0 to 1.");
    }
    hits = (int) Math.round(hitRatio * PERIOD);
    kept =
        EmptyPool.of(
            PoolKind.ofKey(pool), Kernels.named(kernel), BundledTree.ofKey(tree).tree(), cpus);
    Machine priced = Machines.named(machine).with("cpus", Integer.toString(cpus));
    // Splits last: after one period of this sequence the direct map changes no more.
    for (int i = 0; i < PERIOD; i++) {
      allocAndFree();
    }
    cost.price(PERIOD, this::allocAndFree, MachinePrices.of(priced, kernel), Conditions.USUAL);
  }

  /// Of each [#PERIOD] turns `hits` are hits, as evenly spread as whole turns allow.
  private boolean nextHits() {
    int now = turn;
    turn = (turn + 1) % PERIOD;
    return (now + 1) * hits / PERIOD > now * hits / PERIOD;
  }

  @Benchmark
  public int allocAndFree() {
    if (!nextHits()) {
      kept.drop(cost.meter());
    }
    int error = kept.alloc(buffer, Attribute.WC, pages, cost.meter());
    kept.free(buffer, cost.meter());
    cost.done();
    return error;
  }
}
