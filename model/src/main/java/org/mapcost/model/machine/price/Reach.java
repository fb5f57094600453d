package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Parameter;

/// From where data comes that is gone through again and again: from the smallest cache that holds
/// all of it, and from memory if none does.
///
/// Caches are shared with everything else that runs: the low end is that of half the bytes, the
/// high end that of twice as many.
final class Reach {
  private Reach() {}

  /// Load-to-use latency, in nanoseconds, of each of `bytes` that are used in turn.
  static Interval latency(Working working, double bytes, Heat heat) {
    Interval kept =
        new Interval(
            level(working, bytes / 2).low(),
            level(working, bytes).best(),
            Math.max(level(working, bytes).high(), level(working, bytes * 2).high()));
    return switch (heat) {
      case HOT -> kept;
      case WARM -> {
        Interval pushedOut = working.ns(Parameter.LLC_LATENCY);
        double low = working.ns(Parameter.L2_LATENCY).low();
        yield kept.max(new Interval(low, pushedOut.best(), pushedOut.high()));
      }
      case COLD -> {
        Interval near = working.ns(Parameter.DRAM_LATENCY);
        Interval far = working.ns(Parameter.DRAM_LATENCY_REMOTE);
        yield new Interval(near.low(), near.best(), Math.max(near.high(), far.high()));
      }
    };
  }

  private static Interval level(Working working, double bytes) {
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
