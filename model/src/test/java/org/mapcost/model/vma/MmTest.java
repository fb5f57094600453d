package org.mapcost.model.vma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;

/// Guards what `munmap`, fork and `mremap` do to raw mappings and their reservations, with the
/// behaviours that the kernel's own test of such mappings (selftests/mm/pfnmap) asks for.
class MmTest {
  private static final long AWAY = VmaMachine.START + 512 * 1024;

  private final Ledger ledger = new Ledger();

  /// A raw mapping of two pages of the BAR.
  private static Vma rawPages(VmaMachine machine, long pages) {
    Vma vma = machine.shared(pages);
    assertThat(machine.pfnRange.remap(vma, 0, pages, VmaMachine.BAR, Meter.NONE)).isZero();
    return vma;
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.10", "6.1", "6.16", "7.2"})
  void rawPagesCannotBeAdvisedAway(String kernel) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma raw = rawPages(machine, 2);
    assertThat(machine.mm.madviseDontNeed(raw, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(raw.pageTable().present()).isEqualTo(2);
    assertThat(ledger.totals()).isEmpty();
  }

  @Test
  void pagesWithAStructPageCan() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(8);
    machine.insertion.vmInsertPages(vma, 0, 8, ledger);
    ledger.clear();
    assertThat(machine.mm.madviseDontNeed(vma, ledger)).isZero();
    assertThat(vma.pageTable().present()).isZero();
    assertThat(ledger.totals()).containsOnlyKeys("tlb_round_ranged", "tlb_invalidate_page");
    assertThat(ledger.total(Event.TLB_INVALIDATE_PAGE)).isEqualTo(8);
  }

  /// The regression that led to the rework of 6.16: the first page is unmapped and mapped again
  /// while the second still is.
  @ParameterizedTest
  @CsvSource({"5.10, 2", "6.1, 2", "6.16, 0", "7.2, 0"})
  void aPageCanBeUnmappedAndMappedAgain(String kernel, int walksOfThePartialUnmap) {
    VmaMachine machine = new VmaMachine(kernel);
    rawPages(machine, 2);
    machine.mm.unmap(VmaMachine.START, 1, ledger);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(walksOfThePartialUnmap);
    assertThat(machine.mm.vmas()).hasSize(1);
    Vma again = rawPages(machine, 1);
    assertThat(again.pageTable().mode(0)).isEqualTo(CacheMode.WC);
    machine.mm.unmap(VmaMachine.START, 2, ledger);
    assertThat(machine.mm.vmas()).isEmpty();
    // [0, 2) fails for page 0 and is cut to [0, 1) for page 1; the second mapping's own [0, 1)
    // goes.
    int left = kernel.startsWith("5") || kernel.equals("6.1") ? 1 : 0;
    assertThat(machine.memtypes.tree().size()).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.10", "6.1", "6.16", "7.2"})
  void aRawMappingMovesWithItsReservation(String kernel) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma raw = rawPages(machine, 2);
    assertThat(machine.mm.remap(raw, AWAY, 2, ledger)).isZero();
    assertThat(ledger.total(Event.RESOURCE_WALK)).isZero();
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(2);
    Vma moved = machine.mm.at(AWAY).orElseThrow();
    assertThat(machine.mm.at(VmaMachine.START)).isEmpty();
    assertThat(moved.pageTable().mode(1)).isEqualTo(CacheMode.WC);
    assertThat(machine.memtypes.tree().size()).isEqualTo(1);
    machine.mm.unmap(AWAY, 2, ledger);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(machine.memtypes.tree().size()).isZero();
  }

  /// Up to 6.15 the reservation is cut to what is left; later it stays whole until the last unmap.
  @ParameterizedTest
  @CsvSource({"5.10, 3, 1", "6.1, 3, 1", "6.16, 4, 0", "7.2, 4, 0"})
  void aRawMappingShrinks(String kernel, long pagesReserved, int cut) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma raw = rawPages(machine, 4);
    assertThat(machine.mm.remap(raw, raw.start(), 3, ledger)).isZero();
    assertThat(ledger.total(Event.MEMTYPE_REMOVE)).isEqualTo(cut);
    assertThat(machine.memtypes.tree().entries().getFirst().end())
        .isEqualTo(VmaMachine.BAR + pagesReserved * 4096);
    machine.mm.unmap(VmaMachine.START, 3, ledger);
    assertThat(machine.memtypes.tree().size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.10", "6.1", "6.16", "7.2"})
  void aRawMappingDoesNotGrow(String kernel) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma raw = rawPages(machine, 2);
    assertThat(machine.mm.remap(raw, raw.start(), 3, ledger)).isEqualTo(Errno.EFAULT);
    assertThat(machine.mm.vmas()).containsExactly(raw);
    assertThat(ledger.totals()).isEmpty();
  }

  @Test
  void aMixedMappingWithoutDontexpandGrows() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma mixed = machine.shared(2, VmFlag.MIXEDMAP);
    machine.insertion.vmfInsertMixed(mixed, 1, VmaMachine.RAM, ledger);
    assertThat(machine.mm.remap(mixed, mixed.start(), 4, ledger)).isZero();
    Vma grown = machine.mm.at(VmaMachine.START).orElseThrow();
    assertThat(grown.pages()).isEqualTo(4);
    assertThat(grown.pageTable().present()).isEqualTo(1);
  }

