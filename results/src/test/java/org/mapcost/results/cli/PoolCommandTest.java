package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Guards what `pool` prints: one JSON object for each operation with its counts, attribute calls
/// and what is kept, and a table with a sum.
class PoolCommandTest {
  @TempDir Path folder;

  private CommandLineRun run(String text, String... options) throws IOException {
    Path script = folder.resolve("steps.txt");
    Files.writeString(script, text);
    List<String> args = new ArrayList<>(List.of("pool", "--script", script.toString()));
    args.addAll(List.of(options));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  @Test
  void golden() throws IOException {
    CommandLineRun run = run("alloc a wc 3\nfree a\nalloc b wc 7 # finds 1 and 2\ndrop\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "{\"op\":\"alloc a wc 3\",\"counts\":{\"resource_walk\":3,\"resource_node_visit\":3,"
                + "\"ram_flag_op\":6,\"kernel_pte_write\":519,\"direct_map_split\":1,\"cpa_call\":2,"
                + "\"cpa_page\":6,\"unmap_aliases\":2,\"clflush_line\":384,\"tlb_round_ranged\":2,"
                + "\"tlb_round_full\":1,\"tlb_invalidate_page\":6,\"tlb_invalidate_global\":1,"
                + "\"page_alloc\":3,\"page_clear\":3,\"pool_miss\":2},\"attribute_calls\":[3],"
                + "\"pool\":{\"wc\":[0,0,0,0,0,0,0,0,0,0,0],\"uc\":[0,0,0,0,0,0,0,0,0,0,0]}}",
            "{\"op\":\"free"
                + " a\",\"counts\":{\"page_clear\":3,\"pool_give\":2},\"attribute_calls\":[],"
                + "\"pool\":{\"wc\":[1,1,0,0,0,0,0,0,0,0,0],\"uc\":[0,0,0,0,0,0,0,0,0,0,0]}}",
            "{\"op\":\"alloc b wc 7 # finds 1 and 2\",\"counts\":{\"resource_walk\":4,"
                + "\"resource_node_visit\":4,\"ram_flag_op\":8,\"kernel_pte_write\":8,\"cpa_call\":2,"
                + "\"cpa_page\":8,\"unmap_aliases\":2,\"clflush_line\":512,\"tlb_round_ranged\":2,"
                + "\"tlb_invalidate_page\":8,\"page_alloc\":1,\"page_clear\":4,\"pool_hit\":2,"
                + "\"pool_miss\":1},\"attribute_calls\":[4],\"pool\":{"
                + "\"wc\":[0,0,0,0,0,0,0,0,0,0,0],\"uc\":[0,0,0,0,0,0,0,0,0,0,0]}}",
            "{\"op\":\"drop\",\"counts\":{},\"attribute_calls\":[],\"pool\":{"
                + "\"wc\":[0,0,0,0,0,0,0,0,0,0,0],\"uc\":[0,0,0,0,0,0,0,0,0,0,0]}}");
  }

  @Test
  void forPeople() throws IOException {
    CommandLineRun run =
        run(
            "alloc a uc 9\nfree a\nalloc a uc 1",
            "--kernel",
            "7.2",
            "--cpus",
            "4",
            "--format",
            "table");
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "operation attribute calls kept passes splits lines flushed TLB rounds IPIs tree walks"
                + " pages cleared pool hits misses",
            "alloc a uc 9 9 0 pages 1 1 576 2 6 9 9 0 1",
            "free a - 9 pages: uc 0:1 3:1 0 0 0 0 0 0 9 0 0",
            "alloc a uc 1 - 8 pages: uc 3:1 0 0 0 0 0 0 0 1 0",
            "total 1 1 576 2 6 9 18 1 1",
            "",
            "Pool ttm-pool-7 of kernel 7.2, 4 CPUs; 2GiB of RAM, at most 262144 pages kept. Counts"
                + " are exact.",
            "Kept chunks stand as ORDER:COUNT.");
  }

  @Test
  void ramDecidesTheLimitAndWhatThereIs() throws IOException {
    CommandLineRun run =
        run("alloc a wc 5000\nalloc b cached 1", "--ram", "32MiB", "--format", "table");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("out of memory", "32MiB of RAM, at most 4096 pages kept");
    JsonNode failed =
        run("alloc a wc 5000", "--ram", "32MiB", "--format", "json").json().getFirst();
    assertThat(failed.get("result").asInt()).isEqualTo(-12);
    assertThat(run("drop", "--ram", "16MiB").err())
        .contains("this machine has 4096 pages of RAM: give it more, 2GiB for example");
  }

  @Test
  void fragmentedMemory() throws IOException {
    JsonNode step =
        run("alloc a wc 1024", "--failing-orders", "9,10", "--format", "json").json().getFirst();
    assertThat(step.at("/counts/page_alloc").asLong()).as("2 in vain, 4, 2 splits").isEqualTo(8);
    assertThat(step.get("attribute_calls").toString()).isEqualTo("[1024]");
    assertThat(run("drop", "--failing-orders", "0").err())
        .isEqualTo("mapcost: --failing-orders are 1 to 10, not [0].\n");
  }

  @Test
  void prices() throws IOException {
    JsonNode step =
        run("alloc a wc 3", "--machine", "epyc-milan", "--format", "json").json().getFirst();
    assertThat(step.get("caller_ns").get(1).asDouble()).isPositive();
    assertThat(step.at("/counts/ipi").asLong()).isEqualTo(3 * 127);
    assertThat(run("alloc a wc 3", "--machine", "epyc-milan", "--format", "table").out())
        .contains("caller", "stolen from others", "times are [low best high]");
  }

  @Test
  void errors() throws IOException {
    CommandLineRun run = run("alloc a wc 8\nfre a");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("steps.txt:2: unknown operation 'fre'; did you mean 'free'?");
    assertThat(CommandLineRun.of("pool").err())
        .isEqualTo(
            "mapcost: give --script FILE with the operations, one a line, or --workload"
                + " FILE|NAME.\n");
    assertThat(run("drop", "--ram", "2TiB").err())
        .isEqualTo("mapcost: --ram is at most 1TiB, not 2TiB.\n");
    assertThat(run("drop", "--ram", "5KiB").err()).contains("not a whole number of 4 KiB pages");
  }

  private static final String[] WORKLOAD = {
    "pool", "--workload", "desktop-compositor", "--duration", "200ms", "--limits", "16MiB,1MiB"
  };

  private static CommandLineRun workload(String... more) {
    List<String> args = new ArrayList<>(List.of(WORKLOAD));
    args.addAll(List.of(more));
    return CommandLineRun.of(args.toArray(String[]::new));
  }

  @Test
  void aWorkloadIsServedByEveryPoolOfEverySize() {
    List<JsonNode> json = workload("--format", "json").json();
    assertThat(json.stream().limit(json.size() - 1L))
        .extracting(each -> each.get("pool").asString() + " " + each.get("limit_pages").asLong())
        .startsWith("none 0")
        .contains("ttm-pool 256", "ttm-pool 4096", "ttm-pool-6.15 256", "ttm-pool-7 4096")
        .hasSize(2 + 3 * 3);
    JsonNode none = json.getFirst();
    assertThat(none.get("hit_ratio").asDouble()).isZero();
    assertThat(none.get("pages_converted")).isEqualTo(none.get("pages"));
    for (JsonNode each : json.subList(0, json.size() - 1)) {
      assertThat(each.get("caller_ns").get(0).asDouble()).isPositive();
      assertThat(each.get("sources").size()).isPositive();
    }
    JsonNode last = json.getLast();
    assertThat(last.get("schema").asString()).isEqualTo("mapcost/pool-workload/1");
    assertThat(last.get("knees").get(0).get("limit_pages").get(1).asLong()).isEqualTo(4096);
  }

  @Test
  void theKneeIsSaidInASentenceAndDrawn() {
    CommandLineRun run = workload("--out", folder.toString());
    assertThat(run.out())
        .contains("Knee of ttm-pool: 16MiB (at low, best and high prices alike). It finds ")
        .contains(" for a buffer; no smaller one is enough.")
        .contains("Chart: " + folder.resolve("pool-cost-by-limit.svg"));
    assertThat(folder.resolve("pool-hits-by-limit.csv")).content().contains("ttm-pool-7,1048576,");
    assertThat(workload("--out", folder.toString()).err())
        .isEqualTo(
            "mapcost: "
                + folder.resolve("pool-cost-by-limit.svg")
                + ": is there already; name another directory, or give --force.\n");
  }

  @Test
  void nobodyAsksThePool() {
    CommandLineRun run =
        CommandLineRun.of("pool", "--workload", "video-decode-ring", "--duration", "20ms");
    assertThat(run.out())
        .contains("Nobody asks the pool for a buffer in the observed time")
        .doesNotContain("Knee");
  }

  @Test
  void errorsOfWorkloads() {
    assertThat(workload("--cpus", "3").err())
        .isEqualTo("mapcost: with --workload write --set machine.cpus=N instead of --cpus.\n");
    assertThat(workload("--strategy", "udmabuf").err())
        .contains("udmabuf takes its memory from no page pool; give another --strategy");
    assertThat(CommandLineRun.of("pool", "--workload", "desktop-compositr").err())
        .contains("did you mean 'desktop-compositor'?");
  }
}
