package org.mapcost.model.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Price;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.MachinePrices;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.strategy.Memory;
import org.mapcost.model.strategy.Scenario;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.strategy.TouchOrder;
import org.mapcost.model.strategy.World;
import org.mapcost.model.tlb.Cpus;
import org.mapcost.model.units.PhysicalAddress;

/// Guards that simulator and price list are one: where nobody is in the way, what an operation
/// takes in the simulation, and what it takes from other CPUs, is its ledger's price. Over random
/// sequences of operations of every strategy, memory and machine, at the best prices: a sum's ends
/// are no sums of ends.
class LedgerEqualityTest {
  private static final ResourceTree TREE = BundledTree.XEON_WOLFPASS_2S.tree();

  record Case(Strategy strategy, Memory memory, String kernel, String machine, PriceEnd end) {
    @Override
    public String toString() {
      return strategy.name() + " " + memory.key() + " " + kernel + " " + machine + " " + end.key();
    }
  }

  static Stream<Case> cases() {
    List<String> kernels = List.of("4.19", "5.11", "6.1", "7.2");
    List<String> machines = List.of("skylake-sp-2s", "epyc-milan", "client-igpu");
    List<Case> cases = new ArrayList<>();
    RandomGenerator random = Queues.random(5);
    for (Strategy strategy : Strategies.all()) {
      for (Memory memory : Memory.values()) {
        for (String kernel : kernels) {
          Case each =
              new Case(
                  strategy,
                  memory,
                  kernel,
                  machines.get(random.nextInt(machines.size())),
                  PriceEnd.BEST);
          if (strategy.refuses(scenario(each)).isEmpty()) {
            cases.add(each);
          }
        }
      }
    }
    return cases.stream();
  }

  private static Scenario scenario(Case each) {
    Machine machine = Machines.named(each.machine);
    Kernel kernel = Kernels.named(each.kernel);
    return new Scenario(
        kernel,
        TREE,
        List.of(),
        each.memory,
        each.memory == Memory.VRAM
            ? new PhysicalAddress(Landmark.largestBar(TREE).orElseThrow().start())
            : Scenario.lastSystemRam(TREE),
        40,
        CacheMode.WC,
        TouchOrder.SEQUENTIAL,
        new Cpus(machine.cpus(), 0, machine.has(Parameter.INVLPGB)),
        kernel.ttmPool());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void simulatedTimeEqualsThePricedLedger(Case each) {
    Scenario scenario = scenario(each);
    Machine machine = Machines.named(each.machine);
    MachinePrices prices = MachinePrices.of(machine, each.kernel);
    Ledger ledger = new Ledger();
    TapeMeter meter =
        new TapeMeter(new TapePrices(prices, Conditions.USUAL, each.end, machine.cpus()), ledger);
    World world = new World(each.strategy, scenario, meter);
    RandomGenerator random = Queues.random(each.hashCode());
    check(() -> each.strategy.load(world), each, meter, ledger, prices, machine);
    List<Runnable> life = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long pages = 1L + random.nextInt(40);
      World buffer =
          world.another(
              pages, new PhysicalAddress(scenario.at().value() + 4096 * 64L * i), CacheMode.WC);
      life.add(() -> buffer.memory().allocate(meter));
      life.add(() -> each.strategy.map(buffer));
      for (int fault = 0; fault < 6; fault++) {
        long page = random.nextLong(pages);
        life.add(() -> {
          if (!buffer.vma().pageTable().isPresent(page)) {
            meter.add(Event.FAULT);
            each.strategy.fault(buffer, page);
          }
        });
      }
      life.add(buffer::unmap);
      life.add(() -> buffer.memory().free(meter));
    }
    for (Runnable operation : life) {
      check(operation, each, meter, ledger, prices, machine);
    }
  }

  private static void check(
      Runnable operation,
      Case each,
      TapeMeter meter,
      Ledger ledger,
      MachinePrices prices,
      Machine machine) {
    ledger.clear();
    double[] took = {0};
    Engine engine = new Engine(hardware(machine, each.end), List.of(first()));
    engine.start(
        engine.task(
            engine.group(0),
            new Client() {
              private boolean over;

              @Override
              public Next next(Task task, double now) {
                if (over) {
                  return Next.END;
                }
                over = true;
                meter.begin(task.tape());
                operation.run();
                meter.end();
                return task.tape().size() == 0 ? Next.END : Next.RUN;
              }

              @Override
              public void done(Task task, double wanted, double now) {
                took[0] = now - wanted;
              }
            }));
    engine.runUntil(Double.MAX_VALUE);
    Price price = prices.price(ledger, Conditions.USUAL).total();
    double caller = each.end.of(price.caller());
    assertThat(took[0])
        .as("caller of %s", ledger.totals())
        .isCloseTo(caller, within(1e-9 * caller + 1e-6));
    double stolen = each.end.of(price.stolen());
    Usage usage = engine.usage(engine.now());
    assertThat(usage.sum(Usage.OfCpu::lost))
        .as("stolen by %s", ledger.totals())
        .isCloseTo(stolen, within(1e-9 * stolen + 1e-6));
  }

  private static BitSet first() {
    BitSet first = new BitSet();
    first.set(0);
    return first;
  }

  /// The other CPUs run work of their own, as the ledger's rounds say.
  private static Hardware hardware(Machine machine, PriceEnd end) {
    return new Hardware(
        machine.cpus(),
        machine.cpusPerSocket(),
        Map.of(),
        TapePrices.lines(machine, end),
        TapePrices.transfersAtFullSpeed(machine, end),
        Hardware.USUAL_SLICE,
        true);
  }

  /// A case that says nothing would hide a broken meter.
  @org.junit.jupiter.api.Test
  void casesReachLocksAndOtherCpus() {
    Map<Memory, Long> byMemory =
        cases()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    Case::memory, java.util.stream.Collectors.counting()));
    assertThat(byMemory.keySet()).containsExactlyInAnyOrder(Memory.values());
  }
}
