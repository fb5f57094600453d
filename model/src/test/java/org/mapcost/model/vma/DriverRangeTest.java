package org.mapcost.model.vma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;

/// Guards the range calls of i915, io_mapping and the DMA layer, and the errors of the calls that
/// insert pages.
class DriverRangeTest {
  private static final VmFlag[] DRIVER = {VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP};

  private final VmaMachine machine = new VmaMachine("6.1");
  private final Ledger ledger = new Ledger();

  @Test
  void i915WritesEntriesWithoutAnyLookUp() {
    Vma vma = machine.shared(600, DRIVER);
    machine.driverRange.remapIoMapping(vma, 0, 256, CacheMode.WC, ledger);
    assertThat(ledger.totals()).containsOnlyKeys("pte_write", "page_table_alloc");
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(256);
    machine.driverRange.remapIoSg(vma, ledger);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(256 + 600);
    assertThat(vma.pageTable().present()).isEqualTo(600);
    assertThatThrownBy(() ->
            machine.driverRange.remapIoSg(
                Vma.shared(1, CacheMode.WC).set(VmFlag.PFNMAP), Meter.NONE))
        .isInstanceOf(KernelBug.class)
        .hasMessage("remap_io_sg: the VMA is not VM_PFNMAP, VM_DONTEXPAND and VM_DONTDUMP");
  }

  @Test
  void ioMappingMapUserWantsItsFlags() {
    Vma plain = Vma.shared(4, CacheMode.WC);
    assertThat(machine.driverRange.ioMappingMapUser(plain, 0, 4, CacheMode.WC, ledger))
        .isEqualTo(Errno.EINVAL);
    Vma cow = new Vma(4, CacheMode.WC, java.util.EnumSet.of(VmFlag.MAYWRITE)).set(DRIVER);
    assertThat(machine.driverRange.ioMappingMapUser(cow, 0, 2, CacheMode.WC, ledger))
        .isEqualTo(Errno.EINVAL);
    assertThat(ledger.totals()).isEmpty();
    Vma vma = machine.shared(4, DRIVER);
    assertThat(machine.driverRange.ioMappingMapUser(vma, 0, 4, CacheMode.WC, ledger)).isZero();
    assertThat(ledger.total(Event.PAT_LOOKUP)).isZero();
    assertThat(vma.has(VmFlag.IO)).isTrue();
    assertThat(vma.pageTable().mode(3)).isEqualTo(CacheMode.WC);
  }

  /// On x86 the wish for write-combining is lost.
  @Test
  void dmaMmapWcIsWriteBack() {
    Vma vma = machine.shared(4);
    assertThat(machine.driverRange.dmaMmapWc(vma, VmaMachine.RAM, 8, 5, ledger))
        .isEqualTo(Errno.ENXIO);
    assertThat(machine.driverRange.dmaMmapWc(vma, VmaMachine.RAM, 8, 4, ledger)).isZero();
    assertThat(vma.pageTable().mode(0)).isEqualTo(CacheMode.WB);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(ledger.total(Event.MEMTYPE_INSERT)).isZero();
  }

  @Test
  void errorsOfInsertedPages() {
    Vma vma = machine.shared(4);
    assertThat(machine.insertion.vmInsertPage(vma, 4, true, ledger)).isEqualTo(Errno.EFAULT);
    assertThat(machine.insertion.vmInsertPage(vma, 0, false, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(machine.insertion.vmInsertPage(vma, 1, true, ledger)).isZero();
    assertThat(machine.insertion.vmInsertPage(vma, 1, true, ledger)).isEqualTo(Errno.EBUSY);
    assertThat(machine.insertion.vmfInsertPage(vma, 1, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(machine.insertion.vmfInsertPage(vma, 9, ledger)).isEqualTo(VmFault.SIGBUS);
    assertThat(machine.insertion.vmInsertPages(vma, 0, 4, ledger)).isEqualTo(Errno.EBUSY);
    assertThat(vma.pageTable().present()).isEqualTo(2);
    assertThat(machine.insertion.vmInsertPages(vma, 2, 3, ledger)).isEqualTo(Errno.EFAULT);
    assertThat(machine.insertion.vmMapPages(vma, 4, 1, ledger)).isEqualTo(Errno.ENXIO);
    assertThat(vma.has(VmFlag.MIXEDMAP)).isTrue();
  }

  @Test
  void eightPagesShareALock() {
    Vma vma = machine.shared(520);
    assertThat(machine.insertion.vmInsertPages(vma, 0, 520, ledger)).isZero();
    assertThat(ledger.taken(Phase.TOUCH, Lock.PTE_LOCK)).isEqualTo(64 + 1);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isZero();
  }

  @Test
  void aWrongVmaForMixedIsABugOnceAndSigbusLater() {
    Vma plain = machine.shared(1);
    assertThatThrownBy(() -> machine.insertion.vmfInsertMixed(plain, 0, VmaMachine.RAM, ledger))
        .isInstanceOf(KernelBug.class);
    VmaMachine newest = new VmaMachine("7.2");
    assertThat(newest.insertion.vmfInsertMixed(newest.shared(1), 0, VmaMachine.RAM, ledger))
        .isEqualTo(VmFault.SIGBUS);
  }

  /// Before 4.9 the mixed call did not ask, and the driver's mode stood.
  @Test
  void mixedBefore49() {
    VmaMachine old = new VmaMachine("4.8");
    Vma vma = old.shared(1, VmFlag.MIXEDMAP);
    old.insertion.vmfInsertMixed(vma, 0, VmaMachine.BAR, ledger);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isZero();
    assertThat(vma.pageTable().mode(0)).isEqualTo(CacheMode.WC);
  }

  @Test
  void aGigabyteEntryIsOneLookUp() {
    long gibibyte = 512L * 512;
    Vma vma = machine.shared(gibibyte, VmFlag.PFNMAP);
    assertThat(machine.insertion.vmfInsertPfnPud(vma, 0, VmaMachine.BAR, ledger))
        .isEqualTo(VmFault.NOPAGE);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(1);
    assertThat(vma.pageTable().kind(gibibyte - 1)).isEqualTo(PteKind.GIGANTIC);
  }

  /// From 6.16 on a VMA has one context at most.
  @Test
  void aSecondReservationOfAVma() {
    VmaMachine newer = new VmaMachine("6.16");
    Vma vma = newer.shared(2);
    assertThat(newer.pfnRange.remap(vma, 0, 2, VmaMachine.BAR, ledger)).isZero();
    assertThat(newer.pfnRange.remap(vma, 0, 2, VmaMachine.BAR, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(newer.memtypes.tree().size()).isEqualTo(1);
  }
}
