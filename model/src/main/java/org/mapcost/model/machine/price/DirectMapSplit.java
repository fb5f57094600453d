package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Parameter;

/// One large page of the direct map split, with all that belongs to it (`split_large_page`): the
/// whole of what a ledger counts as `direct_map_split`, `page_alloc`, 513 `kernel_pte_write` and a
/// flush round.
///
/// Formula, nanoseconds: own instructions + allocation + 513 entries, each x CPI / clock, + the
/// flush of everything on every CPU. Source: instructions recorded; see [FlushRounds].
public final class DirectMapSplit implements PriceFunction {
  private static final int ENTRIES_WRITTEN = 513;

  @Override
  public String name() {
    return "direct-map-split";
  }

  @Override
  public String description() {
    return "one large page of the direct map split, its flush on every CPU included";
  }

  @Override
  public List<Argument> arguments() {
    return FlushArguments.ALL;
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    Working working = new Working(platform);
    Uncertain own =
        working
            .term("own", working.instructions(Operation.DIRECT_MAP_SPLIT))
            .plus(working.term("allocate", working.instructions(Operation.PAGE_ALLOC)))
            .plus(
                working.term(
                    "entries",
                    working
                        .instructions(
                            Operation.KERNEL_PTE_WRITE, Parameter.LOOP_CYCLES_PER_INSTRUCTION)
                        .times(ENTRIES_WRITTEN)));
    Price flush =
        working.include(
            "flush",
            FlushRounds.of(platform, FlushArguments.round(Form.GLOBAL, 0, arguments)).price());
    return working.quote(
        "own + allocate + entries + flush", own.plus(flush.callerTime()), flush.stolenTime());
  }
}
