package org.mapcost.benchmarks.simulation;

import java.util.OptionalDouble;
import org.mapcost.benchmarks.ForkedBenchmark;
import org.mapcost.benchmarks.profile.Counts;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.simulation.Platform;
import org.mapcost.model.simulation.PriceEnd;
import org.mapcost.model.simulation.Simulation;
import org.mapcost.model.simulation.SimulationResult;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How fast does a workload simulate? An operation is one whole run at the best prices.
///
/// `faults` and `events` of the run are exported for each operation: the score divided by them is
/// what a simulated fault, and an event of the loop, cost this host.
@State(Scope.Thread)
public class SimulationBenchmark extends ForkedBenchmark {
  @Param({"dax-fault-collapse", "game-streaming-vms", "desktop-compositor"})
  public String workload;

  private Platform platform;
  private Workload asked;
  private long faults;
  private long events;

  @Setup(Level.Trial)
  public void setUp() {
    asked = Workloads.named(workload);
    platform =
        new Platform(
            Machines.named(asked.machine().orElseThrow()),
            Kernels.named(asked.kernel().orElseThrow()),
            BundledTree.ofKey(asked.iomem().orElseThrow().substring("bundled:".length())).tree(),
            Strategies.named(asked.strategy().orElseThrow()),
            Conditions.USUAL,
            OptionalDouble.empty());
    Counts.open("faults", "#/op", () -> faults);
    Counts.open("events", "#/op", () -> events);
  }

  @Benchmark
  public SimulationResult run() {
    SimulationResult result = Simulation.run(platform, asked, PriceEnd.BEST);
    faults += result.counts().total(Event.FAULT);
    events += result.events();
    return result;
  }

  /// Faults of all runs so far, of their observed time.
  long faults() {
    return faults;
  }

  /// Events of all runs so far.
  long events() {
    return events;
  }
}
