package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.FlushRound.Form;

/// A flush of everything on many CPUs by interrupt (`flush_tlb_all`). Formula and source: see
/// [FlushRounds].
public final class GlobalFlush implements PriceFunction {
  @Override
  public String name() {
    return "global-flush";
  }

  @Override
  public String description() {
    return "a flush of all translations on many CPUs by interrupt";
  }

  @Override
  public List<Argument> arguments() {
    return FlushArguments.withRefill();
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    return FlushArguments.quote(platform, Form.GLOBAL, 0, arguments);
  }
}
