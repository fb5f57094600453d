package org.mapcost.benchmarks.mechanism;

import java.util.List;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.model.Nearest;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.cost.Price;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.FlushRounds;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What does a flush of the kernel's own translations on every CPU cost?
///
/// An operation of [#plan] plans one flush of a range of kernel addresses and charges it. An
/// operation of [#quote] works its price out. Neither host time depends on the number of CPUs; the
/// modelled time does.
@State(Scope.Thread)
public class GlobalFlushBenchmark extends ForkedBenchmark {
  /// Around the most pages that are flushed one by one, [TlbFlush#SINGLE_PAGE_FLUSH_CEILING].
  @Param({"33", "34"})
  public long pages;

  /// CPUs that are reached, the caller included; the machine is given as many.
  @Param("128")
  public int cpus;

  /// `sequential` or `concurrent`.
  @Param("concurrent")
  public String order;

  /// `ipi`, or `invlpgb`: broadcast where the machine has the instruction, else by interrupts.
  @Param({"ipi", "invlpgb"})
  public String form;

  @Param("epyc-milan")
  public String machine;

  @Param("7.2")
  public String kernel;

  final ModelledCost cost = new ModelledCost();
  private TlbFlush tlb;
  private MachinePrices prices;
  private FlushRound round;

  @Setup(Level.Trial)
  public void setUp() {
    if (!List.of("ipi", "invlpgb").contains(form)) {
      throw Nearest.unknown("form of flush", form, List.of("ipi", "invlpgb"));
    }
    Machine priced = Machines.named(machine).with("cpus", Integer.toString(cpus));
    prices = MachinePrices.of(priced, kernel);
    tlb =
        new TlbFlush(
            new Cpus(cpus, 0, priced.has(Parameter.INVLPGB)),
            Order.ofKey(order),
            LazyTlb.SKIPPED,
            form.equals("invlpgb") ? Invlpgb.BROADCAST : Invlpgb.NONE);
    round = tlb.kernelRange(pages);
    cost.price(1, this::plan, prices, Conditions.USUAL);
  }

  /// Which CPUs are interrupted, and what each drops.
  @Benchmark
  public FlushRound plan() {
    FlushRound planned = tlb.kernelRange(pages);
    cost.meter().round(planned);
    cost.done();
    return planned;
  }

  /// The price function, without the memory of earlier answers that a price list keeps.
  @Benchmark
  public Price quote() {
    cost.meter().round(round);
    cost.done();
    return FlushRounds.of(prices.platform(), round).price();
  }
}
