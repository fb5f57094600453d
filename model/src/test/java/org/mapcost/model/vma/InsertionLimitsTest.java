package org.mapcost.model.vma;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;

/// Guards where the insertion calls begin and end: ranges, errors, present entries, and one
/// page-table lock for each batch or page-table page.
class InsertionLimitsTest {
  private final VmaMachine machine = new VmaMachine("6.1");
  private final Insertion insertion = machine.insertion;
  private final Ledger ledger = new Ledger();

  private long locks() {
    return ledger.taken(Phase.TOUCH, Lock.PTE_LOCK);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 4})
  void outsideTheVmaNothingIsCharged(long page) {
    Vma vma = machine.shared(4, VmFlag.MIXEDMAP);
    assertThat(insertion.vmfInsertMixed(vma, page, VmaMachine.RAM, ledger))
        .isEqualTo(VmFault.SIGBUS);
    assertThat(insertion.insertPfn(vma, page, CacheMode.WC, ledger)).isEqualTo(VmFault.SIGBUS);
    assertThat(insertion.vmInsertPage(vma, page, true, ledger)).isEqualTo(Errno.EFAULT);
    assertThat(insertion.vmInsertPages(vma, page, 1, ledger)).isEqualTo(Errno.EFAULT);
    assertThat(ledger.totals()).isEmpty();
    assertThat(locks()).isZero();
  }

  @Test
  void theFirstAndTheLastPageAreInside() {
    Vma vma = machine.shared(4, VmFlag.MIXEDMAP);
    assertThat(insertion.insertPfn(vma, 0, CacheMode.WC, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(insertion.vmInsertPage(vma, 3, true, ledger)).isZero();
    assertThat(insertion.vmInsertPage(vma, 3, true, ledger)).isEqualTo(Errno.EBUSY);
    assertThat(insertion.vmInsertPage(vma, 1, false, ledger)).as("not ours").isEqualTo(-22);
    assertThat(locks()).isEqualTo(3);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isEqualTo(1);
  }

  /// Eight entries under one lock, and a new lock where a page-table page begins; START is such a
  /// beginning.
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1",
    "0, 8, 1, 1",
    "0, 9, 2, 1",
    "0, 512, 64, 1",
    "508, 8, 2, 2",
    "500, 24, 4, 2",
    "3, 8, 1, 1"
  })
  void aBatchIsEightEntriesOfOneTable(long first, long pages, long locks, long tables) {
    Vma vma = machine.shared(1024);
    assertThat(insertion.vmInsertPages(vma, first, pages, ledger)).isZero();
    assertThat(locks()).isEqualTo(locks);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(pages);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isEqualTo(tables);
    assertThat(vma.has(VmFlag.MIXEDMAP)).isTrue();
    assertThat(vma.pageTable().mode(first)).isEqualTo(CacheMode.WC);
  }

  @Test
  void aPresentEntryEndsARunAndWhatCameBeforeStays() {
    Vma vma = machine.shared(16);
    insertion.vmInsertPage(vma, 10, true, Meter.NONE);
    assertThat(insertion.vmInsertPages(vma, 0, 16, ledger)).isEqualTo(Errno.EBUSY);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(10);
    assertThat(vma.pageTable().present()).isEqualTo(11);
    assertThat(insertion.vmInsertPages(vma, 1, 16, ledger)).isEqualTo(Errno.EFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 0, 0, 8",
    "9, 1, 0, 8",
    "7, 0, -6, 0",
    "8, 1, -6, 0",
    "8, 8, -6, 0",
    "100, 100, -6, 0"
  })
  void mapPagesWantsABufferThatIsLongEnough(long buffer, long offset, int errno, long present) {
    Vma vma = machine.shared(8);
    assertThat(insertion.vmMapPages(vma, buffer, offset, ledger)).isEqualTo(errno);
    assertThat(vma.pageTable().present()).isEqualTo(present);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(present);
    assertThat(locks()).isEqualTo(present);
  }

  @Test
  void mapPagesEndsAtAPresentEntry() {
    Vma vma = machine.shared(8);
    insertion.vmInsertPage(vma, 5, true, Meter.NONE);
    assertThat(insertion.vmMapPages(vma, 8, 0, ledger)).isEqualTo(Errno.EBUSY);
    assertThat(vma.pageTable().present()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"8, 0, 0, 8", "9, 1, 0, 8", "7, 0, -6, 0", "8, 1, -6, 0", "8, 8, -6, 0"})
  void dmaMmapWcToo(long buffer, long offset, int errno, long present) {
    Vma vma = machine.shared(8);
    assertThat(machine.driverRange.dmaMmapWc(vma, VmaMachine.RAM, buffer, offset, ledger))
        .isEqualTo(errno);
    assertThat(vma.pageTable().present()).isEqualTo(present);
    if (errno == 0) {
      assertThat(vma.pageTable().mode(0)).as("coherent devices").isEqualTo(CacheMode.WB);
    }
  }

  /// The buffer's page that the VMA begins with decides which memory is looked at: a range that
  /// begins in RAM is RAM, one that begins behind it is reserved.
  @Test
  void dmaMmapWcBeginsAtItsOffset() {
    Vma vma = machine.shared(8);
    long below = VmaMachine.BAR - 4 * 4096;
    machine.driverRange.dmaMmapWc(vma, below, 64, 4, ledger);
    assertThat(machine.memtypes.tree().entries().getFirst().start()).isEqualTo(VmaMachine.BAR);
  }

  @Test
  void aLargeEntryTakesTheLockOnceAndAPresentOneStays() {
    Vma vma = machine.shared(1024, VmFlag.PFNMAP);
    insertion.vmfInsertPfnPmd(vma, 0, VmaMachine.BAR, ledger);
    assertThat(insertion.vmfInsertPfnPmd(vma, 0, VmaMachine.BAR, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(locks()).isEqualTo(2);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(1);
    assertThat(vma.pageTable().present()).isEqualTo(512);
  }

  /// A page-table page in the way: the kernel does not replace it by a large entry.
  @Test
  void aPageTableInTheWayMakesALargeEntryFallBack() {
    Vma vma = machine.shared(1536, VmFlag.PFNMAP);
    insertion.vmfInsertPfn(vma, 600, VmaMachine.BAR, Meter.NONE);
    assertThat(insertion.vmfInsertPfnPmd(vma, 512, VmaMachine.BAR, ledger))
        .isEqualTo(VmFault.FALLBACK);
    assertThat(ledger.totals()).as("no look-up before the fallback").isEmpty();
    assertThat(insertion.vmfInsertPfnPmd(vma, 0, VmaMachine.BAR, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(insertion.vmfInsertPfnPmd(vma, 1024, VmaMachine.BAR, ledger))
        .isEqualTo(VmFault.NOPAGE);
  }

  /// `apply_to_page_range` leaves alone what is there; i915's function overwrites it; a remap finds
  /// it a bug. Each takes one lock for a page-table page.
  @Test
  void whatIsThereStaysOrIsOverwritten() {
    Vma vma = machine.shared(1024, VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
    insertion.insertPfn(vma, 511, CacheMode.UC, Meter.NONE);
    insertion.applyToPageRange(vma, 510, 4, CacheMode.WC, ledger);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(3);
    assertThat(locks()).isEqualTo(2);
    assertThat(vma.pageTable().mode(511)).isEqualTo(CacheMode.UC);

    ledger.clear();
    assertThat(machine.driverRange.remapIoMapping(vma, 510, 4, CacheMode.WC, ledger)).isZero();
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(4);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isZero();
    assertThat(locks()).isEqualTo(2);
    assertThat(vma.pageTable().mode(511)).isEqualTo(CacheMode.WC);
    assertThat(vma.pageTable().present()).isEqualTo(4);
  }
}
