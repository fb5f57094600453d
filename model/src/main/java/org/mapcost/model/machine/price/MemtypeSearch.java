package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// One search of the memtype tree, without its lock.
///
/// Formula, nanoseconds: instructions x CPI / clock + levels x max(latency, instructions of a level
/// x loop CPI / clock); levels are those beyond the short list that was recorded, log2(entries /
/// 8).
///
/// Source: instructions recorded from `lookup_memtype`, latencies of the machine file.
public final class MemtypeSearch implements PriceFunction {
  private static final int RECORDED_ENTRIES = 8;

  @Override
  public String name() {
    return "memtype-search";
  }

  @Override
  public String description() {
    return "one search of the memtype tree, its lock not included";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(Argument.of("entries", Dimension.COUNT, "8", "reservations in the tree"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    return of(platform, arguments.number("entries"));
  }

  public static Quote of(Platform platform, double entries) {
    Working working = new Working(platform);
    Uncertain caller = working.term("search", working.instructions(Operation.MEMTYPE_SEARCH));
    double levels = Math.log(Math.max(1, entries / RECORDED_ENTRIES)) / Math.log(2);
    if (levels > 0) {
      Uncertain fetch = Reach.latency(working, entries * NodeVisit.NODE_BYTES, Heat.HOT);
      Uncertain compare =
          working.instructions(Operation.MEMTYPE_LEVEL, Parameter.LOOP_CYCLES_PER_INSTRUCTION);
      caller = caller.plus(working.term("levels", fetch.max(compare).times(levels)));
    }
    return working.quote("search + levels", caller);
  }
}
