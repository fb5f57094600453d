package org.mapcost.model.vma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.tlb.AddressSpace;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.tlb.Invlpgb;
import org.mapcost.model.tlb.LazyTlb;
import org.mapcost.model.tlb.TlbFlush;

/// Guards what moving, forking, touching and unmapping charge by kind of entry: writes, page-table
/// pages, and the extent of each flush.
class MoveAndForkTest {
  private static final long AWAY = VmaMachine.START + 512 * 1024;

  private final Ledger ledger = new Ledger();

  /// The flushes of a call, by their pages; 0 for a full one.
  private static final class Flushes implements Meter {
    private final List<Long> pages = new ArrayList<>();

    @Override
    public void add(Event event, long count) {}

    @Override
    public void round(FlushRound round) {
      pages.add(round.form() == Form.MM_FULL ? 0L : round.pages());
    }
  }

  private static void neighbour(VmaMachine machine, long start) {
    machine.mm.map(new Vma(machine.mm, start, 1, CacheMode.WB, EnumSet.of(VmFlag.SHARED)));
  }

  /// Entries are moved one by one and flushed with each page-table page, from the first moved page
  /// to the last; then the old page tables go, the last flush of all.
  @Test
  void aMoveFlushesWithEachPageTablePage() {
    VmaMachine machine = new VmaMachine("6.1");
    neighbour(machine, VmaMachine.START - 1);
    neighbour(machine, VmaMachine.START + 3 * 512 - 1);
    Vma vma = machine.shared(1024, VmFlag.PFNMAP);
    for (long page : new long[] {3, 5, 514, 600}) {
      machine.insertion.vmfInsertPfn(vma, page, VmaMachine.BAR, Meter.NONE);
    }
    Flushes flushes = new Flushes();
    machine.mm.remap(vma, AWAY + 7, 1024, flushes);
    assertThat(flushes.pages).as("3..5, 514..600, two tables").containsExactly(3L, 0L, 2L);
    Vma moved = machine.mm.at(AWAY + 7).orElseThrow();
    assertThat(moved.pageTable().present()).isEqualTo(4);
    assertThat(moved.pageTable().isPresent(514)).isTrue();
    assertThat(machine.mm.tables().exists(VmaMachine.START / 512)).isFalse();
    assertThat(machine.mm.tables().exists((AWAY + 7 + 600) / 512)).isTrue();
  }

