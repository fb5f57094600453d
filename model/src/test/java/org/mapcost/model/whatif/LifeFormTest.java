package org.mapcost.model.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Behaviour;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.pat.Memtype;
import org.mapcost.model.strategy.BufferLife;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.TouchOrder;

/// Guards the closed forms: whatever they say is what the mechanisms count when they are driven.
class LifeFormTest {
  private static final ResourceTree TREE = BundledTree.LAPTOP_COMETLAKE_IGPU.tree();

  private static Setup setup(String kernel, Memory memory) {
    return Setup.of(Machines.named("skylake-sp-2s"), Kernels.named(kernel), TREE, 1).with(memory);
  }

  private static void holds(Costs costs, Strategy strategy, Setup setup) {
    Costs.Place place = costs.place(setup);
    if (strategy.refuses(place.scenario()).isPresent()) {
      return;
    }
    LifeForm.Life life = costs.life(strategy, place);
    BufferLife driven = BufferLife.of(strategy, setup.scenario());
    String what =
        "%s, %d pages, %s, %s"
            .formatted(strategy.name(), setup.pages(), setup.growth(), setup.kernel().label());
    assertThat(life.first().phases()).as(what).isEqualTo(driven.first().phases());
    assertThat(life.first().sameCounts(driven.first())).as(what + ", rounds and locks").isTrue();
    assertThat(life.later().sameCounts(driven.steady())).as(what + ", later").isTrue();
    assertThat(life.mode()).as(what).isEqualTo(driven.effectiveMode());
  }

  /// Sizes around every border that a kernel knows, and seeded ones between, on both sides of the
  /// number of page-table pages whose freeing flushes everything.
  @ParameterizedTest
  @CsvSource({"7.2, VRAM, 5", "6.1, RAM, 1"})
  void equalsTheDrivenMechanismsAtEverySize(String kernel, Memory memory, int seeded) {
    SplittableRandom random = new SplittableRandom(kernel.hashCode() ^ memory.ordinal());
    List<Long> sizes = new ArrayList<>(List.of(34L, 1536L, 2049L));
    for (int i = 0; i < seeded; i++) {
      sizes.add(2000 + random.nextLong(1L << 11));
    }
    for (Strategy strategy : Strategies.all()) {
      Costs costs = new Costs(Set.of());
      sizes.forEach(pages -> holds(costs, strategy, setup(kernel, memory).withPages(pages)));
    }
  }

  /// Around as many page-table pages as a kernel flushes one by one when it frees them.
  @ParameterizedTest
  @CsvSource({"ttm-fault, 7.2", "io-mapping, 5.10"})
  void equalsTheDrivenMechanismsWhereFreedTablesAreFlushedAtOnce(String strategy, String kernel) {
    Costs costs = new Costs(Set.of());
    for (long pages : new long[] {16_897, 17_408, 17_919, 17_921}) {
      Setup setup = setup(kernel, Memory.VRAM).withPages(pages);
      holds(costs, Strategies.named(strategy), setup);
    }
  }

  /// Where many sizes are asked for they lie on planes, and those below a page-table page on lines
  /// of their own.
  @ParameterizedTest
  @CsvSource({"5.10, VRAM", "7.2, RAM"})
  void equalsTheDrivenMechanismsAtManySizes(String kernel, Memory memory) {
    SplittableRandom random = new SplittableRandom(kernel.hashCode());
    for (Strategy strategy : Strategies.all()) {
      Costs costs = new Costs(Set.of());
      Setup setup = setup(kernel, memory);
      for (long pages = 1; pages <= 20; pages++) {
        holds(costs, strategy, setup.withPages(pages));
      }
      for (int i = 0; i < 8; i++) {
        holds(costs, strategy, setup.withPages(64 + random.nextLong(i < 5 ? 512 - 64 : 3000)));
      }
    }
  }

