package org.mapcost.benchmarks.mechanism;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.whatif.CompiledCost;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Key;
import org.mapcost.model.whatif.Points;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long does one scenario of a sweep take: one strategy's estimate at a new size of the buffer
/// and a new number of tree nodes, its ledger counted anew, with both bills of the buffer's life as
/// low, best and high?
///
/// `compiled` is the closed form that large sweeps use, a block of points at a time; `plainLoop`
/// the caller's sums and ends over bare arrays with counts that are given, one point after the
/// other; `point` the general way, by ledgers and price objects, with the bills of a later buffer
/// and of the driver's load besides.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EstimateBenchmark extends ForkedBenchmark {
  private static final int BLOCKS = 1 << 5;
  private static final int MASK = BLOCKS - 1;
  private static final long LEAST_PAGES = 513;
  private static final long MOST_PAGES = 16_000;
  private static final int MOST_RANGES = 2000;
  private static final long SEED = 2021_02;

  @Param({"ttm-fault", "io-mapping"})
  public String strategy;

  private final Points[] blocks = new Points[BLOCKS];
  private final double[] callers = new double[3 * Points.MOST];
  private final double[] others = new double[3 * Points.MOST];
  private CompiledCost compiled;
  private double[][] rows;
  private double[][] counts;
  private double[] sum;
  private Sweep sweep;
  private int next;

  @org.openjdk.jmh.annotations.Setup(Level.Trial)
  public void setUp() {
    Setup base =
        Setup.of(
            Machines.named("skylake-sp-2s"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            4096);
    Strategy asked = Strategies.named(strategy);
    Costs costs = new Costs(Set.of());
    compiled =
        CompiledCost.of(asked, base, costs)
            .orElseThrow(() -> new InputException(strategy + " has no compiled form here."));
    SplittableRandom random = new SplittableRandom(SEED);
    for (int block = 0; block < BLOCKS; block++) {
      blocks[block] = new Points();
      while (blocks[block].count() < Points.MOST) {
        long pages = random.nextLong(LEAST_PAGES, MOST_PAGES);
        if (compiled.covers(pages)) {
          blocks[block].add(pages, random.nextInt(MOST_RANGES), 0);
        }
      }
    }
    rows = compiled.rows(LEAST_PAGES).toArray(double[][]::new);
    sum = new double[rows[0].length];
    counts = new double[Points.MOST][rows.length];
    for (double[] of : counts) {
      for (int i = 0; i < of.length; i++) {
        of[i] = random.nextDouble() * MOST_PAGES;
      }
    }
    sweep =
        new Sweep(
            base,
            List.of(Range.parse(Key.named("buffer"), "4MiB..60MiB:64KiB")),
            List.of(asked),
            costs);
  }

  /// The closed form.
  @Benchmark
  @OperationsPerInvocation(Points.MOST)
  public double[] compiled() {
    compiled.first(blocks[next++ & MASK], callers, others);
    return callers;
  }

  /// Rows times counts, and the ends put together with the library's logarithm.
  @Benchmark
  @OperationsPerInvocation(Points.MOST)
  public double[] plainLoop() {
    int inputs = sum.length / 2;
    for (int point = 0; point < Points.MOST; point++) {
      double[] count = counts[point];
      Arrays.fill(sum, 0);
      for (int row = 0; row < rows.length; row++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += count[row] * rows[row][i];
        }
      }
      double best = sum[0];
      double fall = 0;
      double rise = 0;
      for (int i = 1; i <= inputs; i++) {
        double down = Math.log1p(sum[i] / best);
        double up = Math.log1p(sum[inputs + i] / best);
        fall += down * down;
        rise += up * up;
      }
      callers[3 * point] = best * Math.exp(-Math.sqrt(fall));
      callers[3 * point + 1] = best;
      callers[3 * point + 2] = best * Math.exp(Math.sqrt(rise));
    }
    return callers;
  }

  /// A point of a sweep as tables and the explorer take it.
  @Benchmark
  public Sweep.Point point() {
    return sweep.point(next++ % sweep.size());
  }
}
