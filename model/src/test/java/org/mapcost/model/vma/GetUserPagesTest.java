package org.mapcost.model.vma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.GetUserPages.Answer;
import org.mapcost.model.vma.GetUserPages.Call;

/// Guards who gets a struct page out of a user mapping and who does not.
class GetUserPagesTest {
  /// As i915's and xe's tests of userptr ask: a mapping of the device's memory, or any page of it,
  /// cannot become a buffer again.
  @ParameterizedTest
  @EnumSource(Call.class)
  void noPageOfADeviceMappingIsAUserPointer(Call call) {
    for (String kernel : new String[] {"5.10", "6.1", "6.16", "7.2"}) {
      VmaMachine machine = new VmaMachine(kernel);
      Vma vma = machine.shared(8, VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP);
      machine.driverRange.remapIoMapping(vma, 0, 8, CacheMode.WC, Meter.NONE);
      for (long page = 0; page < 8; page++) {
        assertThat(machine.getUserPages.of(call, vma, page)).isEqualTo(Answer.EFAULT);
      }
    }
  }

  /// The walk without a lock sees only the entry: after a copy on write it takes the copy even in a
  /// mapping that keeps the others out.
  @Test
  void aCopyIsOpenToTheFastWalkOnly() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.writablePrivate(2);
    machine.pfnRange.remap(vma, 0, 2, VmaMachine.RAM, Meter.NONE);
    machine.faults.write(vma, 1, page -> VmFault.SIGBUS, Meter.NONE);
    assertThat(machine.getUserPages.of(Call.GET_FAST, vma, 0)).isEqualTo(Answer.EFAULT);
    assertThat(machine.getUserPages.of(Call.GET_FAST, vma, 1)).isEqualTo(Answer.COPY);
    assertThat(machine.getUserPages.of(Call.PIN, vma, 1)).isEqualTo(Answer.EFAULT);
  }

  /// 5.10 pins nothing and says it did.
  @ParameterizedTest
  @CsvSource({
    "5.10, GET_FAST, EFAULT",
    "5.10, PIN_FAST, NO_PAGE",
    "5.10, PIN, NO_PAGE",
    "6.1, GET_FAST, EEXIST",
    "6.1, PIN, EEXIST",
    "7.2, PIN_FAST, EEXIST"
  })
  void aSpecialEntryThatNoFlagProtects(String kernel, Call call, Answer answer) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma vma = machine.shared(1, VmFlag.MIXEDMAP);
    machine.insertion.vmfInsertMixed(vma, 0, VmaMachine.RAM, Meter.NONE);
    assertThat(machine.getUserPages.of(call, vma, 0)).isEqualTo(answer);
    vma.set(VmFlag.IO);
    assertThat(machine.getUserPages.of(call, vma, 0)).isEqualTo(Answer.EFAULT);
  }

  /// Why TTM gave up huge entries: nothing marks them, and the fast walk believes them to be pages.
  @ParameterizedTest
  @CsvSource({"5.10, PAGE", "6.1, PAGE", "6.12, EFAULT", "7.2, EFAULT"})
  void aHugeRawEntryIsMarkedOnlyLater(String kernel, Answer answer) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma vma = machine.shared(512, VmFlag.PFNMAP);
    assertThat(machine.insertion.vmfInsertPfnPmd(vma, 0, VmaMachine.BAR, Meter.NONE))
        .isEqualTo(VmFault.NOPAGE);
    assertThat(machine.getUserPages.of(Call.GET_FAST, vma, 17)).isEqualTo(answer);
    assertThat(machine.getUserPages.of(Call.GET, vma, 17)).isEqualTo(Answer.EFAULT);
  }

  @Test
  void withoutAnEntryThereIsNothingToAnswer() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(1);
    assertThatThrownBy(() -> machine.getUserPages.of(Call.GET, vma, 0))
        .hasMessage("no entry; a fault would come first");
  }

  /// A first write to a private mapping whose handler inserts by itself faults twice: the page for
  /// the copy is taken first and dropped again, then the read-only entry faults.
  @Test
  void aFirstWriteToAPrivateMapping() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma mixed = machine.writablePrivate(1, VmFlag.MIXEDMAP);
    Ledger ledger = new Ledger();
    machine.faults.write(
        mixed,
        0,
        page -> machine.insertion.vmfInsertMixed(mixed, page, VmaMachine.RAM, ledger),
        ledger);
    assertThat(ledger.total(Event.FAULT)).isEqualTo(2);
    assertThat(ledger.total(Event.PAGE_ALLOC)).isEqualTo(2);
    assertThat(ledger.total(Event.PAGE_COPY)).isEqualTo(1);
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(1);
    assertThat(mixed.pageTable().kind(0)).isEqualTo(PteKind.COPY);
  }

  /// Where the handler returns the page, one fault makes the copy, and no entry was there to flush.
  @Test
  void aFirstWriteWhereTheHandlerReturnsThePage() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.writablePrivate(1);
    Ledger ledger = new Ledger();
    machine.faults.write(vma, 0, page -> VmFault.PAGE, ledger);
    assertThat(ledger.totals())
        .containsOnlyKeys("fault", "page_alloc", "page_copy", "pte_write", "page_table_alloc");
    assertThat(ledger.total(Event.FAULT)).isEqualTo(1);
  }
}
