package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;

/// How far the CPUs are that one CPU deals with: with the same last-level cache, elsewhere in the
/// socket, or in another socket.
///
/// Which CPUs they are is not known; best spreads them evenly over the machine, low takes the
/// nearest first and high the farthest. More targets than the machine has CPUs are taken as
/// farthest.
final class Targets {
  private static final String WHICH = "which CPUs they are";

  /// Where the others are, as far as it is known.
  enum Distance {
    /// Anywhere on the machine.
    SPREAD,
    /// With the same last-level cache.
    NEAR,
    /// In the same socket, with another last-level cache if there is one.
    FAR,
    /// In another socket.
    REMOTE
  }

  private final Uncertain[] line;
  private final int[] available;
  private final int count;

  Targets(Working working, int count) {
    this(working, count, Distance.SPREAD);
  }

  Targets(Working working, int count, Distance distance) {
    Machine machine = working.machine();
    this.count = count;
    line =
        new Uncertain[] {
          working.ns(Parameter.LINE_TRANSFER_NEAR),
          working.ns(Parameter.LINE_TRANSFER_FAR),
          working.ns(Parameter.LINE_TRANSFER_REMOTE)
        };
    if (distance != Distance.SPREAD) {
      available = new int[line.length];
      available[distance.ordinal() - 1] = count;
      return;
    }
    int others = machine.cpus() - 1;
    int sameLlc = Math.min(others, machine.cpusPerLlc() - 1);
    int sameSocket = Math.min(others - sameLlc, machine.cpusPerSocket() - machine.cpusPerLlc());
    available = new int[] {sameLlc, sameSocket, Math.max(others, count) - sameLlc - sameSocket};
  }

  /// One line from each target, in nanoseconds together.
  Uncertain lines() {
    int all = available[0] + available[1] + available[2];
    if (count == 0 || all == 0) {
      return Uncertain.ZERO;
    }
    Uncertain best = Uncertain.ZERO;
    for (int level = 0; level < line.length; level++) {
      best = best.plus(line[level].times((double) count * available[level] / all));
    }
    return best.orElse(WHICH, take(false), take(true));
  }

  /// How much longer a message takes to the farthest target than to the nearest, one way.
  Uncertain farthest() {
    int level = 0;
    if (available[2] > 0 && reaches(available[2])) {
      level = 2;
    } else if (available[1] > 0 && reaches(available[1])) {
      level = 1;
    }
    return line[level].less(line[0]);
  }

  private boolean reaches(int there) {
    int all = available[0] + available[1] + available[2];
    return (double) count * there / all >= 0.5;
  }

  private Uncertain take(boolean farthestFirst) {
    Uncertain sum = Uncertain.ZERO;
    int left = count;
    for (int i = 0; i < line.length; i++) {
      int level = farthestFirst ? line.length - 1 - i : i;
      int taken = Math.min(left, available[level]);
      sum = sum.plus(line[level].times((double) taken));
      left -= taken;
    }
    return sum;
  }
}
