package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.kernel.Operation;

/// One page visited by a pass of an attribute change, without its resource walk, page flags, entry
/// and flushes (`__change_page_attr`).
///
/// Formula, nanoseconds: instructions x CPI / clock. Source: instructions recorded from
/// `set_pages_array_wc` and `_wb`.
public final class CpaPage implements PriceFunction {
  @Override
  public String name() {
    return "cpa-page";
  }

  @Override
  public String description() {
    return "one page of one pass of an attribute change, walk, entry and flushes not included";
  }

  @Override
  public List<Argument> arguments() {
    return List.of();
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    Working working = new Working(platform);
    return working.quote(
        "instructions x cpi / clock",
        working.term("page", working.instructions(Operation.CPA_PAGE)));
  }
}
