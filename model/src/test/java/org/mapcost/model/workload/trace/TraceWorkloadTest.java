package org.mapcost.model.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.workload.Arrival;
import org.mapcost.model.workload.Clients;
import org.mapcost.model.workload.Workload;
import org.mapcost.model.workload.Workloads;

/// Guards that the workload of a trace has the trace's rates, sizes, lives and touched shares, that
/// it reads back, and that it says what is missing.
class TraceWorkloadTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my trace.txt"), text);
  }

  private Workload derived(String text) throws IOException {
    Path file = file(text);
    return Workloads.parse(
        "derived.yaml", TraceWorkload.yaml(file, TraceReader.account(file), "derived"));
  }

  private static String line(double seconds, String event) {
    return String.format(Locale.ROOT, "app-7 [001] %.6f: %s\n", seconds, event);
  }

  private static String fault(double seconds, long page) {
    return line(
        seconds,
        "page_fault_user: address=0x" + Long.toHexString(page << 12) + " ip=0x1 error_code=0x6");
  }

  @Test
  void buffersKeepTheirSizesLivesAndTouchedShare() throws IOException {
    StringBuilder text = new StringBuilder();
    // Fifty buffers a second for two seconds, 16 or 64 pages, 10 ms each; one page in eight.
    for (int i = 0; i < 100; i++) {
      double at = i * 0.02;
      int pages = i % 4 == 0 ? 64 : 16;
      text.append(
          line(at, "i915_gem_object_create: obj=0x%x, size=0x%x".formatted(i + 1, pages * 4096)));
      for (int page = 0; page < pages; page += 8) {
        text.append(
            line(
                at + 0.001,
                "i915_gem_object_fault: obj=0x%x, CPU index=%d , writable".formatted(i + 1, page)));
      }
      text.append(line(at + 0.01, "i915_gem_object_destroy: obj=0x%x".formatted(i + 1)));
    }
    text.append(line(2, "sched_switch: whatever"));
    Workload workload = derived(text.toString());
    assertThat(workload.duration()).isCloseTo(2e9, within(1e3));
    assertThat(workload.strategy()).contains("ttm-fault");
    Clients clients = workload.clients().getFirst();
    assertThat(clients.memory()).isEqualTo(Memory.RAM);
    assertThat(((Arrival.Poisson) clients.arrival()).rate()).isCloseTo(50, within(0.01));
    assertThat(clients.pages().mean()).isCloseTo((3 * 16 + 64) / 4.0, within(1e-9));
    assertThat(clients.lifetime().orElseThrow().mean()).isCloseTo(1e7, within(1e3));
    assertThat(clients.touched()).isCloseTo(1 / 8.0, within(1e-4));
  }

  @Test
  void aBufferMadeAtTheAddressOfAnotherEndsIt() throws IOException {
    String create = "i915_gem_object_create: obj=0x1, size=0x4000";
    Workload workload = derived(line(0, create) + line(1, create) + line(4, create));
    assertThat(workload.clients().getFirst().lifetime().orElseThrow().mean())
        .isCloseTo(2e9, within(1.0));
  }

  @Test
  void faultsOfProgramsBecomeStretches() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int stretch = 0; stretch < 10; stretch++) {
      for (int i = 0; i < 8; i++) {
        text.append(fault(stretch + i * 1e-5, 100_000L * (stretch + 1) + 2L * i));
      }
    }
    text.append(fault(10, 1));
    Workload workload = derived(text.toString());
    Clients app = workload.clients().getFirst();
    assertThat(app.name()).isEqualTo("app");
    assertThat(((Arrival.Poisson) app.arrival()).rate()).isCloseTo(1.1, within(1e-6));
    assertThat(app.pages().mean()).isCloseTo((10 * 15 + 1) / 11.0, within(1e-9));
    assertThat(app.touched()).isCloseTo(81 / 151.0, within(1e-4));
  }

  @Test
  void manySizesAreRoundedUpToPowersOfTwo() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 200; i++) {
      text.append(line(i, "i915_gem_object_create: obj=0x%x, size=0x%x".formatted(i, i * 4096)));
    }
    assertThat(derived(text.toString()).clients().getFirst().pages().most()).isEqualTo(256);
  }

  @Test
  void theFileSaysWhatTheTraceDoesNot() throws IOException {
    Path file =
        file(
            line(0, "amdgpu_bo_move: bo=0x1, from=1, to=2, size=1048576")
                + "damage\n"
                + line(0.5, "page_fault_user: address=0x1000 ip=0x1 error_code=0x6")
                + line(0.6, "i915_gem_object_fault: obj=0x99, GTT index=3 , writable")
                + line(1, "strange_event: x"));
    assertThat(TraceWorkload.yaml(file, TraceReader.account(file), "t"))
        .contains(
            "# 1 damaged line was passed over: 2.",
            "# 1 events mean nothing here and were passed over: 1 strange_event.",
            "# 1 page faults of programs are not in it: they are no buffers of a driver.",
            "# 1 faults on buffers from before the recording are not in it.",
            "# No end of one was recorded: taken to live as long as the trace.",
            "# No fault on one was recorded: taken to be touched whole.");
  }

  @Test
  void nothingToDeriveIsSaid() throws IOException {
    Path flushes =
        file(
            line(0, "tlb_flush: pages:1 reason:local MM shootdown (3)")
                + line(1, "tlb_flush: pages:1 reason:local MM shootdown (3)"));
    TraceAccount account = TraceReader.account(flushes);
    assertThatThrownBy(() -> TraceWorkload.yaml(flushes, account, "t"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no buffer is created and no page faulted in it; replay it with");
    Path moment = file(fault(1, 1));
    TraceAccount one = TraceReader.account(moment);
    assertThatThrownBy(() -> TraceWorkload.yaml(moment, one, "t"))
        .hasMessageContaining("all events at one moment; there is no rate to derive.");
  }
}