  /// A child sees both pages; up to 6.15 it owns a reservation of its own.
  @ParameterizedTest
  @CsvSource({"5.10, 2, 2", "6.1, 2, 2", "6.16, 0, 1", "7.2, 0, 1"})
  void aChildSeesThePages(String kernel, int walks, int reservations) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma raw = rawPages(machine, 2);
    Mm.Fork fork = machine.mm.fork(ledger);
    assertThat(fork.errno()).isZero();
    Mm child = fork.child().orElseThrow();
    assertThat(child.at(raw.start() + 1).orElseThrow().pageTable().present()).isEqualTo(2);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(walks);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(1);
    assertThat(machine.memtypes.tree().size()).isEqualTo(reservations);
    machine.mm.unmap(raw.start(), 2, Meter.NONE);
    assertThat(machine.memtypes.tree().size()).isEqualTo(1);
    Ledger exit = new Ledger();
    child.exit(exit);
    assertThat(exit.total(Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(machine.memtypes.tree().size()).isZero();
  }

  /// Recorded: where the first page was copied by a write, fork cannot tell the range any more.
  /// 5.10 then also gives up the parent's reservation.
  @ParameterizedTest
  @CsvSource({"5.10, 2, 0", "6.1, 0, 1"})
  void forkOfAWrittenPrivateMappingFails(String kernel, int walks, int reservations) {
    VmaMachine machine = new VmaMachine(kernel);
    Vma raw = machine.writablePrivate(2);
    machine.pfnRange.remap(raw, 0, 2, VmaMachine.BAR, ledger);
    machine.faults.write(raw, 0, page -> VmFault.SIGBUS, ledger);
    ledger.clear();
    assertThat(machine.mm.fork(ledger).errno()).isEqualTo(Errno.EINVAL);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(walks);
    assertThat(machine.memtypes.tree().size()).isEqualTo(reservations);
  }

  /// Pages that faults can bring back are not copied by fork.
  @Test
  void ordinaryPagesAreLeftToTheChildsFaults() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(2);
    machine.faults.read(vma, 0, page -> VmFault.PAGE, ledger);
    Mm child = machine.mm.fork(ledger).child().orElseThrow();
    assertThat(child.at(vma.start()).orElseThrow().pageTable().present()).isZero();
  }

  @Test
  void mappingsDoNotOverlap() {
    VmaMachine machine = new VmaMachine("6.1");
    machine.shared(4);
    assertThatThrownBy(() -> machine.shared(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pages 2097152 to 2097152 are mapped already");
  }

  /// Page tables go with the last mapping over their 2 MiB, in steps of 2 MiB; 34 of them still
  /// count as a range, since the last is named by its first page only.
  @ParameterizedTest
  @CsvSource({"1, 1, 0", "33, 33, 0", "34, 34, 0", "35, 0, 1"})
  void freedPageTablesAreFlushedInSteps(int tables, long steps, long full) {
    VmaMachine machine = new VmaMachine("6.16");
    machine.mm.map(new Vma(machine.mm, VmaMachine.START - 1, 1, CacheMode.WB, machineFlags()));
    machine.mm.map(
        new Vma(machine.mm, VmaMachine.START + 512 * 100, 1, CacheMode.WB, machineFlags()));
    Vma vma = machine.shared(512L * tables);
    for (int i = 0; i < tables; i++) {
      vma.set(VmFlag.PFNMAP);
      machine.insertion.vmfInsertPfn(vma, 512L * i, VmaMachine.BAR, ledger);
    }
    ledger.clear();
    machine.mm.unmap(vma.start(), vma.pages(), ledger);
    long ofPages = tables == 1 ? 0 : 1;
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(full + ofPages);
    assertThat(ledger.total(Event.TLB_INVALIDATE_PAGE)).isEqualTo(steps + (1 - ofPages));
  }

  private static java.util.Set<VmFlag> machineFlags() {
    return java.util.EnumSet.of(VmFlag.SHARED);
  }

  /// Where pages have struct pages, one gather holds 9698 of them.
  @Test
  void aGatherThatIsFullFlushesEarly() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(Gather.BATCHED_PAGES + 1L);
    machine.insertion.vmInsertPages(vma, 0, vma.pages(), ledger);
    ledger.clear();
    machine.mm.unmap(vma.start(), vma.pages(), ledger);
    assertThat(ledger.total(Event.TLB_ROUND_FULL)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(1);
  }
}
