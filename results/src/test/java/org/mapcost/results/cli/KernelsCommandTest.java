package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.kernel.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Guards what `kernels` tells of all kernels and of one, and that a gap is told wherever a kernel
/// in it is used.
class KernelsCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void allKernelsWithEverythingThatDiffers() {
    CommandLineRun run = CommandLineRun.of("kernels");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("5.15 6.1.0 6.6.0 6.12.0 6.16 6.17.0");
    for (Behaviour behaviour : Behaviour.values()) {
      assertThat(run.out()).contains(behaviour.key());
    }
    for (String name : Kernels.names()) {
      assertThat(run.out()).contains("\n" + name + " stands for ");
    }
    assertThat(run.err()).isEmpty();
  }

  @Test
  void oneKernelWithEvidenceSourcesAndInstructions() {
    CommandLineRun run = CommandLineRun.of("kernels", "6.12.43", "--format", "csv");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("what,name,value,evidence,source")
        .contains("behaviour,resource_walk,w2,recorded,recorded node by node in 6.12.43")
        .contains("instructions,fault,[2184 2450 2714],recorded,\"kernel 6.12: recorded")
        .contains("recorded call,\"set_pages_array_wb, n <= 33\"")
        .contains("4176 + 816 a page");
  }

  @Test
  void theSameAsJson() {
    CommandLineRun run = CommandLineRun.of("kernels", "6.1", "--format", "json");
    JsonNode kernel = JSON.readTree(run.out()).get("kernels").get(0);
    assertThat(kernel.get("kernel").stringValue()).isEqualTo("6.1");
    assertThat(kernel.get("warnings")).isEmpty();
    assertThat(kernel.get("behaviours")).hasSize(Behaviour.values().length);
    JsonNode walk = kernel.get("behaviours").get("resource_walk");
    assertThat(walk.get("value").stringValue()).isEqualTo("w3");
    assertThat(walk.get("assumed").booleanValue()).isFalse();
    assertThat(kernel.get("instructions")).hasSize(Operation.values().length);
    assertThat(kernel.get("recorded_calls")).isNotEmpty();
    assertThat(JSON.readTree(CommandLineRun.of("kernels", "--format", "json").out()).get("kernels"))
        .hasSameSizeAs(Kernels.names());
  }

  @Test
  void aGapIsToldInEveryPlace() {
    CommandLineRun run = CommandLineRun.of("kernels", "6.17.10", "--format", "json");
    JsonNode kernel = JSON.readTree(run.out()).get("kernels").get(0);
    assertThat(kernel.get("stands_for").stringValue()).contains("in the gap between 6.17.8");
    assertThat(kernel.get("warnings")).hasSize(1);
    JsonNode walk = kernel.get("behaviours").get("resource_walk");
    assertThat(walk.get("value").stringValue()).isEqualTo("w2");
    assertThat(walk.get("evidence").stringValue()).isEqualTo("inferred");
    assertThat(walk.get("assumed").booleanValue()).isTrue();
    assertThat(run.err()).startsWith("mapcost: warning: kernel 6.17.10 lies between 6.17.8 and");

    String[] asked = {"walk", "--kernel", "6.17.10", "--iomem", "bundled:xeon-wolfpass-2s"};
    CommandLineRun used = CommandLineRun.of(asked);
    assertThat(used.err()).contains("resource_walk=w2 (else w3)");
    assertThat(used.out()).contains("6.17.10 (resource_walk=w2 assumed)");
    CommandLineRun chosen =
        CommandLineRun.of(
            "walk",
            "--kernel",
            "6.17.10",
            "--iomem",
            "bundled:xeon-wolfpass-2s",
            "--set",
            "kernel.resource_walk=w3");
    assertThat(chosen.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.10", "9.9", "foo", "6.1.0-50-amd64"})
  void anUnknownKernelIsOneLine(String name) {
    CommandLineRun run = CommandLineRun.of("kernels", name);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("mapcost: unknown kernel '" + name + "'")
        .contains("Known: 4.8");
    assertThat(run.out()).isEmpty();
  }
}
