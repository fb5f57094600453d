package org.mapcost.model.strategy;

import org.mapcost.model.InputException;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Ledger;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.pat.CacheMode;

/// The life of a buffer under one strategy, from the driver's load to the buffer's end, counted
/// phase by phase.
///
/// The first use and a later one differ: direct-map splits last, and a pool is filled by what was
/// freed before.
///
/// @param first the counts of the driver's load and of the first buffer
/// @param steady the counts of a later, equal buffer; its load phase is empty
/// @param effectiveMode the caching mode that the mapping really has
public record BufferLife(Ledger first, Ledger steady, CacheMode effectiveMode) {
  /// Lives through two buffers. Throws `InputException` when the strategy refuses the scenario.
  public static BufferLife of(Strategy strategy, Scenario scenario) {
    strategy
        .refuses(scenario)
        .ifPresent(reason -> {
          throw new InputException(strategy.name() + " does not apply: " + reason + ".");
        });
    Ledger first = new Ledger();
    Ledger steady = new Ledger();
    World world = new World(strategy, scenario, first);
    first.enter(Phase.LOAD);
    strategy.load(world);
    CacheMode mode = oneBuffer(strategy, world, first);
    world.chargeTo(steady);
    oneBuffer(strategy, world, steady);
    return new BufferLife(first, steady, mode);
  }

  private static CacheMode oneBuffer(Strategy strategy, World world, Ledger ledger) {
    Scenario scenario = world.scenario();
    ledger.enter(Phase.ALLOCATE);
    world.memory().allocate(ledger);
    ledger.enter(Phase.MAP);
    strategy.map(world);
    ledger.enter(Phase.TOUCH);
    scenario
        .touch()
        .forEach(
            scenario.pages(),
            page -> {
              if (!world.vma().pageTable().isPresent(page)) {
                ledger.add(Event.FAULT);
                strategy.fault(world, page);
              }
            });
    CacheMode mode = effectiveMode(world, scenario);
    ledger.enter(Phase.UNMAP);
    world.unmap();
    ledger.enter(Phase.FREE);
    world.memory().free(ledger);
    return mode;
  }

  /// The mode of the first touched page: all have the same, since the buffer lies in one BAR or in
  /// pages of one type.
  private static CacheMode effectiveMode(World world, Scenario scenario) {
    long[] firstTouched = {-1};
    scenario
        .touch()
        .forEach(
            scenario.pages(),
            page -> firstTouched[0] = firstTouched[0] < 0 ? page : firstTouched[0]);
    return world.vma().pageTable().mode(firstTouched[0]);
  }
}
