package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Guards what `transition` prints: one JSON object for each operation with exactly these counts, a
/// table with a sum, prices only on demand, and errors with file and line.
class TransitionCommandTest {
  @TempDir Path folder;
  private Path iomem;
  private Path script;

  @BeforeEach
  void files() throws IOException {
    iomem = folder.resolve("iomem");
    script = folder.resolve("steps.txt");
    Files.writeString(iomem, "00001000-0009ffff : System RAM\n00100000-7fffffff : System RAM\n");
  }

  private CommandLineRun run(String text, String... options) throws IOException {
    Files.writeString(script, text);
    List<String> args =
        new java.util.ArrayList<>(
            List.of("transition", "--script", script.toString(), "--iomem", iomem.toString()));
    args.addAll(List.of(options));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  @Test
  void golden() throws IOException {
    CommandLineRun run =
        run(
            "# on two CPUs\n"
                + "pages S contiguous 64\n\n"
                + "set S wc array\n"
                + "set S uc array\n"
                + "set S wb range\n",
            "--cpus",
            "2");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "{\"op\":\"pages S contiguous 64\",\"result\":0,\"counts\":{}}",
            "{\"op\":\"set S wc array\",\"result\":0,\"counts\":{\"resource_walk\":64,"
                + "\"resource_node_visit\":128,\"ram_flag_op\":128,\"kernel_pte_write\":641,"
                + "\"direct_map_split\":1,\"cpa_call\":2,\"cpa_page\":128,\"unmap_aliases\":2,"
                + "\"clflush_line\":8192,\"tlb_round_full\":3,\"tlb_invalidate_global\":6,\"ipi\":3,"
                + "\"page_alloc\":1}}",
            "{\"op\":\"set S uc array\",\"result\":-22,\"errno\":\"EINVAL\",\"counts\":{"
                + "\"resource_walk\":1,\"resource_node_visit\":2,\"ram_flag_op\":1}}",
            "{\"op\":\"set S wb range\",\"result\":0,\"counts\":{\"resource_walk\":1,"
                + "\"resource_node_visit\":2,\"ram_flag_op\":64,\"kernel_pte_write\":64,"
                + "\"cpa_call\":1,\"cpa_page\":64,\"unmap_aliases\":1,\"tlb_round_full\":1,"
                + "\"tlb_invalidate_global\":2,\"ipi\":1}}");
  }

  @Test
  void aMachinePricesEveryStep() throws IOException {
    CommandLineRun run =
        run("pages S contiguous 8\nset S wc array", "--machine", "epyc-milan", "--format", "json");
    JsonNode free = run.json().getFirst();
    assertThat(free.get("caller_ns").toString()).isEqualTo("[0,0,0]");
    JsonNode step = run.json().getLast();
    assertThat(step.get("caller_ns").get(0).asDouble())
        .isPositive()
        .isLessThan(step.get("caller_ns").get(1).asDouble());
    assertThat(step.get("stolen_ns").get(1).asDouble()).isPositive();
    assertThat(step.get("sources").size()).isPositive();
    long cpus = step.at("/counts/ipi").asLong() / step.at("/counts/cpa_call").asLong();
    assertThat(cpus).isGreaterThan(100);
    CommandLineRun fewer =
        run(
            "pages S contiguous 8\nset S wc array",
            "--machine",
            "epyc-milan",
            "--cpus",
            "2",
            "--format",
            "json");
    assertThat(fewer.json().getLast().at("/counts/ipi").asLong()).isEqualTo(3);
    assertThat(fewer.json().getLast().get("caller_ns").get(1).asDouble())
        .isLessThan(step.get("caller_ns").get(1).asDouble());
  }

