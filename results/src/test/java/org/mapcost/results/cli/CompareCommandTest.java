package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Guards what `counts`, `strategies` and `compare` print, and that what is ranked together is
/// comparable.
class CompareCommandTest {
  private static final String IOMEM =
      """
      00000000-00000fff : Reserved
      00001000-0009fbff : System RAM
      0009fc00-0009ffff : Reserved
      000a0000-000bffff : PCI Bus 0000:00
      00100000-7ffdffff : System RAM
      7ffe0000-7fffffff : Reserved
      80000000-febfffff : PCI Bus 0000:00
        fd000000-fdffffff : 0000:00:02.0
          fd000000-fdffffff : bochs-drm
        febf0000-febf7fff : 0000:00:02.0
      fec00000-fec003ff : IOAPIC 0
      """;

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void countsPerPhase() throws IOException {
    String tree = file("iomem", IOMEM);
    String list =
        file(
            "pat",
            "PAT memtype list:\nPAT: [mem 0x00000000fd000000-0x00000000fe000000] uncached-minus\n");
    JsonNode counts =
        CommandLineRun.of(
                "counts",
                "--strategy",
                "ttm-fault",
                "--kernel",
                "6.1",
                "--iomem",
                tree,
                "--memtypes",
                list,
                "--buffer",
                "1024pages",
                "--memory",
                "vram",
                "--at",
                "0xfd000000",
                "--touch",
                "sequential",
                "--format",
                "json")
            .json()
            .getFirst();
    assertThat(counts.get("schema").asString()).isEqualTo("mapcost/counts/1");
    assertThat(counts.get("effective_mode").asString()).isEqualTo("uc-");
    JsonNode touch = counts.get("phases").get("touch");
    assertThat(touch.get("fault").asInt()).isEqualTo(64);
    assertThat(touch.get("pat_lookup").asInt()).isEqualTo(1024);
    assertThat(touch.get("resource_walk").asInt()).isEqualTo(1024);
    assertThat(touch.get("memtype_search").asInt()).isEqualTo(1024);
    assertThat(touch.get("pte_write").asInt()).isEqualTo(1024);
    assertThat(touch.has("ram_flag_op")).isFalse();
    assertThat(counts.get("phases").propertyNames())
        .containsExactly("load", "allocate", "map", "touch", "unmap", "free");
    assertThat(counts.get("total").get("fault").asInt()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"skylake-sp-2s", "epyc-milan", "client-igpu"})
  void compareRanksWithinAModeAndGivesEveryFigureItsSource(String machine) {
    JsonNode object =
        CommandLineRun.of(
                "compare",
                "--kernel",
                "6.1",
                "--machine",
                machine,
                "--buffer",
                "1MiB",
                "--memory",
                "vram",
                "--iomem",
                "bundled:laptop-cometlake-igpu",
                "--format",
                "json")
            .json()
            .getFirst();
    Map<String, Double> best = new HashMap<>();
    double before = 0;
    int applicable = 0;
    for (JsonNode entry : object.get("strategies")) {
      if (!entry.get("applicable").asBoolean()) {
        assertThat(entry.get("reason").asString()).isNotBlank();
        continue;
      }
      applicable++;
      assertThat(entry.get("effective_mode").asString()).isEqualTo("wc");
      assertThat(entry.get("rank").asInt()).isEqualTo(applicable);
      JsonNode caller = entry.get("caller_ns");
      assertThat(caller.get(0).asDouble()).isLessThanOrEqualTo(caller.get(1).asDouble());
      assertThat(caller.get(1).asDouble()).isLessThanOrEqualTo(caller.get(2).asDouble());
      assertThat(caller.get(1).asDouble()).isGreaterThanOrEqualTo(before);
      before = caller.get(1).asDouble();
      assertThat(entry.get("sources").size()).isPositive();
      assertThat(entry.get("counts").size()).isPositive();
      assertThat(entry.get("traits").get("pte").asString()).isIn("special", "huge");
      best.put(entry.get("strategy").asString(), before);
    }
    assertThat(best).containsKeys("ttm-fault", "io-mapping", "free", "everything");
    assertThat(best.get("free")).isLessThan(best.get("ttm-fault-io-mapping"));
    assertThat(best.get("ttm-fault-io-mapping")).isLessThan(best.get("ttm-fault-range-lookup"));
    assertThat(best.get("ttm-fault-range-lookup")).isLessThan(best.get("ttm-fault"));
    assertThat(best.get("ttm-fault")).isLessThan(best.get("everything"));
  }