  @Test
  void aMoveWritesEveryEntryAndTheTablesOfTheNewPlace() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(20, VmFlag.PFNMAP);
    for (long page = 0; page < 20; page++) {
      machine.insertion.vmfInsertPfn(vma, page, VmaMachine.BAR, Meter.NONE);
    }
    machine.mm.remap(vma, AWAY + 502, 20, ledger);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(20);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).as("across a boundary").isEqualTo(2);
  }

  @Test
  void stayingAtItsPlaceAndLengthDoesNothing() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(4, VmFlag.MIXEDMAP);
    assertThat(machine.mm.remap(vma, vma.start(), 4, ledger)).isZero();
    assertThat(machine.mm.vmas()).containsExactly(vma);
    assertThat(ledger.totals()).isEmpty();
  }

  /// Two halves of 2 MiB in two mappings share a page-table page: it goes with the last.
  @Test
  void aSharedPageTablePageGoesWithTheLastMapping() {
    VmaMachine machine = new VmaMachine("6.1");
    neighbour(machine, VmaMachine.START - 1);
    neighbour(machine, VmaMachine.START + 512);
    Vma low = machine.shared(100, VmFlag.PFNMAP);
    Vma high =
        new Vma(
            machine.mm,
            VmaMachine.START + 100,
            412,
            CacheMode.WC,
            EnumSet.of(VmFlag.SHARED, VmFlag.PFNMAP));
    machine.mm.map(high);
    machine.insertion.vmfInsertPfn(low, 99, VmaMachine.BAR, ledger);
    machine.insertion.vmfInsertPfn(high, 0, VmaMachine.BAR, ledger);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isEqualTo(1);
    machine.mm.unmap(high.start(), high.pages(), Meter.NONE);
    assertThat(machine.mm.tables().exists(VmaMachine.START / 512)).isTrue();
    machine.mm.unmap(low.start(), low.pages(), Meter.NONE);
    assertThat(machine.mm.tables().exists(VmaMachine.START / 512)).isFalse();
  }

  /// Large entries are flushed in their own steps.
  @Test
  void largeEntriesAreFlushedInStepsOfTheirSize() {
    VmaMachine machine = new VmaMachine("6.1");
    neighbour(machine, VmaMachine.START - 1);
    neighbour(machine, VmaMachine.START + 512 * 512);
    Vma vma = machine.shared(3 * 512, VmFlag.PFNMAP);
    for (int i = 0; i < 3; i++) {
      machine.insertion.vmfInsertPfnPmd(vma, 512L * i, VmaMachine.BAR, Meter.NONE);
    }
    Flushes flushes = new Flushes();
    machine.mm.unmap(vma.start(), vma.pages(), flushes);
    assertThat(flushes.pages).first().isEqualTo(3L);
  }

  /// Copied and ordinary pages count against what a gather holds; raw ones do not.
  @ParameterizedTest
  @ValueSource(longs = {9697, 9698, 9699})
  void copiesFillAGatherToo(long pages) {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.writablePrivate(pages, VmFlag.MIXEDMAP);
    for (long page = 0; page < pages; page++) {
      vma.pageTable().setCopy(page, Meter.NONE);
    }
    Flushes flushes = new Flushes();
    machine.mm.unmap(vma.start(), pages, flushes);
    long full = flushes.pages.stream().filter(each -> each == 0).count();
    assertThat(full).isEqualTo(1);
    assertThat(flushes.pages.stream().filter(each -> each == 1).count())
        .as("what comes behind a full gather")
        .isEqualTo(pages > 9698 ? 1 : 0);
  }

  /// A written page that others may hold is flushed before the lock of its page-table page is
  /// dropped; a clean one waits.
  @ParameterizedTest
  @CsvSource({"true, 2", "false, 1"})
  void dirtyPagesAreFlushedWithTheirPageTablePage(boolean written, int rounds) {
    VmaMachine machine = new VmaMachine("6.1");
    neighbour(machine, VmaMachine.START - 1);
    neighbour(machine, VmaMachine.START + 1024);
    Vma vma = machine.shared(1024);
    for (long page : new long[] {0, 700}) {
      if (written && page == 0) {
        machine.faults.write(vma, page, any -> VmFault.PAGE, Meter.NONE);
      } else {
        machine.faults.read(vma, page, any -> VmFault.PAGE, Meter.NONE);
      }
    }
    Gather gather =
        new Gather(
            new TlbFlush(
                Cpus.running(1), FlushRound.Order.CONCURRENT, LazyTlb.SKIPPED, Invlpgb.NONE),
            AddressSpace.OF_THE_CALLER,
            ledger);
    gather.zap(vma);
    gather.flush();
    assertThat(ledger.total(Event.TLB_ROUND_FULL) + ledger.total(Event.TLB_ROUND_RANGED))
        .isEqualTo(rounds);
  }

  /// Raw and ordinary entries are written once in the child; the process's own copies in both,
  /// since they become read-only; large ones once.
  @Test
  void forkWritesByKindOfEntry() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.writablePrivate(4, VmFlag.MIXEDMAP);
    machine.insertion.insertPfn(vma, 0, CacheMode.WC, Meter.NONE);
    machine.insertion.vmInsertPage(vma, 1, true, Meter.NONE);
    machine.insertion.insertPfn(vma, 2, CacheMode.WC, Meter.NONE);
    machine.faults.write(vma, 2, page -> VmFault.NOPAGE, Meter.NONE);
    Mm child = machine.mm.fork(ledger).child().orElseThrow();
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(1 + 1 + 2);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isEqualTo(1);
    assertThat(child.at(vma.start()).orElseThrow().pageTable().present()).isEqualTo(3);
  }

  /// The copies of a private anonymous-like mapping are copied though its other pages are not.
  @Test
  void forkCopiesTheProcessOwnPagesOfAnyMapping() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.writablePrivate(600);
    machine.faults.write(vma, 599, page -> VmFault.PAGE, Meter.NONE);
    machine.mm.fork(ledger);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(2);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isEqualTo(1);
  }

  @Test
  void forkWritesALargeEntryOnce() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(1024, VmFlag.PFNMAP);
    machine.insertion.vmfInsertPfnPmd(vma, 0, VmaMachine.BAR, Meter.NONE);
    machine.insertion.vmfInsertPfnPmd(vma, 512, VmaMachine.BAR, Meter.NONE);
    machine.mm.fork(ledger);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(2);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isZero();
  }

  /// A write to a private mapping before any read is one fault whose page is copied at once; after
  /// a read it is a second fault, and the old entry is flushed while its lock is held.
  @Test
  void aWriteToAPrivateMapping() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.writablePrivate(2);
    machine.faults.write(vma, 0, page -> VmFault.PAGE, ledger);
    assertThat(ledger.totals())
        .containsEntry("fault", 1L)
        .containsEntry("page_alloc", 1L)
        .containsEntry("page_copy", 1L)
        .containsEntry("pte_write", 1L)
        .doesNotContainKey("tlb_round_ranged");
    assertThat(ledger.taken(Phase.TOUCH, Lock.PTE_LOCK)).isEqualTo(1);
    assertThat(vma.pageTable().kind(0)).isEqualTo(PteKind.COPY);

    ledger.clear();
    machine.faults.read(vma, 1, page -> VmFault.PAGE, ledger);
    assertThat(ledger.taken(Phase.TOUCH, Lock.PTE_LOCK)).isEqualTo(1);
    assertThat(machine.faults.write(vma, 1, page -> VmFault.SIGBUS, ledger))
        .isEqualTo(VmFault.NOPAGE);
    assertThat(ledger.total(Event.FAULT)).isEqualTo(2);
    assertThat(ledger.total(Event.TLB_ROUND_RANGED)).isEqualTo(1);
    assertThat(ledger.taken(Phase.TOUCH, Lock.PTE_LOCK)).isEqualTo(2);
    assertThat(vma.pageTable().present()).isEqualTo(2);
  }

  @Test
  void aHandlerThatMapsNothingIsSigbus() {
    VmaMachine machine = new VmaMachine("6.1");
    Vma vma = machine.shared(2);
    assertThat(machine.faults.read(vma, 0, page -> VmFault.NOPAGE, ledger))
        .isEqualTo(VmFault.SIGBUS);
    assertThat(machine.faults.write(vma, 0, page -> VmFault.SIGBUS, ledger))
        .isEqualTo(VmFault.SIGBUS);
    assertThat(machine.faults.read(vma, 1, page -> VmFault.PAGE, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(machine.faults.read(vma, 1, page -> VmFault.SIGBUS, ledger))
        .as("a present page asks nobody")
        .isEqualTo(VmFault.NOPAGE);
    assertThat(ledger.total(Event.FAULT)).isEqualTo(3);
  }
}
