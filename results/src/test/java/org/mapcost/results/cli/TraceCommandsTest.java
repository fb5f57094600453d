package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.workload.Workloads;
import tools.jackson.databind.JsonNode;

/// Guards what a user sees of a trace: a replay with its account, a workload file that runs, and
/// errors in words.
class TraceCommandsTest {
  private static final String[] ON = {
    "--machine", "client-igpu", "--iomem", "bundled:laptop-cometlake-igpu"
  };

  @TempDir Path folder;

  private Path trace() throws IOException {
    StringBuilder text = new StringBuilder("# tracer: nop\n");
    for (int i = 0; i < 200; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "app-7 [00%d] %.6f: page_fault_user: address=0x%x ip=0x1 error_code=0x6%n",
              i % 2,
              5 + i * 1e-4,
              (1000 + i) << 12));
    }
    text.append("app-7 [000] 5.1: sched_switch: x\nnoise?\n");
    text.append("app-7 [001] 5.2: tlb_flush: pages:1 reason:remote IPI send (4)\n");
    return Files.writeString(folder.resolve("trace.txt"), text);
  }

  private static CommandLineRun simulate(String... args) {
    String[] all = new String[args.length + ON.length + 1];
    all[0] = "simulate";
    System.arraycopy(args, 0, all, 1, args.length);
    System.arraycopy(ON, 0, all, args.length + 1, ON.length);
    return CommandLineRun.of(all);
  }

  @Test
  void aReplayAccountsForEveryLine() throws IOException {
    JsonNode json = simulate("--trace", trace().toString(), "--format", "json").json().getFirst();
    assertThat(json.at("/operations/fault/count").asLong()).isEqualTo(200);
    assertThat(json.at("/trace/lines").asLong()).isEqualTo(204);
    assertThat(json.at("/trace/called").asInt()).isEqualTo(1);
    assertThat(json.at("/trace/used/page fault").asLong()).isEqualTo(200);
    assertThat(json.at("/trace/unknown/sched_switch").asLong()).isEqualTo(1);
    assertThat(json.at("/trace/damaged").toString()).isEqualTo("[203]");
    assertThat(json.at("/caller_ns/0").asDouble()).isPositive();
    assertThat(simulate("--trace", trace().toString()).out())
        .contains("1 damaged line was passed over: 203.")
        .contains("whom a flush interrupts: 1 CPU each time here; --called changes that.")
        .contains("trace.txt under ttm-fault on client-igpu with 8 CPUs");
  }

  @Test
  void aTraceBecomesAWorkloadThatRuns() throws IOException {
    Path yaml = folder.resolve("mine.yaml");
    CommandLineRun run =
        CommandLineRun.of(
            "workload",
            "from-trace",
            trace().toString(),
            "--name",
            "mine",
            "--out",
            yaml.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("1 events mean nothing here").contains("Workload: " + yaml);
    assertThat(Workloads.named(yaml.toString()).name()).isEqualTo("mine");
    assertThat(simulate("--workload", yaml.toString(), "--format", "json").exitCode()).isZero();
    assertThat(CommandLineRun.of("workload", "check", yaml.toString()).out())
        .isEqualTo(yaml + ": workload 'mine' with 1 kind of clients.\n");
    assertThat(
            CommandLineRun.of(
                    "workload", "from-trace", trace().toString(), "--out", yaml.toString())
                .err())
        .isEqualTo(
            "mapcost: " + yaml + ": is there already; name another file, or give --force.\n");
  }

  @Test
  void workloadsAreListedAndShown() {
    assertThat(CommandLineRun.of("workload").out()).contains("desktop-compositor", "reference");
    assertThat(CommandLineRun.of("workload", "--format", "json").json())
        .hasSameSizeAs(Workloads.names());
    assertThat(CommandLineRun.of("workload", "show", "reference").out())
        .isEqualTo(Workloads.text("reference"));
    assertThat(CommandLineRun.of("workload", "show", "referense").err())
        .contains("did you mean 'reference'?");
  }

  @Test
  void errors() throws IOException {
    assertThat(simulate().err())
        .isEqualTo(
            "mapcost: give --workload FILE|NAME, for example --workload desktop-compositor, or"
                + " --trace FILE.\n");
    assertThat(simulate("--trace", trace().toString(), "--seed", "4").err())
        .isEqualTo(
            "mapcost: --seed, --duration and --replications are a workload's; leave them.\n");
    Path other = Files.writeString(folder.resolve("o.txt"), "a-1 [000] 1.0: sched_switch: x\n");
    assertThat(simulate("--trace", other.toString()).err())
        .isEqualTo(
            "mapcost: "
                + other
                + ": none of its events means anything here; record tlb:tlb_flush,"
                + " exceptions:page_fault_user, i915:i915_gem_object_* or amdgpu:amdgpu_bo_*.\n");
    CommandLineRun missing = simulate("--trace", "none.txt");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).isEqualTo("mapcost: none.txt: no such file.\n");
  }
}
