package org.mapcost.benchmarks.mechanism;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.benchmarks.profile.Latencies;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pool.PoolKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How long do callers wait for a write-combined buffer when a pool has its pages most of the time?
///
/// A mean hides it: hits take nanoseconds, misses change the caching of every page. An operation
/// allocates one buffer of a random size, which the pool serves whole with probability `hitRatio`
/// and not at all otherwise. The secondary result `modelledNs` is the distribution of what a kernel
/// would have made the caller wait for the allocation, by the best prices.
@State(Scope.Thread)
public class PoolMixBenchmark extends ForkedBenchmark {
  private static final long SEED = 0x6d6170636f7374L;

  /// See [PoolKind].
  @Param("ttm-pool")
  public String pool;

  /// With which probability a buffer finds its pages in the pool, 0 to 1.
  @Param({"0.5", "0.99"})
  public double hitRatio;

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

  private final SplittableRandom random = new SplittableRandom(SEED);
  private PoolMix mix;
  private Histogram latencies;

  @Setup(Level.Trial)
  public void setUp() {
    if (!(hitRatio >= 0 && hitRatio <= 1)) {
      throw new InputException("hitRatio " + hitRatio + " is no share; give 0 to 1.");
    }
    Machine priced = Machines.named(machine).with("cpus", Integer.toString(cpus));
    mix =
        new PoolMix(
            PoolKind.ofKey(pool),
            Kernels.named(kernel),
            BundledTree.ofKey(tree).tree(),
            cpus,
            MachinePrices.of(priced, kernel));
    // Prices are made before anything is measured.
    for (int pages = 1; pages <= PoolMix.LARGEST; pages++) {
      mix.price(pages, true);
      mix.price(pages, false);
    }
    latencies = Latencies.open("modelledNs");
  }

  @Benchmark
  public int allocAndFree() {
    int pages = PoolMix.pages(random);
    boolean hit = random.nextDouble() < hitRatio;
    mix.run(pages, hit, Meter.NONE);
    latencies.recordValue(Math.round(mix.price(pages, hit).caller().best()));
    return pages;
  }

  /// What was recorded since the last iteration began.
  Histogram latencies() {
    return latencies;
  }
}
