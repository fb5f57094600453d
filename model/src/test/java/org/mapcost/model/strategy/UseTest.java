package org.mapcost.model.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Errno;
import org.mapcost.model.pool.PoolKind;
import org.mapcost.model.tlb.Cpus;

/// Guards what several mappings, private mappings and forks add to a buffer's life, for every
/// strategy.
class UseTest {
  private static final ResourceTree TREE = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();
  private static final List<String> KERNELS = List.of("5.10", "5.15", "6.1", "6.12", "6.16", "7.2");

  private static Scenario scenario(Kernel kernel, Memory memory, long pages, TouchOrder touch) {
    return new Scenario(
        kernel,
        TREE,
        List.of(),
        memory,
        memory == Memory.VRAM
            ? Scenario.firstLargeEnoughBar(TREE, pages)
            : Scenario.lastSystemRam(TREE),
        pages,
        CacheMode.WC,
        touch,
        Cpus.running(2),
        PoolKind.NONE);
  }

  /// Random strategies, kernels, sizes, orders and memory that go together.
  static Stream<Scenario> cases() {
    SplittableRandom random = new SplittableRandom(20210224);
    return IntStream.range(0, 40)
        .mapToObj(i ->
            scenario(
                Kernels.named(KERNELS.get(random.nextInt(KERNELS.size()))),
                random.nextBoolean() ? Memory.VRAM : Memory.RAM,
                1L << random.nextInt(10),
                order(random)));
  }

