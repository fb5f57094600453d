package org.mapcost.model.vma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.ProcIomem;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.iomem.ResourceWalk;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pat.MemtypeErase;
import org.mapcost.model.pat.MemtypeTree;
import org.mapcost.model.pat.Memtypes;

/// Guards what each insertion call looks up, writes and refuses, as the kernel does.
class InsertionTest {
  private static final long BAR = 0x80000000L;
  private static final long RAM = 0x200000L;

  private static final ResourceTree TREE =
      ProcIomem.parse(
              "tree",
              """
              00000000-00000fff : Reserved
              00001000-0009ffff : System RAM
              00100000-7fffffff : System RAM
              80000000-febfffff : PCI Bus 0000:00
                80000000-8fffffff : 0000:00:02.0
              """)
          .tree();

  private final Ledger ledger = new Ledger();
  private Memtypes memtypes = memtypes();
  private Insertion insertion = new Insertion(memtypes, VmaRules.OF_5_10);
  private PfnRange pfnRange = new PfnRange(memtypes, VmaRules.OF_5_10);

  @BeforeEach
  void freshMachine() {
    memtypes = memtypes();
    insertion = new Insertion(memtypes, VmaRules.OF_5_10);
    pfnRange = new PfnRange(memtypes, VmaRules.OF_5_10);
    ledger.clear();
  }

  private static Memtypes memtypes() {
    return new Memtypes(TREE, ResourceWalk.W3, new MemtypeTree(), MemtypeErase.EXACT_OR_SHRINK);
  }

