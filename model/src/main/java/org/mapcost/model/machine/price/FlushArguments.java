package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;

/// What every price of a flush by interrupt can be told.
final class FlushArguments {
  static final List<Argument> ALL =
      List.of(
          Argument.of(
              "cpus",
              Dimension.COUNT,
              machine -> String.valueOf(machine.cpus()),
              "CPUs that flush, the caller included"),
          Argument.of("idle", Dimension.COUNT, "0", "how many of the others are idle"),
          Argument.of("preempted", Dimension.COUNT, "0", "how many are virtual and not running"),
          new Argument(
              "order",
              Dimension.COUNT,
              List.of("sequential", "concurrent"),
              machine -> "concurrent",
              "up to 5.12 sequential, later concurrent"));

  private FlushArguments() {}

  static FlushRound round(Form form, long pages, Arguments arguments) {
    int cpus = arguments.count("cpus");
    int idle = arguments.count("idle");
    int preempted = arguments.count("preempted");
    int running = cpus - 1 - idle - preempted;
    if (running < 0) {
      throw new InputException(
          "cpus: the caller and %d idle or preempted CPUs are more than %d; set cpus or"
                  .formatted(idle + preempted, cpus)
              + " machine.cpus higher.");
    }
    Order order = arguments.choice("order", Order.class);
    return new FlushRound(form, pages, true, running, idle, preempted, order);
  }

  /// Refuses a broadcast flush on a machine that has none.
  static void needsInvlpgb(Platform platform) {
    if (!platform.machine().has(Parameter.INVLPGB)) {
      throw new InputException(
          "machine '%s' has no INVLPGB; take an AMD machine from Zen 3 on, or set machine.invlpgb=true."
              .formatted(platform.machine().name()));
    }
  }
}