  private static TouchOrder order(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> TouchOrder.SEQUENTIAL;
      case 1 -> new TouchOrder.Reverse();
      case 2 -> new TouchOrder.Read();
      default -> new TouchOrder.Random(random.nextLong());
    };
  }

  private static List<Strategy> applicable(Scenario scenario) {
    return Strategies.all().stream()
        .filter(strategy -> strategy.refuses(scenario).isEmpty())
        .toList();
  }

  /// A second mapping shares nothing but the memory: it maps, touches and unmaps as the first.
  @ParameterizedTest
  @MethodSource("cases")
  void aSecondMappingRepeatsTheFirst(Scenario scenario) {
    for (Strategy strategy : applicable(scenario)) {
      BufferLife once = BufferLife.of(strategy, scenario);
      BufferLife twice = BufferLife.of(strategy, scenario, new Use(2, false, false));
      Ledger first = twice.mappings().get(0);
      Ledger second = twice.mappings().get(1);
      if (strategy.convertsEachPage() && scenario.memory() == Memory.RAM) {
        continue; // The bound's conversion of a page that is converted fails the second time.
      }
      assertThat(second.phases()).as(strategy.name()).isEqualTo(first.phases());
      assertThat(twice.first().counts(Phase.TOUCH))
          .as(strategy.name())
          .isEqualTo(doubled(once.first().counts(Phase.TOUCH)));
      assertThat(twice.first().counts(Phase.ALLOCATE))
          .isEqualTo(once.first().counts(Phase.ALLOCATE));
    }
  }

  private static Map<String, Long> doubled(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> 2 * entry.getValue()));
  }

  /// Totals are the sums over the phases, and the mappings' counts those of their phases.
  @ParameterizedTest
  @MethodSource("cases")
  void countsAddUpOverPhases(Scenario scenario) {
    for (Strategy strategy : applicable(scenario)) {
      BufferLife life = BufferLife.of(strategy, scenario, new Use(3, false, true));
      for (Event event : Event.values()) {
        long sum = 0;
        for (Phase phase : Phase.values()) {
          sum += life.first().count(phase, event);
        }
        assertThat(life.first().total(event)).isEqualTo(sum);
        for (Phase phase : List.of(Phase.MAP, Phase.TOUCH, Phase.UNMAP)) {
          assertThat(life.mappings().stream().mapToLong(own -> own.count(phase, event)).sum())
              .as("%s %s %s", strategy.name(), phase, event)
              .isEqualTo(life.first().count(phase, event));
        }
      }
    }
  }

  /// Nothing that is reserved outlives the buffer: the second life begins as the first did.
  @ParameterizedTest
  @MethodSource("cases")
  void reservationsOfABufferDoNotOutliveIt(Scenario scenario) {
    for (Strategy strategy : applicable(scenario)) {
      BufferLife life = BufferLife.of(strategy, scenario, new Use(1, false, true));
      long made = 0;
      long given = 0;
      for (Phase phase : List.of(Phase.MAP, Phase.FORK, Phase.EXIT, Phase.UNMAP)) {
        made += life.first().count(phase, Event.MEMTYPE_INSERT);
        given += life.first().count(phase, Event.MEMTYPE_REMOVE);
      }
      assertThat(given).as(strategy.name()).isEqualTo(made);
      assertThat(life.steady().count(Phase.MAP, Event.MEMTYPE_INSERT))
          .isEqualTo(life.first().count(Phase.MAP, Event.MEMTYPE_INSERT));
    }
  }

  /// Written private mappings end on copies: one page copied for each page touched, or an errno and
  /// nothing mapped.
  @ParameterizedTest
  @MethodSource("cases")
  void aPrivateMappingCopiesOrIsRefused(Scenario scenario) {
    for (Strategy strategy : applicable(scenario)) {
      BufferLife life = BufferLife.of(strategy, scenario, new Use(1, true, false));
      long copies = life.first().count(Phase.TOUCH, Event.PAGE_COPY);
      if (life.mapErrno() != 0) {
        assertThat(life.mapErrno()).isEqualTo(Errno.EINVAL);
        assertThat(life.first().counts(Phase.TOUCH)).isEmpty();
        assertThat(life.first().count(Phase.MAP, Event.PTE_WRITE)).isZero();
      } else if (scenario.touch().writes()) {
        assertThat(copies).as(strategy.name()).isEqualTo(scenario.pages());
        assertThat(life.effectiveMode()).as(strategy.name()).isEqualTo(CacheMode.WB);
      } else {
        assertThat(copies).isZero();
      }
    }
  }

  /// Recorded: half of the kernels look the first page up before they refuse.
  @ParameterizedTest
  @CsvSource({
    "ttm-fault, 5.10, 0, 0",
    "ttm-fault, 6.1, -22, 0",
    "vm-insert-pfn, 6.1, -22, 0",
    "vm-insert-mixed, 6.1, 0, 0",
    "vm-insert-page, 7.2, 0, 0",
    "shmem-fault, 5.10, 0, 0",
    "shmem-fault, 6.1, -22, 0",
    "cma-heap, 6.1, -22, 0",
    "udmabuf, 6.1, -22, 0",
    "dma-mmap-wc, 6.1, 0, 1",
    "remap-pfn-range, 6.1, 0, 1",
    "remap-pfn-range-per-page, 5.10, -22, 0",
    "remap-pfn-range-per-page, 6.1, -22, 1",
    "remap-pfn-range-per-chunk, 7.2, -22, 0"
  })
  void whoAcceptsAPrivateMapping(String strategy, String kernel, int errno, long lookUps) {
    long pages = strategy.endsWith("per-chunk") ? 272 : 16;
    Scenario scenario = scenario(Kernels.named(kernel), Memory.RAM, pages, TouchOrder.SEQUENTIAL);
    BufferLife life = BufferLife.of(Strategies.named(strategy), scenario, new Use(1, true, false));
    assertThat(life.mapErrno()).isEqualTo(errno);
    assertThat(life.first().count(Phase.MAP, Event.PAT_LOOKUP)).isEqualTo(lookUps);
  }

  /// One flush of one page for each copy of a page that was mapped before.
  @Test
  void eachCopyFlushesItsPage() {
    Scenario scenario = scenario(Kernels.named("6.1"), Memory.VRAM, 16, TouchOrder.SEQUENTIAL);
    Ledger ledger =
        BufferLife.of(Strategies.named("remap-pfn-range"), scenario, new Use(1, true, false))
            .first();
    assertThat(ledger.count(Phase.TOUCH, Event.FAULT)).isEqualTo(16);
    assertThat(ledger.count(Phase.TOUCH, Event.TLB_ROUND_RANGED)).isEqualTo(16);
    assertThat(ledger.count(Phase.TOUCH, Event.TLB_INVALIDATE_PAGE)).isEqualTo(16);
  }

  /// The hooks of fork: the walks of `mmap` and a reservation more up to 6.15, nothing later; the
  /// child's end gives its own back, or the last of all does.
  @ParameterizedTest
  @CsvSource({"5.10, true, 2", "6.1, true, 2", "6.16, false, 0", "7.2, false, 0"})
  void forkOfATrackedMapping(String kernel, boolean reserves, long exit) {
    Scenario scenario = scenario(Kernels.named(kernel), Memory.VRAM, 64, TouchOrder.SEQUENTIAL);
    BufferLife life =
        BufferLife.of(Strategies.named("remap-pfn-range"), scenario, new Use(1, false, true));
    assertThat(life.forkErrno()).isZero();
    // Three here: the BAR lies below the end of RAM, so that the direct map is asked for, too.
    long walks = life.first().count(Phase.MAP, Event.RESOURCE_WALK);
    assertThat(walks).isEqualTo(3);
    assertThat(life.first().count(Phase.FORK, Event.RESOURCE_WALK)).isEqualTo(reserves ? walks : 0);
    assertThat(life.first().count(Phase.EXIT, Event.RESOURCE_WALK)).isEqualTo(exit);
    assertThat(life.first().count(Phase.UNMAP, Event.RESOURCE_WALK)).isEqualTo(2);
    assertThat(life.first().count(Phase.FORK, Event.TLB_ROUND_FULL)).isEqualTo(1);
  }

  @Test
  void aForkThatFailsIsAnAnswer() {
    Scenario scenario = scenario(Kernels.named("6.1"), Memory.VRAM, 64, TouchOrder.SEQUENTIAL);
    BufferLife life =
        BufferLife.of(Strategies.named("remap-pfn-range"), scenario, new Use(1, true, true));
    assertThat(life.forkErrno()).isEqualTo(Errno.EINVAL);
    assertThat(life.first().counts(Phase.EXIT)).isEmpty();
  }

  @Test
  void mappingsAreFew() {
    assertThatThrownBy(() -> new Use(0, false, false)).hasMessage("--mappings is 1 to 64, not 0.");
    assertThatThrownBy(() -> new Use(65, false, false))
        .hasMessage("--mappings is 1 to 64, not 65.");
  }
}
