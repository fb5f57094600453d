package org.mapcost.benchmarks.mechanism;

import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.cache.CacheFlush;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.LineMix;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Price;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.price.MachinePrices;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does it cost to write back and empty every cache, and what does it cost to ask?
///
/// An operation is one `wbinvd_on_all_cpus` on a socket whose CPUs share one last-level cache. What
/// the caller waits for and what the others lose is the modelled time; the host time of [#quote] is
/// that of the price function itself, of [#count] that of counting alone.
@State(Scope.Thread)
public class WbinvdBenchmark extends ForkedBenchmark {
  /// The last-level cache in MiB.
  @Param("32")
  public int llcMiB;

  /// The share of it that is dirty, 0 to 1.
  @Param({"0", "1"})
  public double dirty;

  /// CPUs that share it, the caller included.
  @Param("8")
  public int cpus;

  @Param("skylake-sp-2s")
  public String machine;

  @Param("6.1")
  public String kernel;

  final ModelledCost cost = new ModelledCost();
  private MachinePrices prices;
  private Conditions conditions;

  @Setup(Level.Trial)
  public void setUp() {
    Machine priced =
        Machines.named(machine)
            .with("sockets", "1")
            .with("llcs", "1")
            .with("llc", llcMiB + "MiB")
            .with("cpus", Integer.toString(cpus));
    prices = MachinePrices.of(priced, kernel);
    Conditions usual = Conditions.USUAL;
    conditions =
        new Conditions(
            usual.treeBytes(), usual.firstWalk(), LineMix.ALL_DIRTY, usual.memtypes(), dirty);
    cost.price(1, this::count, prices, conditions);
  }

  /// The counts of one call.
  @Benchmark
  public void count() {
    CacheFlush.wbinvdOnAllCpus(cpus, cost.meter());
    cost.done();
  }

  /// The counts and their price.
  @Benchmark
  public Price quote() {
    count();
    return prices.writeBack(Event.WBINVD, cpus, cpus - 1L, conditions);
  }
}
