package org.mapcost.model.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Cpus;

/// Guards what each driver's way of mapping does on which kernel: look-ups, faults, memory and the
/// caching mode that comes out.
class DriversTest {
  private static final ResourceTree TREE = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();

  private static Scenario scenario(String kernel, Memory memory, long pages, CacheMode mode) {
    return scenario(Kernels.named(kernel), memory, pages, mode);
  }

  private static Scenario scenario(Kernel kernel, Memory memory, long pages, CacheMode mode) {
    return new Scenario(
        kernel,
        TREE,
        List.of(),
        memory,
        memory == Memory.VRAM
            ? Scenario.firstLargeEnoughBar(TREE, pages)
            : Scenario.lastSystemRam(TREE),
        pages,
        mode,
        TouchOrder.SEQUENTIAL,
        Cpus.running(1),
        PoolKind.NONE);
  }

  private static BufferLife life(String strategy, Scenario scenario) {
    return BufferLife.of(Strategies.named(strategy), scenario);
  }

  /// Both forms look every page up; only the number of calls differs. The heap's pages are cached,
  /// whatever was asked for.
  @ParameterizedTest
  @CsvSource({
    "remap-pfn-range-per-page, 6.1",
    "remap-pfn-range-per-page, 5.10",
    "remap-pfn-range-per-chunk, 7.2"
  })
  void theSystemHeapLooksUpEveryPageAtMmap(String strategy, String kernel) {
    BufferLife life = life(strategy, scenario(kernel, Memory.RAM, 273, CacheMode.WC));
    Ledger ledger = life.first();
    assertThat(ledger.count(Phase.MAP, Event.PAT_LOOKUP)).isEqualTo(273);
    assertThat(ledger.count(Phase.MAP, Event.RESOURCE_WALK)).isEqualTo(273);
    assertThat(ledger.count(Phase.MAP, Event.PTE_WRITE)).isEqualTo(273);
    assertThat(ledger.counts(Phase.TOUCH)).isEmpty();
    assertThat(ledger.total(Event.CPA_CALL)).isZero();
    // 256 + 16 + 1.
    assertThat(ledger.count(Phase.ALLOCATE, Event.PAGE_ALLOC)).isEqualTo(3);
    assertThat(ledger.count(Phase.ALLOCATE, Event.PAGE_CLEAR)).isEqualTo(273);
    assertThat(life.effectiveMode()).isEqualTo(CacheMode.WB);
  }

