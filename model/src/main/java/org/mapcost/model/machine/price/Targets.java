package org.mapcost.model.machine.price;

import org.mapcost.model.cost.Interval;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;

/// How far the CPUs are that one CPU interrupts: with the same last-level cache, elsewhere in the
/// socket, or in another socket.
///
/// Which CPUs they are is not known; best spreads them evenly over the machine, low takes the
/// nearest first and high the farthest. More targets than the machine has CPUs are taken as
/// farthest.
final class Targets {
  private final Interval near;
  private final Interval far;
  private final Interval remote;
  private final int[] available;
  private final int count;

  Targets(Working working, int count) {
    Machine machine = working.machine();
    this.count = count;
    near = working.ns(Parameter.LINE_TRANSFER_NEAR);
    far = working.ns(Parameter.LINE_TRANSFER_FAR);
    remote = working.ns(Parameter.LINE_TRANSFER_REMOTE);
    int others = machine.cpus() - 1;
    int sameLlc = Math.min(others, machine.cpusPerLlc() - 1);
    int sameSocket = Math.min(others - sameLlc, machine.cpusPerSocket() - machine.cpusPerLlc());
    available = new int[] {sameLlc, sameSocket, Math.max(others, count) - sameLlc - sameSocket};
  }

  /// One line from each target, in nanoseconds together.
  Interval lines() {
    int all = available[0] + available[1] + available[2];
    if (count == 0 || all == 0) {
      return Interval.ZERO;
    }
    double share = (double) count / all;
    double low = take(near.low(), far.low(), remote.low(), false);
    double high = take(near.high(), far.high(), remote.high(), true);
    double best =
        share
            * (available[0] * near.best()
                + available[1] * far.best()
                + available[2] * remote.best());
    return new Interval(Math.min(low, best), best, Math.max(high, best));
  }

  /// How much longer a message takes to the farthest target than to the nearest, one way.
  Interval farthest() {
    Interval line = near;
    if (available[2] > 0 && reaches(available[2])) {
      line = remote;
    } else if (available[1] > 0 && reaches(available[1])) {
      line = far;
    }
    double best = Math.max(0, line.best() - near.best());
    return new Interval(0, best, Math.max(best, line.high() - near.low()));
  }

  private boolean reaches(int there) {
    int all = available[0] + available[1] + available[2];
    return (double) count * there / all >= 0.5;
  }

  private double take(double nearNs, double farNs, double remoteNs, boolean farthestFirst) {
    double[] each = {nearNs, farNs, remoteNs};
    double sum = 0;
    int left = count;
    for (int i = 0; i < 3; i++) {
      int level = farthestFirst ? 2 - i : i;
      int taken = Math.min(left, available[level]);
      sum += taken * each[level];
      left -= taken;
    }
    return sum;
  }
}
