package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// What one CPU pays after a flush of everything, for translations it still needs. A consequence:
/// it is in no flush's price.
///
/// Formula, nanoseconds: min(pages in use, TLB entries) x (walk + latency of the page-table
/// entries, 8 bytes a page) x nesting.
///
/// Source: machine file; in a virtual machine both page tables are walked.
public final class TlbRefill implements PriceFunction {
  private static final int ENTRY_BYTES = 8;

  @Override
  public String name() {
    return "tlb-refill";
  }

  @Override
  public String description() {
    return "translations one CPU fetches again after a flush of everything";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of(
            "pages",
            Dimension.COUNT,
            machine -> machine.quantity(Parameter.STLB).toString(),
            "4 KiB pages in use"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    return of(platform, arguments.number("pages"));
  }

  public static Quote of(Platform platform, double pagesInUse) {
    Working working = new Working(platform);
    Uncertain walk = working.term("walk", working.ns(Parameter.PAGE_WALK));
    Uncertain entry =
        working.term("entry", Reach.latency(working, pagesInUse * ENTRY_BYTES, Heat.HOT));
    Uncertain page = walk.plus(entry).times(working.value(Parameter.NESTED_WALK));
    working.value(Parameter.STLB);
    double lost = Math.min(pagesInUse, working.machine().interval(Parameter.STLB).best());
    return working.quote("min(pages, stlb) x (walk + entry) x nested_walk", page.times(lost));
  }
}
