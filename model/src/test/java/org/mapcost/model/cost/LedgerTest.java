package org.mapcost.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;

/// Guards that counts are kept per phase and add up, and that a flush is counted as one round on
/// its CPUs.
class LedgerTest {
  @Test
  void phasesAddUp() {
    Ledger ledger = new Ledger();
    ledger.add(Event.FAULT, 3);
    ledger.enter(Phase.UNMAP);
    ledger.add(Event.FAULT);
    assertThat(ledger.counts(Phase.TOUCH)).isEqualTo(Map.of("fault", 3L));
    assertThat(ledger.counts(Phase.UNMAP)).isEqualTo(Map.of("fault", 1L));
    assertThat(ledger.counts(Phase.LOAD)).isEmpty();
    assertThat(ledger.totals()).isEqualTo(Map.of("fault", 4L));
    assertThat(ledger.phases()).hasSize(Phase.values().length);
    assertThatThrownBy(() -> ledger.add(Event.FAULT, -1))
        .hasMessage("a count only grows: -1 fault");
  }

  @Test
  void aRoundCountsEachCpusOwnWork() {
    Ledger ledger = new Ledger();
    FlushRound pages = new FlushRound(Form.KERNEL_PAGE, 33, true, 2, 1, 0, Order.CONCURRENT);
    ledger.round(pages);
    ledger.round(pages);
    ledger.round(new FlushRound(Form.GLOBAL, 0, true, 3, 0, 0, Order.CONCURRENT));
    ledger.round(new FlushRound(Form.MM_FULL, 0, false, 1, 0, 0, Order.SEQUENTIAL));
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2);
    assertThat(ledger.total(Event.IPI)).isEqualTo(2 * 3 + 3 + 1);
    assertThat(ledger.total(Event.TLB_INVALIDATE_PAGE)).isEqualTo(2 * 33 * 4);
    assertThat(ledger.total(Event.TLB_INVALIDATE_GLOBAL)).isEqualTo(4);
    assertThat(ledger.total(Event.TLB_INVALIDATE_FULL)).isEqualTo(1);
    assertThat(ledger.rounds(Phase.TOUCH)).containsEntry(pages, 2L).hasSize(3);
  }

  @Test
  void roundsThatNoKernelMakes() {
    assertThatThrownBy(() -> new FlushRound(Form.MM_PAGE, 0, true, 0, 0, 0, Order.CONCURRENT))
        .hasMessage("a ranged flush names at least one page");
    assertThatThrownBy(() -> new FlushRound(Form.INVLPGB, 1, true, 1, 0, 0, Order.CONCURRENT))
        .hasMessage("INVLPGB interrupts no CPU");
    assertThatThrownBy(() -> new FlushRound(Form.GLOBAL, 0, true, -1, 0, 0, Order.CONCURRENT))
        .hasMessage("a flush round has no negative pages or CPUs");
  }

  @Test
  void linesAndLocksAreKeptAndCleared() {
    Ledger ledger = new Ledger();
    ledger.flushLines(LineState.AS_FOUND, 64);
    ledger.flushLines(LineState.FLUSHED_BEFORE, 128);
    ledger.enter(Lock.CPA_LOCK);
    ledger.leave(Lock.CPA_LOCK);
    assertThat(ledger.total(Event.CLFLUSH_LINE)).isEqualTo(192);
    assertThat(ledger.lines(Phase.TOUCH, LineState.FLUSHED_BEFORE)).isEqualTo(128);
    assertThat(ledger.taken(Phase.TOUCH, Lock.CPA_LOCK)).isEqualTo(1);
    ledger.clear();
    assertThat(ledger.totals()).isEmpty();
    assertThat(ledger.taken(Phase.TOUCH, Lock.CPA_LOCK)).isZero();
    assertThat(ledger.lines(Phase.TOUCH, LineState.AS_FOUND)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void eventsFormATree(Event event) {
    assertThat(Event.ofKey(event.key())).isEqualTo(event);
    assertThat(event.parents()).doesNotContain(event);
    event.parents().forEach(parent -> assertThat(parent.parents()).doesNotContain(event));
  }
}
