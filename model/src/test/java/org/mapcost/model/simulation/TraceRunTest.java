package org.mapcost.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.workload.trace.TraceAccount;
import org.mapcost.model.workload.trace.TraceReader;

/// Guards that a replay does what was recorded, where and when: each event one operation, the
/// sender's share of a flush only once, buffers with their mappings, and the same result each time.
class TraceRunTest {
  private static final Platform PLATFORM =
      new Platform(
          Machines.named("client-igpu"),
          Kernels.named("6.1"),
          BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
          Strategies.named("ttm-fault"),
          Conditions.USUAL,
          OptionalDouble.empty());

  @TempDir Path folder;

  private SimulationResult replay(String text) throws IOException {
    return replay(text, OptionalInt.empty());
  }

  private SimulationResult replay(String text, OptionalInt called) throws IOException {
    Path file = Files.writeString(folder.resolve("trace.txt"), text);
    TraceAccount account = TraceReader.account(file);
    return Simulation.replay(PLATFORM, file, account, called, List.of(PriceEnd.BEST), 1).getFirst();
  }

  private static String line(int cpu, double micros, String event) {
    return String.format(Locale.ROOT, "app-7 [%03d] %.6f: %s\n", cpu, 100 + micros / 1e6, event);
  }

  private static Latency of(SimulationResult result, OperationKind kind) {
    return Objects.requireNonNull(result.steady().get(kind), kind.key());
  }

  @Test
  void faultsDoWhatTheirErrorCodeSays() throws IOException {
    SimulationResult result =
        replay(
            line(0, 0, "page_fault_user: address=0x1000 ip=0x1 error_code=0x6")
                + line(0, 50, "page_fault_user: address=0x2000 ip=0x1 error_code=0x4")
                + line(1, 90, "page_fault_kernel: address=0x1000 ip=0x1 error_code=0x7"));
    assertThat(result.counts().total(Event.FAULT)).isEqualTo(3);
    assertThat(result.counts().total(Event.PTE_WRITE)).isEqualTo(3);
    assertThat(result.counts().total(Event.PAGE_CLEAR)).isEqualTo(1);
    assertThat(result.counts().total(Event.PAGE_COPY)).isEqualTo(1);
    assertThat(result.counts().total(Event.PAGE_ALLOC)).isEqualTo(2);
    assertThat(of(result, OperationKind.FAULT).count()).isEqualTo(3);
    assertThat(result.usage().length())
        .as("events happen when they were recorded")
        .isBetween(90e3, 100e3);
  }

  @Test
  void aSentFlushInterruptsOthersAndHasItsSendersShareOnce() throws IOException {
    String sent =
        line(0, 0, "tlb_flush: pages:4 reason:remote IPI send (4)")
            + line(0, 3, "tlb_flush: pages:4 reason:local MM shootdown (3)");
    SimulationResult result =
        replay(sent + line(2, 500, "tlb_flush: pages:0 reason:flush on task switch (0)"));
    assertThat(result.counts().total(Event.TLB_ROUND_RANGED)).isEqualTo(1);
    assertThat(result.counts().total(Event.IPI)).as("CPUs 1 and 2").isEqualTo(2);
    assertThat(result.usage().cpus().get(1).interrupts()).isEqualTo(1);
    assertThat(result.usage().cpus().get(1).lost()).as("it ran something else").isPositive();
    assertThat(of(result, OperationKind.FLUSH).count()).isEqualTo(1);
    assertThat(replay(sent, OptionalInt.of(5)).counts().total(Event.IPI)).isEqualTo(5);
    assertThat(
            replay(line(0, 0, "tlb_flush: pages:-1 reason:local MM shootdown (3)"))
                .counts()
                .total(Event.TLB_ROUND_FULL))
        .isEqualTo(1);
  }

  @Test
  void whatInterruptedCpusRecordedTellsHowManyThereWere() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(line(0, 100 * i, "tlb_flush: pages:1 reason:remote IPI send (4)"));
      text.append(line(0, 100 * i + 2, "tlb_flush: pages:1 reason:local MM shootdown (3)"));
      text.append(line(1 + i % 6, 100 * i + 3, "tlb_flush: pages:1 reason:remote shootdown (1)"));
    }
    SimulationResult result = replay(text.toString());
    assertThat(result.counts().total(Event.IPI)).as("one for each flush").isEqualTo(10);
    assertThat(of(result, OperationKind.FLUSH).count()).isEqualTo(10);
  }

  @Test
  void buffersAreAllocatedMappedTouchedAndGivenBack() throws IOException {
    SimulationResult result =
        replay(
            line(0, 0, "i915_gem_object_create: obj=0x1, size=0x40000")
                + line(0, 900, "i915_gem_object_fault: obj=0x1, CPU index=0 , writable")
                + line(1, 950, "i915_gem_object_fault: obj=0x1, CPU index=17 , writable")
                + line(1, 990, "i915_gem_object_fault: obj=0x1, CPU index=18 , writable")
                + line(0, 2000, "i915_gem_object_create: obj=0x1, size=0x1000")
                + line(0, 3000, "i915_gem_object_fault: obj=0xabc, CPU index=900 , writable"));
    assertThat(of(result, OperationKind.MAP).count()).isEqualTo(2);
    assertThat(of(result, OperationKind.FAULT).count()).isEqualTo(4);
    assertThat(of(result, OperationKind.UNMAP).count()).as("of the first buffer").isEqualTo(1);
    assertThat(of(result, OperationKind.FREE).count()).isEqualTo(1);
    assertThat(result.counts().total(Event.PTE_WRITE))
        .as("pages 0 to 15, 16 to 31 are there by then, and 896 to 911 of the unknown one")
        .isEqualTo(48);
  }

  @Test
  void aMovedBufferGetsOtherMemory() throws IOException {
    SimulationResult result =
        replay(
            line(
                    0,
                    0,
                    "amdgpu_bo_create: bo=0x1, pages=16, type=0, preferred=2, allowed=6, visible=0")
                + line(0, 5000, "amdgpu_bo_move: bo=0x1, from=1, to=2, size=65536"));
    assertThat(result.counts().total(Event.POOL_GIVE)).isEqualTo(1);
    assertThat(of(result, OperationKind.FREE).count()).isEqualTo(1);
  }

  @Test
  void aReplayIsTheSameEachTime() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      text.append(line(i % 4, i * 0.2, "page_fault_user: address=0x1000 ip=0x1 error_code=0x6"));
    }
    SimulationResult once = replay(text.toString());
    SimulationResult again = replay(text.toString());
    assertThat(again.usage()).isEqualTo(once.usage());
    assertThat(of(once, OperationKind.FAULT).count())
        .as("more events than CPUs can do in the time all happen, later")
        .isEqualTo(5000);
    assertThat(once.usage().length()).isGreaterThan(1e6);
    assertThat(of(again, OperationKind.FAULT).mean())
        .isCloseTo(of(once, OperationKind.FAULT).mean(), within(0.0));
  }

  @Test
  void aMachineThatIsTooSmallIsSaid() {
    assertThatThrownBy(
            () -> replay(line(9, 0, "page_fault_user: address=0x1000 ip=0x1 error_code=0x6")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "has events of CPU 9, and client-igpu has 8 CPUs; give a --machine with more, or --set"
                + " machine.cpus=10.");
  }
}
