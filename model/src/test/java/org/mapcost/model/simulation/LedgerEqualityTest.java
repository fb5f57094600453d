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
import org.mapcost.model.cost.Interval;
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
import org.mapcost.model.machine.Quantity;
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
/// sequences of operations of every strategy, memory and machine: with the machine's values as they
/// are, and with all of them at their low and at their high ends. Where values are uncertain, a
/// sum's ends are no sums of ends: the simulation, which has all prices at one end, then lies
/// outside the ledger's interval or at its end.
class LedgerEqualityTest {
  private static final ResourceTree TREE = BundledTree.XEON_WOLFPASS_2S.tree();

  /// @param end at which all values of the machine are
  record Case(Strategy strategy, Memory memory, String kernel, String machine, PriceEnd end) {
    Machine values() {
      Machine whole = Machines.named(machine);
      if (end == PriceEnd.BEST) {
        return whole;
      }
      Machine all = whole;
      for (Map.Entry<Parameter, Quantity> each : whole.values().entrySet()) {
        Quantity of = each.getValue();
        double value = end.of(of.interval());
        all =
            all.with(
                each.getKey(),
                new Quantity(Interval.exactly(value), of.unit(), of.source(), of.note()));
      }
      return all;
    }

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
          String machine = machines.get(random.nextInt(machines.size()));
          Case each = new Case(strategy, memory, kernel, machine, PriceEnd.BEST);
          if (strategy.refuses(scenario(each)).isEmpty()) {
            cases.add(each);
            if (kernel.equals("6.1")) {
              cases.add(new Case(strategy, memory, kernel, machine, PriceEnd.LOW));
              cases.add(new Case(strategy, memory, kernel, machine, PriceEnd.HIGH));
            }
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
    live(each, each.values(), PriceEnd.BEST, LedgerEqualityTest::equal);
  }

  /// With all prices at one end at once the simulation is at least as far out as the ledger, whose
  /// prices err independently.
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void allPricesAtOneEndLieOutsideTheLedgersInterval(Case each) {
    if (each.end != PriceEnd.BEST) {
      live(each, Machines.named(each.machine), each.end, LedgerEqualityTest::outside);
    }
  }

  private static void equal(double simulated, Interval ledger, String what) {
    assertThat(simulated).as(what).isCloseTo(ledger.best(), within(1e-9 * ledger.best() + 1e-6));
  }

  private static void outside(double simulated, Interval ledger, String what) {
    assertThat(
            simulated <= ledger.low() * (1 + 1e-9) + 1e-6
                || simulated >= ledger.high() * (1 - 1e-9) - 1e-6)
        .as("%s: %s beside %s", what, simulated, ledger)
        .isTrue();
  }

  /// What is expected of a simulated time beside its ledger's.
  private interface Expected {
    void of(double simulated, Interval ledger, String what);
  }

  private static void live(Case each, Machine machine, PriceEnd end, Expected expected) {
    Scenario scenario = scenario(each);
    MachinePrices prices = MachinePrices.of(machine, each.kernel);
    Ledger ledger = new Ledger();
    TapeMeter meter =
        new TapeMeter(new TapePrices(prices, Conditions.USUAL, end, machine.cpus()), ledger);
    World world = new World(each.strategy, scenario, meter);
    RandomGenerator random = Queues.random(each.hashCode());
    check(() -> each.strategy.load(world), end, expected, meter, ledger, prices, machine);
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
      check(operation, end, expected, meter, ledger, prices, machine);
    }
  }

  private static void check(
      Runnable operation,
      PriceEnd end,
      Expected expected,
      TapeMeter meter,
      Ledger ledger,
      MachinePrices prices,
      Machine machine) {
    ledger.clear();
    double[] took = {0};
    Engine engine = new Engine(hardware(machine, end), List.of(first()));
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
    expected.of(took[0], price.caller(), "caller of " + ledger.totals());
    expected.of(
        engine.usage(engine.now()).sum(Usage.OfCpu::lost),
        price.stolen(),
        "stolen by " + ledger.totals());
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