  /// One page is a whole VMA, and so is one chunk: reserved at once, with two walks.
  @ParameterizedTest
  @CsvSource({
    "remap-pfn-range-per-page, 6.1, 1",
    "remap-pfn-range-per-chunk, 7.2, 1",
    "remap-pfn-range-per-chunk, 7.2, 256"
  })
  void aPieceThatIsTheWholeVmaIsReserved(String strategy, String kernel, long pages) {
    Ledger ledger = life(strategy, scenario(kernel, Memory.RAM, pages, CacheMode.WB)).first();
    assertThat(ledger.count(Phase.MAP, Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(ledger.count(Phase.MAP, Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(ledger.count(Phase.UNMAP, Event.RESOURCE_WALK)).isEqualTo(1);
  }

  @Test
  void aKernelWithoutADriverSaysSo() {
    refused("remap-pfn-range-per-chunk", "6.1", "the system heap of 6.1 maps page by page");
    refused("remap-pfn-range-per-page", "7.2", "the system heap of 7.2 maps chunk by chunk");
    refused("remap-pfn-range-per-page", "4.19", "4.19 has no dma-buf heaps");
    refused("cma-heap", "5.4", "5.4 has no dma-buf heaps");
    refused("udmabuf", "4.8", "4.8 has no udmabufs");
    refused("ttm-fault-huge", "6.1", "TTM of 6.1 maps no huge entries");
    Kernel mixed = Kernels.named("6.1").with(Behaviour.SYSTEM_HEAP_MMAP, "per-chunk");
    assertThat(
            life("remap-pfn-range-per-chunk", scenario(mixed, Memory.RAM, 300, CacheMode.WB))
                .first()
                .count(Phase.MAP, Event.PAT_LOOKUP))
        .isEqualTo(300);
  }

  private static void refused(String strategy, String kernel, String reason) {
    assertThatThrownBy(() -> life(strategy, scenario(kernel, Memory.RAM, 8, CacheMode.WB)))
        .isInstanceOf(InputException.class)
        .hasMessage(strategy + " does not apply: " + reason + ".");
  }

  /// The old form maps the mode that was asked for while the kernel's own mapping stays cached; the
  /// new one changes that first and looks each page up.
  @Test
  void shmemBeforeAndAfter() {
    BufferLife old = life("shmem-fault", scenario("5.10", Memory.RAM, 64, CacheMode.WC));
    assertThat(old.first().count(Phase.TOUCH, Event.FAULT)).isEqualTo(64);
    assertThat(old.first().total(Event.PAT_LOOKUP)).isZero();
    assertThat(old.first().total(Event.CPA_CALL)).isZero();
    assertThat(old.effectiveMode()).isEqualTo(CacheMode.WC);

    BufferLife later = life("shmem-fault", scenario("6.1", Memory.RAM, 64, CacheMode.WC));
    assertThat(later.first().count(Phase.TOUCH, Event.FAULT)).isEqualTo(64);
    assertThat(later.first().count(Phase.TOUCH, Event.PAT_LOOKUP)).isEqualTo(64);
    assertThat(later.first().count(Phase.ALLOCATE, Event.CPA_CALL)).isEqualTo(2);
    assertThat(later.first().count(Phase.FREE, Event.CPA_CALL)).isEqualTo(1);
    assertThat(later.effectiveMode()).isEqualTo(CacheMode.WC);

    Kernel page = Kernels.named("6.1").with(Behaviour.SHMEM_FAULT, "page");
    assertThat(
            life("shmem-fault", scenario(page, Memory.RAM, 64, CacheMode.WC))
                .first()
                .total(Event.PAT_LOOKUP))
        .isZero();
    assertThat(
            life("shmem-fault", scenario("6.1", Memory.RAM, 64, CacheMode.WB))
                .first()
                .total(Event.CPA_CALL))
        .as("only write-combined buffers are converted")
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"page, 0, NORMAL", "pfn, 32, SPECIAL"})
  void udmabufBeforeAndAfter(String form, long lookUps, String entry) {
    Kernel kernel = Kernels.named("6.1").with(Behaviour.UDMABUF_FAULT, form);
    BufferLife life = life("udmabuf", scenario(kernel, Memory.RAM, 32, CacheMode.WC));
    assertThat(life.first().count(Phase.TOUCH, Event.FAULT)).isEqualTo(32);
    assertThat(life.first().total(Event.PAT_LOOKUP)).isEqualTo(lookUps);
    assertThat(life.effectiveMode()).isEqualTo(CacheMode.WB);
    assertThat(Strategies.named("udmabuf").traits(kernel).pte()).hasToString(entry);
  }

  @Test
  void theCmaHeapReturnsItsPages() {
    BufferLife life = life("cma-heap", scenario("6.1", Memory.RAM, 100, CacheMode.WC));
    assertThat(life.first().count(Phase.TOUCH, Event.FAULT)).isEqualTo(100);
    assertThat(life.first().total(Event.PAT_LOOKUP)).isZero();
    assertThat(life.first().count(Phase.ALLOCATE, Event.PAGE_ALLOC)).isEqualTo(1);
    assertThat(life.effectiveMode()).isEqualTo(CacheMode.WB);
  }

  @ParameterizedTest
  @CsvSource({"1", "100", "5000"})
  void dmaMmapWcIsOneReservationAndWriteBack(long pages) {
    BufferLife life = life("dma-mmap-wc", scenario("6.1", Memory.RAM, pages, CacheMode.WC));
    assertThat(life.first().count(Phase.MAP, Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(life.first().count(Phase.MAP, Event.PAT_LOOKUP)).isEqualTo(1);
    assertThat(life.first().count(Phase.MAP, Event.PTE_WRITE)).isEqualTo(pages);
    assertThat(life.effectiveMode()).isEqualTo(CacheMode.WB);
  }

  /// A fault maps the 1 MiB around it: N / 256 faults in any order that touches everything.
  @ParameterizedTest
  @CsvSource({"255, 1", "256, 1", "257, 2", "1000, 4"})
  void partialViewsMapAMebibyteEach(long pages, long faults) {
    Ledger ledger =
        life("io-mapping-partial", scenario("6.1", Memory.VRAM, pages, CacheMode.WC)).first();
    assertThat(ledger.count(Phase.TOUCH, Event.FAULT)).isEqualTo(faults);
    assertThat(ledger.count(Phase.TOUCH, Event.PTE_WRITE)).isEqualTo(pages);
    assertThat(ledger.count(Phase.TOUCH, Event.PAT_LOOKUP)).isZero();
  }

  /// Two whole 2 MiB pieces are an entry and a look-up each; what is left goes page by page.
  @Test
  void hugeEntriesWhereTheyFit() {
    Ledger huge =
        life("vm-insert-pfn-huge", scenario("6.1", Memory.VRAM, 1030, CacheMode.WC)).first();
    assertThat(huge.count(Phase.TOUCH, Event.FAULT)).isEqualTo(2 + 6);
    assertThat(huge.count(Phase.TOUCH, Event.PAT_LOOKUP)).isEqualTo(2 + 6);
    assertThat(huge.count(Phase.TOUCH, Event.PTE_WRITE)).isEqualTo(2 + 6);
    Ledger ttm = life("ttm-fault-huge", scenario("5.10", Memory.VRAM, 1030, CacheMode.WC)).first();
    assertThat(ttm.count(Phase.TOUCH, Event.FAULT)).isEqualTo(2 + 1);
    assertThat(ttm.count(Phase.TOUCH, Event.PAT_LOOKUP)).isEqualTo(2 + 6);
    Ledger half =
        life("vm-insert-pfn-huge", scenario("6.1", Memory.VRAM, 511, CacheMode.WC)).first();
    assertThat(half.count(Phase.TOUCH, Event.FAULT)).isEqualTo(511);
  }

  @Test
  void applyRangeLooksNothingUp() {
    Ledger ledger =
        life("ttm-fault-apply-range", scenario("6.1", Memory.VRAM, 64, CacheMode.WC)).first();
    assertThat(ledger.count(Phase.TOUCH, Event.FAULT)).isEqualTo(4);
    assertThat(ledger.count(Phase.TOUCH, Event.PTE_WRITE)).isEqualTo(64);
    assertThat(ledger.count(Phase.TOUCH, Event.PAT_LOOKUP)).isZero();
  }

  /// Device memory is uncached by the firmware's registers, so that write-back is not to be had.
  @Test
  void writeBackOfDeviceMemoryIsUncached() {
    assertThat(
            life("remap-pfn-range", scenario("6.1", Memory.VRAM, 16, CacheMode.WB)).effectiveMode())
        .isEqualTo(CacheMode.UC_MINUS);
  }

  @Test
  void availabilityInWords() {
    assertThat(Strategies.named("ttm-fault").availability().inWords()).isEqualTo("all");
    assertThat(Strategies.named("cma-heap").availability().inWords()).isEqualTo("5.6 and later");
    assertThat(Strategies.named("ttm-fault-huge").availability().inWords())
        .isEqualTo("5.7 to 5.15");
    assertThat(Strategies.named("ttm-fault-io-mapping").availability().proposal()).isTrue();
    assertThat(Strategies.named("free").availability().inWords()).isEqualTo("none");
    assertThat(new Availability("", "5.0", false).inWords()).isEqualTo("up to 5.0");
  }
}
