package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Dimension;
import org.mapcost.model.machine.price.Targets.Distance;

/// Other CPUs called by interrupt for nothing, and waited for.
///
/// Formula: [Broadcast]; caller: send + slowest + acknowledge, stolen: running targets x (crossing
/// + handler).
///
/// Source: machine file; instructions of the handler are a guess.
public final class IpiBroadcast implements PriceFunction {
  @Override
  public String name() {
    return "ipi-broadcast";
  }

  @Override
  public String description() {
    return "other CPUs interrupted for nothing and waited for";
  }

  @Override
  public List<Argument> arguments() {
    return List.of(
        Argument.of(
            "targets",
            Dimension.COUNT,
            machine -> String.valueOf(machine.cpus() - 1),
            "CPUs interrupted"),
        Argument.of("idle", Dimension.COUNT, "0", "how many of them are idle"),
        Argument.of("preempted", Dimension.COUNT, "0", "how many are virtual and not running"),
        FlushArguments.DISTANCE);
  }

  @Override
  public Quote price(Platform platform, Arguments arguments) {
    int idle = arguments.count("idle");
    int preempted = arguments.count("preempted");
    int running = arguments.count("targets") - idle - preempted;
    if (running < 0) {
      throw new InputException("targets: idle and preempted CPUs are among the targets.");
    }
    return of(platform, arguments.choice("distance", Distance.class), running, idle, preempted);
  }

  private static Quote of(
      Platform platform, Distance distance, int running, int idle, int preempted) {
    Working working = new Working(platform);
    if (running + idle + preempted == 0) {
      return working.quote("nothing: there is no target", Uncertain.ZERO);
    }
    Broadcast call =
        Broadcast.of(working, distance, running, idle, preempted, Uncertain.ZERO, Uncertain.ZERO);
    working.term("send", call.send());
    working.term("slowest", call.slowest());
    working.term("acknowledge", call.acknowledge());
    return working.quote(
        "caller: send + slowest + acknowledge; stolen: running targets x (crossing + handler)",
        call.send().plus(call.slowest()).plus(call.acknowledge()),
        call.stolen());
  }
}
