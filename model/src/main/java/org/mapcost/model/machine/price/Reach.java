package org.mapcost.model.machine.price;

import java.util.List;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;

/// From where data comes that is gone through again and again: from the smallest cache that holds
/// all of it, and from memory if none does.
///
/// Caches are shared with everything else that runs: the low end is that of half the bytes, the
/// high end that of twice as many. Memory that is cold was allocated while the machine started, on
/// any of its sockets: best is the mean over the nodes, the ends are the own node and the others.
final class Reach {
  private static final List<Parameter> CACHES = List.of(Parameter.L1D, Parameter.L2, Parameter.LLC);

  private Reach() {}

  /// Load-to-use latency, in nanoseconds, of each of `bytes` that are used in turn.
  static Uncertain latency(Working working, double bytes, Heat heat) {
    Uncertain kept =
        level(working, bytes)
            .orElse(
                "where " + Math.round(bytes) + " bytes stay",
                level(working, bytes / 2),
                level(working, bytes * 2));
    return switch (heat) {
      case HOT -> kept;
      case WARM ->
          kept.max(
              working
                  .ns(Parameter.LLC_LATENCY)
                  .orElse(
                      "how far it was pushed out",
                      working.ns(Parameter.L2_LATENCY),
                      working.ns(Parameter.LLC_LATENCY)));
      case COLD -> memory(working);
    };
  }

  /// Load-to-use latency of memory on an unknown node.
  static Uncertain memory(Working working) {
    Uncertain own = working.ns(Parameter.DRAM_LATENCY);
    double sockets = working.machine().interval(Parameter.SOCKETS).best();
    if (sockets < 2) {
      return own;
    }
    Uncertain other = working.ns(Parameter.DRAM_LATENCY_REMOTE);
    return own.times(1 / sockets)
        .plus(other.times((sockets - 1) / sockets))
        .orElse("which node's memory", own, other);
  }

  /// Up to how many bytes [#latency] is that of so many.
  static double sameUpTo(Machine machine, double bytes) {
    double next = Double.POSITIVE_INFINITY;
    for (Parameter cache : CACHES) {
      double size = machine.bytes(cache).value();
      for (double border : new double[] {size / 2, size, size * 2}) {
        next = border >= bytes ? Math.min(next, border) : next;
      }
    }
    return next;
  }

  private static Uncertain level(Working working, double bytes) {
    return working.ns(parameter(working, bytes));
  }

  private static Parameter parameter(Working working, double bytes) {
    if (bytes <= working.machine().bytes(Parameter.L1D).value()) {
      return Parameter.L1_LATENCY;
    }
    if (bytes <= working.machine().bytes(Parameter.L2).value()) {
      return Parameter.L2_LATENCY;
    }
    return bytes <= working.machine().bytes(Parameter.LLC).value()
        ? Parameter.LLC_LATENCY
        : Parameter.DRAM_LATENCY;
  }
}
