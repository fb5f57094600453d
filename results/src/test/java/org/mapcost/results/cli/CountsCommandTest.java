package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Guards what `counts` prints for several mappings, private mappings, forks and a machine.
class CountsCommandTest {
  private static JsonNode counts(String words) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "counts",
                "--iomem",
                "bundled:laptop-cometlake-igpu",
                "--buffer",
                "64pages",
                "--format",
                "json"));
    args.addAll(List.of(words.split(" ")));
    CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run.json().getFirst();
  }

  /// Plain output has the six phases and nothing that was not asked for.
  @Test
  void plainCounts() {
    JsonNode counts = counts("--strategy ttm-fault");
    assertThat(counts.get("phases").propertyNames())
        .containsExactly("load", "allocate", "map", "touch", "unmap", "free");
    assertThat(counts.propertyNames())
        .doesNotContain("mappings", "private", "mmap_result", "fork_result", "caller_ns");
  }

  @Test
  void aSecondMapping() {
    JsonNode counts = counts("--strategy ttm-fault --mappings 2");
    assertThat(counts.get("mappings").size()).isEqualTo(2);
    assertThat(counts.get("mappings").get(0)).isEqualTo(counts.get("mappings").get(1));
    assertThat(counts.get("phases").get("touch").get("pat_lookup").asInt()).isEqualTo(128);
  }

  @Test
  void aPrivateMappingThatIsRefused() {
    JsonNode counts = counts("--strategy ttm-fault --private");
    assertThat(counts.get("mmap_result").asInt()).isEqualTo(-22);
    assertThat(counts.get("phases").get("touch").isEmpty()).isTrue();
    assertThat(counts.has("effective_mode")).isFalse();
    CommandLineRun table =
        CommandLineRun.of(
            "counts",
            "--iomem",
            "bundled:laptop-cometlake-igpu",
            "--strategy",
            "ttm-fault",
            "--private");
    assertThat(table.out()).contains("mmap refuses a private mapping with EINVAL");
  }

  @Test
  void aPrivateMappingThatIsWrittenAndForked() {
    JsonNode counts = counts("--strategy remap-pfn-range --kernel 6.1 --private --fork");
    JsonNode touch = counts.get("phases").get("touch");
    assertThat(touch.get("page_copy").asInt()).isEqualTo(64);
    assertThat(touch.get("tlb_round_ranged").asInt()).isEqualTo(64);
    assertThat(touch.get("tlb_invalidate_page").asInt()).isEqualTo(64);
    assertThat(counts.get("fork_result").asInt()).isEqualTo(-22);
    assertThat(counts.get("phases").propertyNames()).contains("fork", "exit");
  }

  @ParameterizedTest
  @CsvSource({"read, 4, 64", "sequential, 4, 64", "reverse, 64, 904", "stride:32, 2, 32"})
  void touchOrders(String order, int faults, int lookUps) {
    JsonNode counts = counts("--strategy ttm-fault --touch " + order);
    assertThat(counts.get("touch").asString()).isEqualTo(order);
    assertThat(counts.get("phases").get("touch").get("fault").asInt()).isEqualTo(faults);
    assertThat(counts.get("phases").get("touch").get("pat_lookup").asInt()).isEqualTo(lookUps);
  }

  @Test
  void aMachinePricesTheCounts() {
    JsonNode counts =
        counts("--strategy ttm-fault --machine epyc-milan --set machine.cpus=8 --fork");
    assertThat(counts.get("cpus").asInt()).isEqualTo(8);
    assertThat(counts.get("caller_ns").size()).isEqualTo(3);
    assertThat(counts.get("caller_ns").get(1).asDouble()).isPositive();
    assertThat(counts.get("sources").size()).isPositive();
  }

  @Test
  void badNumbersOfMappings() {
    CommandLineRun run = CommandLineRun.of("counts", "--strategy", "free", "--mappings", "0");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("mapcost: --mappings is 1 to 64, not 0.\n");
  }
}