  @Test
  void anUnreservedBarIsUncachedMinusWhateverWasAsked() {
    Vma vma = Vma.shared(4, CacheMode.WC).set(VmFlag.PFNMAP);
    assertThat(insertion.vmfInsertPfn(vma, 0, BAR, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(vma.pageTable().mode(0)).isEqualTo(CacheMode.UC_MINUS);
    memtypes.reserveIo(BAR, BAR + 0x10000000L, CacheMode.WC, ledger);
    insertion.vmfInsertPfn(vma, 1, BAR + 4096, ledger);
    assertThat(vma.pageTable().mode(1)).isEqualTo(CacheMode.WC);
    assertThat(vma.pageTable().kind(1)).isEqualTo(PteKind.SPECIAL);
  }

  @Test
  void aMappedPagePaysTheLookUpAgainAndStays() {
    Vma vma = Vma.shared(4, CacheMode.WC).set(VmFlag.PFNMAP);
    insertion.vmfInsertPfn(vma, 2, BAR, ledger);
    assertThat(insertion.vmfInsertPfn(vma, 2, BAR, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(2);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(ledger.total(Event.MEMTYPE_SEARCH)).isEqualTo(2);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(1);
    assertThat(ledger.total(Event.PAGE_TABLE_ALLOC)).isEqualTo(1);
    assertThat(ledger.taken(Phase.TOUCH, Lock.PTE_LOCK)).isEqualTo(2);
  }

  @Test
  void mixedLooksUpTooAndPageDoesNot() {
    Vma mixed = Vma.shared(4, CacheMode.WC).set(VmFlag.MIXEDMAP);
    insertion.vmfInsertMixed(mixed, 0, RAM, ledger);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(ledger.total(Event.RAM_FLAG_OP)).isEqualTo(1);
    assertThat(mixed.pageTable().mode(0)).isEqualTo(CacheMode.WB);
    insertion.vmfInsertPage(mixed, 1, ledger);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(mixed.pageTable().mode(1)).isEqualTo(CacheMode.WC);
    assertThat(mixed.pageTable().kind(1)).isEqualTo(PteKind.NORMAL);
  }

  @Test
  void bugs() {
    Vma plain = Vma.shared(1, CacheMode.WC);
    assertThatThrownBy(() -> insertion.vmfInsertPfn(plain, 0, BAR, ledger))
        .isInstanceOf(KernelBug.class)
        .hasMessage("vmf_insert_pfn: the VMA is neither VM_PFNMAP nor VM_MIXEDMAP, or both");
    Vma cow = new Vma(1, CacheMode.WC, EnumSet.of(VmFlag.MAYWRITE, VmFlag.PFNMAP));
    assertThatThrownBy(() -> insertion.vmfInsertPfn(cow, 0, BAR, ledger))
        .hasMessage("vmf_insert_pfn: a copy-on-write mapping is VM_PFNMAP");
    assertThatThrownBy(() -> insertion.vmfInsertMixed(cow, 0, BAR, ledger))
        .hasMessage("vmf_insert_mixed: the VMA is not VM_MIXEDMAP");
    assertThatThrownBy(() -> insertion.vmfInsertPage(cow, 0, ledger))
        .hasMessage("vm_insert_page: the VMA is VM_PFNMAP");
    assertThatThrownBy(() -> new Vma(0, CacheMode.WC, EnumSet.of(VmFlag.SHARED)))
        .hasMessage("a VMA has at least one page, not 0");
    assertThat(ledger.totals()).isEmpty();
  }

  @Test
  void outsideTheVmaIsSigbus() {
    Vma vma = Vma.shared(4, CacheMode.WC).set(VmFlag.PFNMAP);
    assertThat(insertion.vmfInsertPfn(vma, 4, BAR, ledger)).isEqualTo(VmFault.SIGBUS);
    assertThat(ledger.totals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "512, 1", "513, 2", "16384, 32"})
  void applyToPageRangeWritesEntriesAndNothingElse(long pages, long tables) {
    Vma vma = Vma.shared(pages, CacheMode.WC);
    insertion.applyToPageRange(vma, 0, pages, CacheMode.WC, ledger);
    assertThat(ledger.totals())
        .containsOnlyKeys("pte_write", "page_table_alloc")
        .containsEntry("pte_write", pages)
        .containsEntry("page_table_alloc", tables);
    assertThat(ledger.taken(Phase.TOUCH, Lock.PTE_LOCK)).isEqualTo(tables);
    assertThat(vma.pageTable().present()).isEqualTo(pages);
  }

  @Test
  void aHugeEntryIsOneLookUpAndNeedsAlignment() {
    Vma vma = Vma.shared(1024, CacheMode.WC).set(VmFlag.PFNMAP);
    assertThat(insertion.vmfInsertPfnPmd(vma, 512, BAR, ledger)).isEqualTo(VmFault.NOPAGE);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(1);
    assertThat(vma.pageTable().present()).isEqualTo(512);
    assertThat(vma.pageTable().kind(1023)).isEqualTo(PteKind.HUGE);
    assertThat(insertion.vmfInsertPfnPmd(vma, 1, BAR, ledger)).isEqualTo(VmFault.FALLBACK);
    assertThat(insertion.vmfInsertPfnPmd(vma, 0, BAR + 4096, ledger)).isEqualTo(VmFault.FALLBACK);
    Vma small = Vma.shared(511, CacheMode.WC).set(VmFlag.PFNMAP);
    assertThat(insertion.vmfInsertPfnPmd(small, 0, BAR, ledger)).isEqualTo(VmFault.FALLBACK);
  }

  /// The walks that were recorded on 5.10, 6.1 and 6.12: two at `mmap`, two at `munmap`, for any
  /// number of pages.
  @ParameterizedTest
  @CsvSource({"1", "8", "64"})
  void remapOfAWholeDeviceRangeReservesOnce(long pages) {
    Vma vma = Vma.shared(pages, CacheMode.WC);
    assertThat(pfnRange.remap(vma, 0, pages, BAR, ledger)).isZero();
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(ledger.total(Event.MEMTYPE_INSERT)).isEqualTo(1);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isZero();
    assertThat(ledger.total(Event.PTE_WRITE)).isEqualTo(pages);
    assertThat(vma.flags())
        .contains(VmFlag.IO, VmFlag.PFNMAP, VmFlag.DONTEXPAND, VmFlag.DONTDUMP, VmFlag.PAT);
    pfnRange.untrack(vma, ledger);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(4);
    assertThat(ledger.total(Event.MEMTYPE_REMOVE)).isEqualTo(1);
    assertThat(memtypes.tree().size()).isZero();
  }

  /// Recorded: two walks and one look-up at `mmap`, one walk at `munmap`; the page's type silently
  /// wins.
  @Test
  void remapOfWholeRamReservesNothing() {
    Vma vma = Vma.shared(8, CacheMode.WC);
    assertThat(pfnRange.remap(vma, 0, 8, RAM, ledger)).isZero();
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(ledger.total(Event.MEMTYPE_INSERT)).isZero();
    assertThat(vma.pageTable().mode(7)).isEqualTo(CacheMode.WB);
    pfnRange.untrack(vma, ledger);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(3);
  }

  @Test
  void remapOfAPartLooksUpEveryPage() {
    Vma vma = Vma.shared(64, CacheMode.WC);
    assertThat(pfnRange.remap(vma, 32, 32, BAR, ledger)).isZero();
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(32);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(32);
    assertThat(vma.has(VmFlag.PAT)).isFalse();
    pfnRange.untrack(vma, ledger);
    assertThat(ledger.total(Event.RESOURCE_WALK)).isEqualTo(32);
  }

  @Test
  void remapRefusals() {
    Vma cow = new Vma(8, CacheMode.WC, EnumSet.of(VmFlag.MAYWRITE));
    assertThat(pfnRange.remap(cow, 0, 4, BAR, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(ledger.totals()).isEmpty();
    assertThat(pfnRange.remap(cow, 0, 8, BAR, ledger)).isZero();

    memtypes.reserve(BAR + 0x10000, BAR + 0x11000, CacheMode.WC, true, ledger);
    Vma part = Vma.shared(8, CacheMode.WC);
    assertThat(pfnRange.remap(part, 0, 2, BAR + 0x10000, ledger)).isEqualTo(Errno.EINVAL);
    assertThat(part.pageTable().present()).isZero();
  }
}
