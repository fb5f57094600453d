package org.mapcost.benchmarks.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mapcost.benchmarks.witness.Interrupts.Row;

/// Guards that nothing counts as exercised unless a counter says so.
class VerdictTest {
  @Test
  void interruptsThatCameExercise() {
    Verdict verdict = Verdict.ofInterrupts(Row.TLB, OptionalLong.of(1990), 1000, 2);
    assertThat(verdict.exercised()).isTrue();
    assertThat(verdict)
        .hasToString(
            "exercised: row TLB rose by 1990 in 1000 operations, where 2000 were expected");
  }

  @Test
  void interruptsThatDidNotComeRefute() {
    Verdict verdict = Verdict.ofInterrupts(Row.CAL, OptionalLong.of(400), 1000, 1);
    assertThat(verdict.refuted()).isTrue();
    assertThat(verdict.toString()).startsWith("not exercised: row CAL rose by 400");
    assertThat(Verdict.ofInterrupts(Row.TLB, OptionalLong.of(0), 0, 1).refuted()).isTrue();
  }

  @Test
  void peersThatAreParkedRefuteWhateverTheCounterSays() {
    Verdict verdict = Verdict.ofInterrupts(Row.TLB, OptionalLong.of(70), 50, 0);
    assertThat(verdict.refuted()).isTrue();
    assertThat(verdict.reason())
        .isEqualTo("row TLB rose by 70 in 50 operations, and no other CPU was to be interrupted");
  }

  @Test
  void withoutACounterNothingIsKnown() {
    Verdict verdict = Verdict.ofInterrupts(Row.TLB, OptionalLong.empty(), 1000, 1);
    assertThat(verdict.exercised()).isFalse();
    assertThat(verdict.refuted()).isFalse();
    assertThat(verdict)
        .hasToString("not known to be exercised: /proc/interrupts shows no row TLB on this host");
    assertThat(Verdict.ofFaults(OptionalLong.empty(), 1, 1).exercised()).isFalse();
  }

  @Test
  void faults() {
    assertThat(Verdict.ofFaults(OptionalLong.of(100), 10, 10).exercised()).isTrue();
    assertThat(Verdict.ofFaults(OptionalLong.of(3), 10, 10))
        .hasToString("not exercised: 3 faults in 10 operations, where 100 were expected");
  }
}
