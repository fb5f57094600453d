package org.mapcost.benchmarks.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.benchmarks.witness.Interrupts.Row;

/// Guards that the rows are summed over CPUs, and that a missing row is absent and not zero.
class InterruptsTest {
  @TempDir Path dir;

  @Test
  void rowsAreSumsOverCpus() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("interrupts"),
            """
                       CPU0       CPU1
             24:          1          0  IO-APIC   5-edge      ACPI:Ged
            RES:     450812     392441   Rescheduling interrupts
            CAL:     216945     179663   Function call interrupts
            TLB:      48380      48115   TLB shootdowns
            """);
    Interrupts now = Interrupts.read(file);
    assertThat(now.tlb()).hasValue(96495);
    assertThat(now.calls()).hasValue(396608);
    Interrupts before = new Interrupts(OptionalLong.of(96000), OptionalLong.empty());
    assertThat(now.since(before, Row.TLB)).hasValue(495);
    assertThat(now.since(before, Row.CAL)).isEmpty();
  }

  @Test
  void aRowWithoutNumbersOrAFileThatIsNotThereIsUnknown() throws IOException {
    Path odd = Files.writeString(dir.resolve("odd"), "TLB:   shootdowns\nCALX: 1 2\n");
    assertThat(Interrupts.read(odd)).isEqualTo(Interrupts.UNKNOWN);
    assertThat(Interrupts.read(dir.resolve("none"))).isEqualTo(Interrupts.UNKNOWN);
  }
}
