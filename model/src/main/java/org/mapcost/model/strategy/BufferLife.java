package org.mapcost.model.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Meter;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pat.CacheMode;
import org.mapcost.model.vma.Mm;
import org.mapcost.model.vma.VmFault;
import org.mapcost.model.vma.Vma;

/// The life of a buffer under one strategy, from the driver's load to the buffer's end, counted
/// phase by phase.
///
/// The first use and a later one differ: direct-map splits last, and a pool is filled by what was
/// freed before.
///
/// @param first the counts of the driver's load and of the first buffer
/// @param steady the counts of a later, equal buffer; its load phase is empty
/// @param effectiveMode the caching mode that the mapping really has; where `mmap` failed, the mode
///   asked for
/// @param mapErrno 0, or the negative errno with which `mmap` refuses a private mapping
/// @param forkErrno 0, or the negative errno with which the fork fails
/// @param mappings the map, touch and unmap counts of each mapping of the first buffer; they add up
///   to those phases of `first`
public record BufferLife(
    Ledger first,
    Ledger steady,
    CacheMode effectiveMode,
    int mapErrno,
    int forkErrno,
    List<Ledger> mappings) {

  public BufferLife {
    mappings = List.copyOf(mappings);
  }

  /// Lives through two buffers, each mapped once and shared. Throws `InputException` when the
  /// strategy refuses the scenario.
  public static BufferLife of(Strategy strategy, Scenario scenario) {
    return of(strategy, scenario, Use.PLAIN);
  }

  /// Lives through two buffers. Throws `InputException` when the strategy refuses the scenario, but
  /// not where `mmap` refuses a private mapping: that is an answer.
  public static BufferLife of(Strategy strategy, Scenario scenario, Use use) {
    strategy
        .refuses(scenario)
        .ifPresent(reason -> {
          throw new InputException(strategy.name() + " does not apply: " + reason + ".");
        });
    Ledger first = new Ledger();
    Ledger steady = new Ledger();
    World world = new World(strategy, scenario, first);
    if (use.isPrivate()) {
      world.mapPrivately();
    }
    first.enter(Phase.LOAD);
    strategy.load(world);
    OneBuffer buffer = new OneBuffer(strategy, world, use, first);
    buffer.live();
    new OneBuffer(strategy, world, use, steady).live();
    return new BufferLife(
        first, steady, buffer.mode, buffer.mapErrno, buffer.forkErrno, buffer.mappings);
  }

  /// One buffer in the world that the driver's load left.
  private static final class OneBuffer {
    private final Strategy strategy;
    private final World world;
    private final Scenario scenario;
    private final Use use;
    private final Ledger ledger;
    private final List<Ledger> mappings = new ArrayList<>();
    private final List<Vma> vmas = new ArrayList<>();
    private CacheMode mode;
    private int mapErrno;
    private int forkErrno;

    OneBuffer(Strategy strategy, World world, Use use, Ledger ledger) {
      this.strategy = strategy;
      this.world = world;
      this.scenario = world.scenario();
      this.use = use;
      this.ledger = ledger;
      this.mode = scenario.mode();
    }

    void live() {
      world.chargeTo(ledger);
      world.firstSlot();
      ledger.enter(Phase.ALLOCATE);
      world.memory().allocate(ledger);
      while (vmas.size() < use.mappings() && mapErrno == 0) {
        mapAndTouch();
      }
      if (use.forks() && mapErrno == 0) {
        fork();
      }
      unmapAll();
      ledger.enter(Phase.FREE);
      world.memory().free(ledger);
    }

    private void mapAndTouch() {
      Ledger own = new Ledger();
      charge(Phase.MAP, own);
      mapErrno = strategy.map(world);
      if (mapErrno != 0) {
        if (!use.isPrivate()) {
          throw new InputException(
              "mmap by %s fails with %d: the range has a memory type that %s cannot live with."
                  .formatted(strategy.name(), mapErrno, scenario.mode().key()));
        }
        world.discard();
        return;
      }
      charge(Phase.TOUCH, own);
      touch(world.meter());
      mode = effectiveMode();
      mappings.add(own);
      vmas.add(world.vma());
      world.nextSlot();
    }

    private void charge(Phase phase, Ledger own) {
      ledger.enter(phase);
      own.enter(phase);
      world.chargeTo(new Both(ledger, own));
    }

    private void touch(Meter meter) {
      boolean writes = scenario.touch().writes();
      Vma vma = world.vma();
      scenario
          .touch()
          .forEach(
              scenario.pages(),
              page -> {
                VmFault _ =
                    writes
                        ? world
                            .faults()
                            .write(vma, page, each -> strategy.fault(world, each), meter)
                        : world
                            .faults()
                            .read(vma, page, each -> strategy.fault(world, each), meter);
              });
    }

    /// The mode of the first touched page: all have the same, since the buffer lies in one BAR or
    /// in pages of one type.
    private CacheMode effectiveMode() {
      long[] firstTouched = {-1};
      scenario
          .touch()
          .forEach(
              scenario.pages(),
              page -> firstTouched[0] = firstTouched[0] < 0 ? page : firstTouched[0]);
      return world.vma().pageTable().mode(firstTouched[0]);
    }

    private void fork() {
      ledger.enter(Phase.FORK);
      Mm.Fork fork = world.mm().fork(ledger);
      forkErrno = fork.errno();
      ledger.enter(Phase.EXIT);
      Optional<Mm> child = fork.child();
      child.ifPresent(mm -> mm.exit(ledger));
    }

    private void unmapAll() {
      for (int i = vmas.size() - 1; i >= 0; i--) {
        charge(Phase.UNMAP, mappings.get(i));
        world.use(vmas.get(i));
        world.unmap();
      }
      world.chargeTo(ledger);
    }
  }
}
