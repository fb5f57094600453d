package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.machine.Dimension;

/// A flush that the caller broadcasts; no CPU is interrupted (`invlpgb_flush_all`,
/// `invlpgb_kernel_range_flush`). Formula and source: see [FlushRounds].
public final class InvlpgbFlush implements PriceFunction {
  @Override
  public String name() {
    return "invlpgb";
  }

  @Override
  public String description() {
    return "a flush broadcast with INVLPGB and TLBSYNC, whatever the number of CPUs";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of("pages", Dimension.COUNT, "0", "pages to flush; 0 for everything"),
        Argument.of(
            "cpus",
            Dimension.COUNT,
            machine -> String.valueOf(machine.cpus()),
            "CPUs that it reaches; the price does not depend on them"));
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    FlushArguments.needsInvlpgb(platform);
    return FlushRounds.of(
        platform,
        new FlushRound(Form.INVLPGB, arguments.count("pages"), true, 0, 0, 0, Order.CONCURRENT));
  }
}