  /// Few driven lives suffice for many sizes: the forms are used, not passed by.
  @Test
  void planesServeAllSizesOfAStrategyThatMapsByWindows() {
    Costs costs = new Costs(Set.of());
    Strategy strategy = Strategies.named("ttm-fault");
    Setup setup = setup("6.1", Memory.VRAM);
    for (long pages = 1025; pages < 1100; pages++) {
      Costs.Place place = costs.place(setup.withPages(pages));
      assertThat(costs.form(strategy, place).plane(pages, 0, 0)).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({"w0, VRAM", "w3, RAM"})
  void equalsTheDrivenMechanismsOnGrownTrees(String walk, Memory memory) {
    SplittableRandom random = new SplittableRandom(walk.hashCode());
    Kernel kernel = Kernels.named("6.1").with(Behaviour.RESOURCE_WALK, walk);
    Setup setup = Setup.of(Machines.named("epyc-milan"), kernel, TREE, 36).with(memory);
    Costs costs = new Costs(Set.of());
    for (Strategy strategy : Strategies.all()) {
      for (Growth growth :
          List.of(
              new Growth(OptionalInt.empty(), 1, 0),
              new Growth(OptionalInt.empty(), 0, 1),
              new Growth(OptionalInt.empty(), random.nextInt(2, 200), random.nextInt(2, 100)),
              new Growth(OptionalInt.of(random.nextInt(300, 600)), 0, 0),
              new Growth(OptionalInt.of(40), 0, 3))) {
        holds(costs, strategy, setup.with(growth));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, sequential", "48, sequential", "16, stride:3", "64, random:7"})
  void equalsTheDrivenMechanismsWhateverWindowAndOrder(int window, String touch) {
    Kernel kernel = Kernels.named("6.12").with(Behaviour.TTM_PREFAULT, String.valueOf(window));
    Setup setup =
        Setup.of(Machines.named("client-igpu"), kernel, TREE, 1).with(TouchOrder.parse(touch));
    Costs costs = new Costs(Set.of());
    for (String strategy :
        List.of("ttm-fault", "ttm-fault-io-mapping", "ttm-fault-apply-range", "vm-insert-pfn")) {
      for (long pages : new long[] {700, 2100, 3585, 5003}) {
        holds(costs, Strategies.named(strategy), setup.withPages(pages));
      }
    }
  }

  @Test
  void reservationsThatEndWithinTheBufferEndTheForm() {
    Setup setup = setup("6.1", Memory.VRAM).withPages(8192);
    Costs costs = new Costs(Set.of());
    Costs.Place place = costs.place(setup);
    assertThat(costs.form(Strategies.named("ttm-fault"), place).line(8192, 0, 0)).isPresent();
    long at = place.scenario().at().value();
    Setup cut =
        new Setup(
            setup.machine(),
            setup.kernel(),
            setup.tree(),
            setup.growth(),
            List.of(new Memtype(at, at + 4096 * 4096L, CacheMode.WC)),
            setup.memory(),
            Optional.empty(),
            setup.pages(),
            setup.mode(),
            setup.touch(),
            setup.pool(),
            setup.conditions());
    Costs.Place cutPlace = costs.place(cut);
    assertThat(costs.form(Strategies.named("ttm-fault"), cutPlace).line(8192, 0, 0)).isEmpty();
  }

  /// A grown tree has so many nodes more, and every search for the buffer looks at the firmware
  /// ranges; those that skip what ends before the buffer do not look below the new bridge.
  @ParameterizedTest
  @CsvSource({"w0, 150, 251", "w1, 150, 151", "w2, 150, 251", "w3, 150, 151"})
  void walksMeetWhatWasAdded(String walk, int reserved, int more) {
    Kernel kernel = Kernels.named("6.1").with(Behaviour.RESOURCE_WALK, walk);
    Setup setup = Setup.of(Machines.named("epyc-milan"), kernel, TREE, 1);
    Strategy strategy = Strategies.named("vm-insert-pfn");
    long before = visits(strategy, setup);
    Setup grown = setup.with(new Growth(OptionalInt.empty(), reserved, 50));
    assertThat(grown.scenario().tree().size()).isEqualTo(TREE.size() + reserved + 101);
    assertThat(visits(strategy, grown) - before).isEqualTo(more);
  }

  private static long visits(Strategy strategy, Setup setup) {
    return BufferLife.of(strategy, setup.scenario())
        .first()
        .count(Phase.TOUCH, Event.RESOURCE_NODE_VISIT);
  }
}
