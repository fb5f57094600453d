package org.mapcost.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;

/// Guards that a simulated fault allocates nothing in steady state: a run that is longer by some
/// faults of the same buffers allocates no more.
class SimulationAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// Buffers so large that none ends within the run.
  private static final String FAULTS =
      """
      workload: faults
      include: dax-fault-collapse
      iomem: bundled:laptop-cometlake-igpu
      warmup: 8ms
      clients:
        fio:
          count: 16
          arrival: {closed: {think: 0ns}}
          size: 64MiB
          memory: vram
          mode: wb
          compute: {exponential: {mean: 2.5us}}
      """;

  private record Taken(long bytes, long faults) {}

  private static Taken run(double duration) {
    Workload workload = Workloads.parse("faults.yaml", FAULTS).withDuration(duration);
    Platform platform = SimulationTest.platform(workload);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    SimulationResult result = Simulation.run(platform, workload, PriceEnd.BEST);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    return new Taken(
        bytes, java.util.Objects.requireNonNull(result.steady().get(OperationKind.FAULT)).count());
  }

  @Test
  void furtherFaultsAllocateNothing() {
    run(8e6);
    Taken shorter = run(2e6);
    Taken longer = run(10e6);
    long faults = longer.faults - shorter.faults;
    assertThat(faults).isGreaterThan(15_000);
    // Page tables of pages not touched before take two bytes and a half a page; one object a fault
    // would be 16 bytes.
    assertThat((double) (longer.bytes - shorter.bytes) / faults).isLessThan(8);
  }
}
