package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Guards what `shootdown` prints, that its counts are over all CPUs, and that more CPUs than there
/// are is bad usage.
class ShootdownCommandTest {
  private static CommandLineRun run(String options) {
    return CommandLineRun.of(("shootdown " + options).split(" ", -1));
  }

  private static String counts(String options) {
    return run(options).json().getFirst().get("counts").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --op munmap --pages 33 --cpus 4 --running 3                | {"tlb_round_ranged":1,"tlb_invalidate_page":132,"ipi":3}
          --op munmap --pages 34 --cpus 4 --running 3                | {"tlb_round_full":1,"tlb_invalidate_full":4,"ipi":3}
          --op mprotect --pages 8 --cpus 4 --lazy 3                  | {"tlb_round_ranged":1,"tlb_invalidate_page":8}
          --op munmap --pages 8 --cpus 4 --lazy 3 --freed-tables     | {"tlb_round_ranged":1,"tlb_invalidate_page":8,"ipi":3}
          --op madvise --pages 8 --cpus 4 --lazy 3 --freed-tables    | {"tlb_round_ranged":1,"tlb_invalidate_page":8,"ipi":3}
          --op mremap --pages 8 --cpus 4 --lazy 3 --kernel 6.1       | {"tlb_round_ranged":1,"tlb_invalidate_page":8,"ipi":3}
          --op mremap --pages 8 --cpus 4 --lazy 3 --kernel 5.10      | {"tlb_round_ranged":1,"tlb_invalidate_page":8}
          --op madvise --pages 8 --cpus 4 --lazy 3 --kernel 4.19     | {"tlb_round_ranged":1,"tlb_invalidate_page":8,"ipi":3}
          --op cow --pages 33 --cpus 4 --running 3                   | {"tlb_round_ranged":33,"tlb_invalidate_page":132,"ipi":99}
          --op munmap --pages 8 --cpus 64 --running 60 --global-asid --kernel 7.2 | {"tlb_round_ranged":1,"tlb_invalidate_page":8}
          --op munmap --pages 8 --cpus 64 --running 60 --global-asid --kernel 6.1 | {"tlb_round_ranged":1,"tlb_invalidate_page":488,"ipi":60}
          """)
  void golden(String options, String counts) {
    assertThat(counts(options)).isEqualTo(counts);
  }

  @Test
  void oneJsonObject() {
    CommandLineRun run =
        run("--op munmap --pages 4 --running 2 --machine epyc-milan --format json");
    assertThat(run.err()).isEmpty();
    JsonNode json = run.json().getFirst();
    assertThat(json.get("schema").asString()).isEqualTo("mapcost/shootdown/1");
    assertThat(json.get("cpus").asInt()).isEqualTo(128);
    assertThat(json.get("running").asInt()).isEqualTo(2);
    assertThat(json.get("caller_ns").size()).isEqualTo(3);
    assertThat(json.get("stolen_ns").get(1).asDouble()).isPositive();
    assertThat(json.get("sources").size()).isPositive();
  }

  @Test
  void forPeople() {
    CommandLineRun run =
        run("--op mprotect --pages 2 --cpus 3 --running 1 --lazy 1 --format table");
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "event count",
            "tlb_round_ranged 1",
            "tlb_invalidate_page 4",
            "ipi 1",
            "",
            "mprotect of 2 pages; 1 of 3 CPUs run the program besides the caller, 1 hold it lazily."
                + " Kernel 6.1. Counts are exact.");
    assertThat(run("--op mprotect --running 1 --machine epyc-milan --format table").out())
        .contains("Total: caller [", "in the round");
  }

  @Test
  void aGlobalAsidOnFewCpusIsDoubted() {
    String options = "--op munmap --cpus 8 --global-asid --kernel 7.2 --running ";
    assertThat(run(options + 2).err())
        .isEqualTo(
            "mapcost: warning: kernels give a global ASID only to programs on more than 3 CPUs.\n");
    assertThat(run(options + 3).err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cpus 4 --running 2 --lazy 2        | --running 2 and --lazy 2 are CPUs besides the caller's, of which --cpus 4 leaves 3; give more --cpus.
          --running -1                         | --running -1 and --lazy 0 are CPUs besides the caller's, of which --cpus 1 leaves 0; give more --cpus.
          --running 1                          | --running 1 and --lazy 0 are CPUs besides the caller's, of which --cpus 1 leaves 0; give more --cpus.
          --pages 0                            | --pages is at least 1, not 0.
          --first-page 512                     | --first-page is 0 to 511, not 512.
          --op cow --pages 16777217            | --pages is at most 16777216 with --op cow.
          """)
  void badUsage(String options, String message) {
    CommandLineRun run = run(options);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("mapcost: " + message + "\n");
  }
}
