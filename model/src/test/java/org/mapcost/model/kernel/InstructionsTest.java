package org.mapcost.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guards which recorded kernel stands in for which, and that the decomposed counts add up to what
/// was recorded as a whole.
class InstructionsTest {
  @ParameterizedTest
  @CsvSource({
    "4.19, 5.10",
    "5.10, 5.10",
    "5.11, 5.10",
    "6.1.0, 6.1",
    "6.1, 6.1",
    "6.6, 6.1",
    "6.12, 6.12",
    "6.16, 6.12",
    "7.2, 7.2",
    "8.0, 7.2",
    "lab, 5.10"
  })
  void nearestRecordedKernel(String kernel, String recorded) {
    Instructions instructions = Instructions.of(kernel);
    assertThat(instructions.recordedIn()).isEqualTo(recorded);
    for (Operation operation : Operation.values()) {
      assertThat(instructions.count(operation).interval().low()).isPositive();
      assertThat(instructions.count(operation).source()).isNotBlank();
    }
  }

  /// `vmf_insert_pfn_prot` on a BAR took 611, 685, 814 and 772 instructions for about 12 nodes (11
  /// in 7.2), a 16-page TTM fault 11021, 12659, 15738 and 14906 (recordings of whole operations).
  @ParameterizedTest
  @CsvSource({
    "5.10, 12, 611, 11021",
    "6.1, 12, 685, 12659",
    "6.12, 12, 814, 15738",
    "7.2, 11, 772, 14906"
  })
  void partsAddUpToTheWhole(String kernel, int nodes, double insert, double fault) {
    Instructions counts = Instructions.of(kernel);
    double parts =
        best(counts, Operation.PAT_LOOKUP)
            + best(counts, Operation.RESOURCE_WALK)
            + nodes * best(counts, Operation.RESOURCE_NODE_VISIT)
            + best(counts, Operation.MEMTYPE_SEARCH)
            + best(counts, Operation.PTE_DESCENT)
            + best(counts, Operation.PTE_WRITE);
    assertThat(parts / insert).isBetween(0.9, 1.1);
    assertThat((16 * insert + best(counts, Operation.FAULT)) / fault).isBetween(0.95, 1.05);
  }

  /// One more 4 KiB page of `set_pages_array_wb`, more than 33, took 643, 760, 777 and 786.
  @ParameterizedTest
  @CsvSource({"5.10, 643", "6.1, 760", "6.12, 777", "7.2, 786"})
  void aPageOfAnAttributeChange(String kernel, double page) {
    Instructions counts = Instructions.of(kernel);
    double parts =
        counts.count(Operation.CPA_PAGE).interval().low()
            + counts.count(Operation.PAT_LOOKUP).interval().high()
            + counts.count(Operation.RESOURCE_WALK).interval().high()
            + 7 * best(counts, Operation.RESOURCE_NODE_VISIT)
            + best(counts, Operation.RAM_FLAG_OP)
            + best(counts, Operation.KERNEL_PTE_WRITE);
    assertThat(parts / page).isBetween(0.9, 1.1);
  }

  @Test
  void guessesSayThatTheyAre() {
    assertThat(Instructions.of("6.1").count(Operation.IPI_HANDLER).source()).isEqualTo("none");
    assertThat(Instructions.of("6.1").count(Operation.FAULT).source())
        .startsWith("kernel 6.1: recorded");
  }

  private static double best(Instructions counts, Operation operation) {
    return counts.count(operation).interval().best();
  }
}