  @Test
  void forPeople() throws IOException {
    CommandLineRun run =
        run("pages S one-per-2M 2\nset S uc array\nset S wc array", "--format", "table");
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "operation result passes splits lines flushed TLB rounds tree walks",
            "pages S one-per-2M 2 done 0 0 0 0 0",
            "set S uc array done 1 2 128 3 2",
            "set S wc array refused: EINVAL 0 0 0 0 1",
            "total 1 2 128 3 3",
            "",
            "Kernel 6.1, 1 CPU. Tree: " + iomem + ". Counts are exact.");
  }

  @Test
  void forSpreadsheets() throws IOException {
    CommandLineRun run =
        run("pages S contiguous 1\nset S wb array", "--format", "csv", "--machine", "epyc-milan");
    assertThat(run.out())
        .startsWith("operation,result,resource_walk,resource_node_visit,ram_flag_op,cpa_call,")
        .contains("caller_ns_low,caller_ns_best,caller_ns_high,stolen_ns_low")
        .hasLineCount(3);
    assertThat(run("pages S contiguous 1", "--format", "markdown").out())
        .isEqualTo("| operation | result |\n| --- | --- |\n| pages S contiguous 1 | done |\n");
  }

  @Test
  void theShortFormTellsFirstFromLater() {
    CommandLineRun run =
        CommandLineRun.of(
            "transition",
            "--pages",
            "64",
            "--to",
            "wb",
            "--iomem",
            iomem.toString(),
            "--format",
            "json");
    JsonNode json = run.json().getFirst();
    assertThat(json.get("op").asString()).isEqualTo("set S wb array");
    assertThat(json.at("/counts/cpa_call").asLong()).isEqualTo(1);
    assertThat(json.at("/counts/clflush_line").isMissingNode()).isTrue();
    JsonNode wc =
        CommandLineRun.of(
                "transition", "--pages", "64", "--iomem", iomem.toString(), "--format", "json")
            .json()
            .getFirst();
    assertThat(wc.at("/counts/direct_map_split").asLong()).isEqualTo(1);
    assertThat(wc.at("/later/counts/direct_map_split").isMissingNode()).isTrue();
    assertThat(wc.at("/later/counts/clflush_line").asLong()).isEqualTo(8192);
    assertThat(
            CommandLineRun.of(
                    "transition",
                    "--pages",
                    "1024",
                    "--call",
                    "range",
                    "--machine",
                    "epyc-milan",
                    "--iomem",
                    iomem.toString())
                .out())
        .contains("First: caller [", "Later: caller [", "stolen from others", "in the round")
        .contains("1024 pages, contiguous, to wc by set_memory_wc.");
  }

  @Test
  void anOldCpuAndNoMemory() throws IOException {
    assertThat(
            run("pages S contiguous 8\nset S uc array", "--no-clflush", "--format", "json")
                .json()
                .getLast()
                .at("/counts/wbinvd")
                .asLong())
        .isEqualTo(1);
    CommandLineRun run =
        run(
            "pages S contiguous 8\nset S uc range\nset S uc array",
            "--splits",
            "0",
            "--format",
            "json");
    assertThat(run.json().get(1).get("result").asInt()).isEqualTo(-12);
    assertThat(run.json().get(1).get("errno").asString()).isEqualTo("ENOMEM");
    assertThat(run.json().get(2).get("result").asInt()).isEqualTo(-22);
    assertThat(run("pages S contiguous 8", "--splits", "-1").err())
        .isEqualTo("mapcost: --splits is zero or more, not -1.\n");
  }

  @Test
  void errors() throws IOException {
    CommandLineRun run = run("pages S contiguous 8\nset T wc array");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "mapcost: "
                + script
                + ":2: nothing is called 'T'; name pages first: pages T contiguous"
                + " 64.\n");
    assertThat(CommandLineRun.of("transition").err())
        .isEqualTo("mapcost: give either --script FILE or --pages N.\n");
    assertThat(run("pages S contiguous 8", "--cpus", "0").err())
        .isEqualTo("mapcost: --cpus is at least 1, not 0.\n");
    assertThat(run("pages S contiguous 8", "--set", "machine.cpus=2").err())
        .isEqualTo("mapcost: machine.cpus belongs to a machine; give --machine NAME too.\n");
    assertThat(run("pages S contiguous 8", "--large-pages", "2g").err())
        .isEqualTo("mapcost: --large-pages is 4k, 2m or 1g, not '2g'.\n");
  }
}
