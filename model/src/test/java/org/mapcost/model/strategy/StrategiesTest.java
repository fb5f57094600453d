package org.mapcost.model.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

/// Guards the counts of the strategies over device memory against closed forms, and the rules of
/// who serves what.
class StrategiesTest {
  private static final ResourceTree TREE = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();
  private static final Kernel KERNEL = Kernels.named("6.1");

  static Scenario vram(Kernel kernel, long pages, TouchOrder touch) {
    return new Scenario(
        kernel,
        TREE,
        List.of(),
        Memory.VRAM,
        Scenario.firstLargeEnoughBar(TREE, pages),
        pages,
        CacheMode.WC,
        touch,
        Cpus.running(4),
        kernel.ttmPool());
  }

  private static Ledger first(String strategy, Scenario scenario) {
    return BufferLife.of(Strategies.named(strategy), scenario).first();
  }

  static List<Strategy> all() {
    return Strategies.all();
  }

  @Test
  void theRegistryHasThemAll() {
    assertThat(Strategies.names())
        .contains(
            "vm-insert-pfn",
            "vm-insert-pfn-huge",
            "vm-insert-mixed",
            "vm-insert-page",
            "remap-pfn-range",
            "remap-pfn-range-per-page",
            "remap-pfn-range-per-chunk",
            "apply-to-page-range",
            "io-mapping",
            "io-mapping-partial",
            "ttm-fault",
            "ttm-fault-io-mapping",
            "ttm-fault-apply-range",
            "ttm-fault-range-lookup",
            "ttm-fault-huge",
            "shmem-fault",
            "udmabuf",
            "cma-heap",
            "dma-mmap-wc",
            "free",
            "everything")
        .isSorted()
        .doesNotHaveDuplicates();
    assertThatThrownBy(() -> Strategies.named("ttm-falt"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("unknown strategy 'ttm-falt'; did you mean 'ttm-fault'?");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyStrategyMapsWhatIsTouchedOrSaysWhyNot(Strategy strategy) {
    Scenario scenario = vram(KERNEL, 100, TouchOrder.SEQUENTIAL);
    if (strategy.refuses(scenario).isPresent()) {
      assertThatThrownBy(() -> BufferLife.of(strategy, scenario))
          .hasMessage(
              strategy.name() + " does not apply: " + strategy.refuses(scenario).get() + ".");
      return;
    }
    BufferLife life = BufferLife.of(strategy, scenario);
    assertThat(
            life.first().count(Phase.MAP, Event.PTE_WRITE)
                + life.first().count(Phase.TOUCH, Event.PTE_WRITE))
        .isEqualTo(100);
    assertThat(life.first().count(Phase.UNMAP, Event.TLB_ROUND_FULL)).isEqualTo(1);
    assertThat(life.steady().counts(Phase.LOAD)).isEmpty();
    // The last page table also serves the mapping behind the buffer, and is there the next time.
    Map<String, Long> first = new LinkedHashMap<>(life.first().counts(Phase.TOUCH));
    first.remove(Event.PAGE_TABLE_ALLOC.key());
    assertThat(life.steady().counts(Phase.TOUCH)).isEqualTo(first);
  }

  /// The rule of the recordings, in closed form: forwards N/16 faults and N look-ups; backwards N
  /// faults and 16 N - 120.
  @ParameterizedTest
  @CsvSource({
    "sequential, 64, 4, 64",
    "sequential, 65, 5, 65",
    "reverse, 64, 64, 904",
    "reverse, 256, 256, 3976",
    "reverse, 1024, 1024, 16264",
    "stride:32, 1024, 32, 512",
    "stride:16, 1024, 64, 1024"
  })
  void ttmFault(String touch, long pages, long faults, long lookUps) {
    Ledger ledger = first("ttm-fault", vram(KERNEL, pages, TouchOrder.parse(touch)));
    assertThat(ledger.total(Event.FAULT)).isEqualTo(faults);
    assertThat(ledger.total(Event.PAT_LOOKUP)).isEqualTo(lookUps);
    assertThat(ledger.count(Phase.TOUCH, Event.RESOURCE_WALK)).isEqualTo(lookUps);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void proposalsSaveLookUpsAndNothingElse(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 50; i++) {
      long pages = random.nextLong(1, 3000);
      Scenario scenario = vram(KERNEL, pages, new TouchOrder.Random(random.nextLong()));
      Ledger today = first("ttm-fault", scenario);
      Ledger none = first("ttm-fault-io-mapping", scenario);
      Ledger one = first("ttm-fault-range-lookup", scenario);
      long faults = today.total(Event.FAULT);
      assertThat(none.total(Event.FAULT)).isEqualTo(faults);
      assertThat(one.total(Event.FAULT)).isEqualTo(faults);
      assertThat(none.total(Event.PAT_LOOKUP)).isZero();
      assertThat(one.total(Event.PAT_LOOKUP)).isEqualTo(faults);
      assertThat(none.total(Event.PTE_WRITE)).isEqualTo(pages);
      assertThat(one.total(Event.PTE_WRITE)).isEqualTo(pages);
      assertThat(today.total(Event.PTE_WRITE)).isEqualTo(pages);
    }
  }

  @Test
  void prefaultAndSkippingMappedPages() {
    Scenario reverse =
        vram(KERNEL.with(Behaviour.SKIP_PRESENT, "true"), 256, new TouchOrder.Reverse());
    assertThat(first("ttm-fault", reverse).total(Event.PAT_LOOKUP)).isEqualTo(256);
    Scenario whole = vram(KERNEL.with(Behaviour.TTM_PREFAULT, "512"), 1024, TouchOrder.SEQUENTIAL);
    assertThat(first("ttm-fault", whole).total(Event.FAULT)).isEqualTo(2);
    assertThatThrownBy(() -> KERNEL.with(Behaviour.TTM_PREFAULT, "513"))
        .hasMessage("kernel.ttm_prefault is 1 to 512, not '513'.");
  }

  @Test
  void whoLooksUpGetsTheReservedModeAndWhoDoesNotItsOwn() {
    Scenario scenario = vram(KERNEL, 16, TouchOrder.SEQUENTIAL);
    for (String name : List.of("ttm-fault", "vm-insert-pfn", "remap-pfn-range", "io-mapping")) {
      assertThat(BufferLife.of(Strategies.named(name), scenario).effectiveMode())
          .as(name)
          .isEqualTo(CacheMode.WC);
    }
  }

  /// Reference sections 7.6 and 12: a fresh write-combining buffer of N pages is one conversion in
  /// two passes, its large pages of the direct map are split once and for good, and a later buffer
  /// comes from the pool.
  @ParameterizedTest
  @ValueSource(longs = {1, 16, 33, 34, 512, 1000, 4096})
  void aBufferOfRamIsConvertedOnceAndPooledAfterwards(long pages) {
    int cpus = 4;
    BufferLife life = BufferLife.of(Strategies.named("ttm-fault"), ram(pages, cpus));
    Ledger first = life.first();
    assertThat(life.effectiveMode()).isEqualTo(CacheMode.WC);
    assertThat(first.count(Phase.ALLOCATE, Event.CPA_CALL)).isEqualTo(2);
    assertThat(first.count(Phase.ALLOCATE, Event.CLFLUSH_LINE)).isEqualTo(128 * pages);
    assertThat(first.count(Phase.ALLOCATE, Event.RESOURCE_WALK)).isEqualTo(pages);
    long splits = first.count(Phase.ALLOCATE, Event.DIRECT_MAP_SPLIT);
    assertThat(splits).isBetween((pages + 511) / 512, (pages + 511) / 512 + 10);
    boolean ranged = pages <= 33;
    assertThat(first.count(Phase.ALLOCATE, Event.TLB_ROUND_RANGED)).isEqualTo(ranged ? 2 : 0);
    assertThat(first.count(Phase.ALLOCATE, Event.TLB_ROUND_FULL))
        .isEqualTo(splits + (ranged ? 0 : 2));
    assertThat(first.count(Phase.ALLOCATE, Event.IPI)).isEqualTo((2 + splits) * (cpus - 1));
    assertThat(first.count(Phase.FREE, Event.CPA_CALL)).isZero();

    assertThat(life.steady().total(Event.CPA_CALL)).isZero();
    assertThat(life.steady().total(Event.CLFLUSH_LINE)).isZero();
    assertThat(life.steady().total(Event.POOL_MISS)).isZero();
    assertThat(life.steady().total(Event.POOL_HIT)).isPositive();
  }

  @Test
  void withoutAPoolEveryBufferIsConvertedButSplitsAreNotRepeated() {
    Scenario pooled = ram(600, 2);
    Scenario scenario =
        new Scenario(
            KERNEL,
            TREE,
            List.of(),
            Memory.RAM,
            pooled.at(),
            600,
            CacheMode.WC,
            TouchOrder.SEQUENTIAL,
            Cpus.running(2),
            PoolKind.NONE);
    BufferLife life = BufferLife.of(Strategies.named("vm-insert-pfn"), scenario);
    assertThat(life.first().total(Event.DIRECT_MAP_SPLIT)).isPositive();
    assertThat(life.steady().total(Event.DIRECT_MAP_SPLIT)).isZero();
    assertThat(life.steady().count(Phase.ALLOCATE, Event.CPA_CALL)).isEqualTo(2);
    assertThat(life.steady().count(Phase.FREE, Event.CPA_CALL)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyStrategyMapsRamOrSaysWhyNot(Strategy strategy) {
    Scenario scenario = ram(100, 1);
    if (strategy.refuses(scenario).isEmpty()) {
      BufferLife life = BufferLife.of(strategy, scenario);
      boolean cached =
          List.of("dma-mmap-wc", "cma-heap", "udmabuf").contains(strategy.name())
              || strategy.supply(KERNEL) == Supply.SYSTEM_HEAP;
      assertThat(life.effectiveMode())
          .as(strategy.name())
          .isEqualTo(cached ? CacheMode.WB : CacheMode.WC);
    } else {
      assertThat(strategy.refuses(scenario).get())
          .isIn(
              "maps no ram",
              "the system heap of 6.1 maps page by page",
              "TTM of 6.1 maps no huge entries",
              "needs physically contiguous memory, which chunks of a page pool are not");
    }
  }

  private static Scenario ram(long pages, int cpus) {
    return new Scenario(
        KERNEL,
        TREE,
        List.of(),
        Memory.RAM,
        Scenario.lastSystemRam(TREE),
        pages,
        CacheMode.WC,
        TouchOrder.SEQUENTIAL,
        Cpus.running(cpus),
        PoolKind.TTM_POOL);
  }

  @Test
  void traitsFollowTheKernel() {
    Strategy ttm = Strategies.named("ttm-fault");
    assertThat(ttm.traits(Kernels.named("5.11")).copyOnWrite())
        .isEqualTo("accepted; a write copies the page");
    assertThat(ttm.traits(KERNEL).copyOnWrite()).isEqualTo("EINVAL at mmap");
    Strategy mixed = Strategies.named("vm-insert-mixed");
    assertThat(mixed.traits(Kernels.named("5.11")).getUserPages()).startsWith("EFAULT");
    assertThat(mixed.traits(KERNEL).getUserPages()).startsWith("EEXIST");
  }

  @Test
  void scenariosThatCannotBe() {
    assertThatThrownBy(() -> vram(KERNEL, 0, TouchOrder.SEQUENTIAL))
        .hasMessage("a buffer has at least one page; give --buffer a size above zero.");
    assertThatThrownBy(() -> Scenario.firstLargeEnoughBar(TREE, 1L << 30))
        .hasMessageStartingWith("no PCI BAR of laptop-cometlake-igpu holds 4TiB; the largest is ");
    assertThatThrownBy(() -> TouchOrder.parse("stride:0"))
        .hasMessage("'stride:0' needs a number behind a colon, such as stride:16 or random:42.");
    assertThatThrownBy(() -> TouchOrder.parse("stride"))
        .hasMessage("'stride' needs a number behind a colon, such as stride:16 or random:42.");
    assertThatThrownBy(() -> TouchOrder.parse("forwards"))
        .hasMessageStartingWith("unknown touch order 'forwards'");
  }

  @Test
  void randomTouchesEveryPageOnce() {
    List<Long> touched = new ArrayList<>();
    TouchOrder.parse("random:7").forEach(100, touched::add);
    assertThat(touched)
        .hasSize(100)
        .doesNotHaveDuplicates()
        .isNotEqualTo(touched.stream().sorted().toList());
  }
}
