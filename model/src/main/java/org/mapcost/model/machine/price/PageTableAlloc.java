package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Parameter;

/// One page-table page allocated, cleared and linked (`__pte_alloc`).
///
/// Formula, nanoseconds: instructions x CPI / clock + clear. Source: instructions recorded; the
/// machine's price of a cleared page.
public final class PageTableAlloc implements PriceFunction {
  @Override
  public String name() {
    return "page-table-alloc";
  }

  @Override
  public String description() {
    return "one page-table page allocated, cleared and linked";
  }

  @Override
  public List<Argument> arguments() {
    return List.of();
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    return of(platform);
  }

  public static Quote of(Platform platform) {
    Working working = new Working(platform);
    Uncertain allocate = working.term("allocate", working.instructions(Operation.PAGE_TABLE_ALLOC));
    Uncertain clear = working.term("clear", working.ns(Parameter.PAGE_CLEAR));
    return working.quote("allocate + clear", allocate.plus(clear));
  }
}
