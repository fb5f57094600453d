package org.mapcost.model.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Phase;

/// Guards what each way of flushing caches charges, and to how many CPUs.
class CacheFlushTest {
  private final Ledger ledger = new Ledger();

  @Test
  void aPageHasSixtyFourLinesAndTheirStateIsKept() {
    CacheFlush.clflushPages(3, LineState.AS_FOUND, ledger);
    CacheFlush.clflushPages(2, LineState.FLUSHED_BEFORE, ledger);
    CacheFlush.clflushPages(0, LineState.AS_FOUND, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("clflush_line", 320L));
    assertThat(ledger.lines(Phase.TOUCH, LineState.AS_FOUND)).isEqualTo(192);
    assertThat(ledger.lines(Phase.TOUCH, LineState.FLUSHED_BEFORE)).isEqualTo(128);
  }

  @Test
  void everyCpuWritesBackAndAllButTheCallerAreInterrupted() {
    CacheFlush.wbinvdOnAllCpus(128, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("wbinvd", 128L, "ipi", 127L));
  }

  @Test
  void aloneNobodyIsInterrupted() {
    CacheFlush.wbnoinvdOnAllCpus(1, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("wbnoinvd", 1L));
  }

  @Test
  void insideAHandlerNoInterruptIsAdded() {
    CacheFlush.wbinvdInHandler(8, ledger);
    assertThat(ledger.totals()).isEqualTo(Map.of("wbinvd", 8L));
  }
}