  /// The bill of the other CPUs grows with their number; the caller's does not grow in step with
  /// it.
  @Test
  void moreCpusMakeAConversionDearer() {
    double[] stolen = new double[2];
    double[] caller = new double[2];
    int i = 0;
    for (String cpus : new String[] {"8", "128"}) {
      JsonNode object =
          CommandLineRun.of(
                  "compare",
                  "--memory",
                  "ram",
                  "--buffer",
                  "64KiB",
                  "--iomem",
                  "bundled:laptop-cometlake-igpu",
                  "--set",
                  "machine.cpus=" + cpus,
                  "--format",
                  "json")
              .json()
              .getFirst();
      for (JsonNode entry : object.get("strategies")) {
        if (entry.get("strategy").asString().equals("ttm-fault")) {
          stolen[i] = entry.get("stolen_ns").get(1).asDouble();
          caller[i] = entry.get("caller_ns").get(1).asDouble();
        }
      }
      i++;
    }
    assertThat(stolen[0]).isPositive();
    assertThat(stolen[1] / stolen[0]).isGreaterThan(10);
    assertThat(caller[1] / caller[0]).isLessThan(10);
  }

  /// Where instructions are that uncertain the intervals of both strategies' buffers overlap, so
  /// that nothing is certain to be repaid.
  @Test
  void aDearerLoadIsRepaidPerhapsNever() {
    String[] args = {
      "compare",
      "--buffer",
      "1MiB",
      "--iomem",
      "bundled:laptop-cometlake-igpu",
      "--set",
      "machine.cycles_per_instruction=0.1..0.8..8",
      "--format",
      "json"
    };
    for (JsonNode entry : CommandLineRun.of(args).json().getFirst().get("strategies")) {
      JsonNode repaid = entry.path("repaid_after_buffers");
      switch (entry.get("strategy").asString()) {
        case "ttm-fault-io-mapping" -> {
          assertThat(repaid.get(0).asDouble()).isLessThanOrEqualTo(repaid.get(1).asDouble());
          assertThat(repaid.get(1).asDouble()).isPositive();
          assertThat(repaid.get(2).isNull()).isTrue();
        }
        case "free" -> assertThat(repaid.get(2).asDouble()).isZero();
        case "vm-insert-pfn" -> assertThat(repaid.isMissingNode()).isTrue();
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare --machine skylak|mapcost: unknown machine 'skylak'; did you mean 'skylake-sp-2s'?",
        "compare --set machine.cpsu=4|mapcost: unknown",
        "compare --set kernel.ttm_prefault=600|mapcost: kernel.ttm_prefault is 1 to 512, not"
            + " '600'.",
        "compare --baseline ttm|mapcost: unknown strategy 'ttm'; did you mean 'ttm-fault'?",
        "counts --strategy ttm-falt|mapcost: unknown strategy 'ttm-falt'; did you mean"
            + " 'ttm-fault'?",
        "counts --strategy vm-insert-page|mapcost: vm-insert-page does not apply: maps no vram.",
        "counts --strategy free --cpus 0|mapcost: --cpus is at least 1, not 0.",
        "counts --strategy free --buffer 0|mapcost: a buffer has at least one page",
        "counts --strategy free --touch up|mapcost: unknown touch order 'up'.",
        "counts --strategy free --memory disk|mapcost: unknown memory 'disk'.",
        "counts|mapcost: Missing required option: '--strategy=NAME'"
      })
  void wrongInputIsOneLineAndExitCode2(String args, String message) {
    CommandLineRun run =
        CommandLineRun.of((args + " --iomem bundled:laptop-cometlake-igpu").split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(message);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try: "))).hasSize(1);
  }

  @Test
  void strategiesSayWhatTheyPermit() {
    CommandLineRun run = CommandLineRun.of("strategies", "--kernel", "5.11", "--format", "csv");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("ttm-fault,")
        .contains("vm-insert-page,")
        .contains("accepted; a write copies the page");
  }
}
