package org.mapcost.model.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.pageattr.Attribute;

/// Guards that a buffer that comes from the pool and goes back costs no memory of the model's own,
/// so that simulations of many clients do not measure the garbage collector.
class PoolHitAllocatesNothingTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aHit(PoolKind kind) {
    PagePool pool = kind.create(new PageAllocator(0, 0x8000), new PageModes(), 0x8000);
    Ledger ledger = new Ledger();
    Buffer buffer = new Buffer();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    rounds(pool, buffer, ledger);
    long before = threads.getCurrentThreadAllocatedBytes();
    rounds(pool, buffer, ledger);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(ledger.total(Event.POOL_HIT)).isGreaterThanOrEqualTo(2L * ROUNDS);
    assertThat(allocated).as("bytes of " + ROUNDS + " hits").isLessThan(ROUNDS);
  }

  private static void rounds(PagePool pool, Buffer buffer, Ledger ledger) {
    for (int i = 0; i < ROUNDS; i++) {
      pool.alloc(buffer, Attribute.WC, 23, ledger);
      pool.free(buffer, ledger);
    }
  }
}
