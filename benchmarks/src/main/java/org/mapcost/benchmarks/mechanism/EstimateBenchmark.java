package org.mapcost.benchmarks.mechanism;

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
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long does one scenario of a sweep take: one strategy's estimate at a new size of the buffer
/// and a new number of tree nodes, its ledger counted anew?
///
/// `compiled` is the closed form that large sweeps use; `plainLoop` the same sums and ends over
/// bare arrays with counts that are given, the floor of any form; `point` the general way, by
/// ledgers and price objects.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EstimateBenchmark extends ForkedBenchmark {
  private static final int POINTS = 1 << 12;
  private static final int MASK = POINTS - 1;
  private static final long LEAST_PAGES = 513;
  private static final long MOST_PAGES = 16_000;
  private static final int MOST_RANGES = 2000;
  private static final long SEED = 2021_02;

  @Param({"ttm-fault", "io-mapping"})
  public String strategy;

  private final long[] pages = new long[POINTS];
  private final int[] ranges = new int[POINTS];
  private final double[] estimate = new double[3];
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
    for (int i = 0; i < POINTS; i++) {
      do {
        pages[i] = random.nextLong(LEAST_PAGES, MOST_PAGES);
      } while (!compiled.covers(pages[i]));
      ranges[i] = random.nextInt(MOST_RANGES);
    }
    // Rows of prices are made when they are first asked for: that is no part of an estimate.
    for (int i = 0; i < POINTS; i++) {
      compiled.estimate(pages[i], ranges[i], 0, estimate);
    }
    rows = compiled.rows(LEAST_PAGES);
    sum = new double[rows[0].length];
    counts = new double[POINTS][rows.length];
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
  public double[] compiled() {
    int at = next++ & MASK;
    compiled.estimate(pages[at], ranges[at], 0, estimate);
    return estimate;
  }

  /// Rows times counts, and the ends put together with the library's logarithm.
  @Benchmark
  public double[] plainLoop() {
    double[] count = counts[next++ & MASK];
    java.util.Arrays.fill(sum, 0);
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += count[row] * rows[row][i];
      }
    }
    double fall = 0;
    double rise = 0;
    for (int i = 3; i + 1 < sum.length; i += 2) {
      double down = Math.log1p(Math.min(Math.min(sum[i], sum[i + 1]), 0) / sum[0]);
      double up = Math.log1p(Math.max(Math.max(sum[i], sum[i + 1]), 0) / sum[0]);
      fall += down * down;
      rise += up * up;
    }
    estimate[0] = sum[0] * Math.exp(-Math.sqrt(fall));
    estimate[1] = sum[0];
    estimate[2] = sum[0] * Math.exp(Math.sqrt(rise));
    return estimate;
  }

  /// A point of a sweep as tables and the explorer take it.
  @Benchmark
  public Sweep.Point point() {
    return sweep.point(next++ % sweep.size());
  }
}
