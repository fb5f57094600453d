package org.mapcost.model.machine.price;

import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.FlushRound.Order;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.Parameter;
import org.mapcost.model.machine.price.Targets.Distance;

/// What every price of a flush by interrupt can be told.
final class FlushArguments {
  static final String REFILL = "refill of each CPU's TLB afterwards";
  static final Argument DISTANCE =
      Argument.choice(
          "distance",
          Distance.class,
          "where the others are: anywhere, same LLC, same socket, another socket");

  private static final Argument HEAT =
      Argument.choice("heat", Heat.class, "whether the code of the flush is hot, warm or cold");

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
              "up to 5.12 sequential, later concurrent"),
          DISTANCE,
          HEAT);

  private FlushArguments() {}

  /// All of it, for a flush that may be full, with what is used again afterwards.
  static List<Argument> withRefill() {
    List<Argument> arguments = new ArrayList<>(ALL);
    arguments.add(
        Argument.of(
            "refill",
            Dimension.COUNT,
            machine -> machine.quantity(Parameter.STLB).toString(),
            "4 KiB pages that each CPU uses again after a flush of everything; in no bill"));
    return arguments;
  }

  /// The price of a round as the arguments tell, with its consequences.
  static Quote quote(Platform platform, Form form, long pages, Arguments arguments) {
    Working working = new Working(platform);
    Quote flush =
        FlushRounds.of(
            working,
            round(form, pages, arguments),
            arguments.choice("distance", Distance.class),
            arguments.choice("heat", Heat.class));
    double refill = form == Form.GLOBAL || form == Form.MM_FULL ? arguments.number("refill") : 0;
    return refill > 0 ? flush.with(REFILL, TlbRefill.of(platform, refill).price()) : flush;
  }

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
