package org.mapcost.results.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.model.cost.Interval;

/// What `mprotect` costs in one fork, taken apart.
///
/// The time of a change of n pages is, in nanoseconds,
/// * to accessible again, which flushes nothing: base + restore x n,
/// * to inaccessible, peers parked: base + protect x n + call + (n <= 33: invlpg x n, else: full),
/// * to inaccessible, one peer running: the same + ipi.
///
/// The slope beyond 33 pages is `protect`, the one below it also `invlpg`, and the jump between
/// them `full`: that is what makes the parts identifiable from user space. `full` is weakly so, for
/// it is small beside the entries of 64 pages; what is known of it beforehand counts as a
/// measurement with the weight of its own width.
///
/// @param base a call that changes no page
/// @param restore each page made accessible
/// @param protect each page made inaccessible, without its flush
/// @param call what a flush costs whatever it drops
/// @param invlpg each page dropped
/// @param full all dropped at once, beyond `call`
/// @param ipi one running CPU interrupted and waited for; absent without peers
/// @param residual median size of the residuals, as a share
record FlushFit(
    double base,
    double restore,
    double protect,
    double call,
    double invlpg,
    double full,
    OptionalDouble ipi,
    double residual) {
  private static final int COLUMNS = 7;

  /// Fits one fork; absent where it lacks points.
  ///
  /// @param full what is known beforehand of a flush of everything
  static Optional<FlushFit> of(ForkReading fork, List<Integer> pages, Interval full) {
    List<double[]> rows = new ArrayList<>();
    List<Double> measured = new ArrayList<>();
    List<Double> trust = new ArrayList<>();
    boolean peers = false;
    boolean many = false;
    int few = 0;
    for (int n : pages) {
      boolean ranged = n <= Points.CEILING;
      for (boolean running : new boolean[] {false, true}) {
        add(
            fork,
            Points.shootdown("RESTORE", n, running),
            new double[] {1, n, 0, 0, 0, 0, 0},
            rows,
            measured,
            trust);
        boolean there =
            add(
                fork,
                Points.shootdown("MPROTECT", n, running),
                new double[] {1, 0, n, 1, ranged ? n : 0, ranged ? 0 : 1, running ? 1 : 0},
                rows,
                measured,
                trust);
        peers |= there && running;
        many |= there && !ranged;
        few += there && ranged ? 1 : 0;
      }
    }
    if (!many || few < 2) {
      return Optional.empty();
    }
    double width = Math.max(1, full.high() - full.low()) / 2;
    rows.add(new double[] {0, 0, 0, 0, 0, 1, 0});
    measured.add(Math.max(1, full.best()));
    trust.add(Math.min(1, Math.pow(0.02 * full.best() / width, 2)));
    RobustFit fit =
        RobustFit.of(
            rows.toArray(new double[0][]),
            measured.stream().mapToDouble(Double::doubleValue).toArray(),
            trust.stream().mapToDouble(Double::doubleValue).toArray());
    return Optional.of(
        new FlushFit(
            fit.coefficient(0),
            fit.coefficient(1),
            fit.coefficient(2),
            fit.coefficient(3),
            fit.coefficient(4),
            fit.coefficient(5),
            peers ? OptionalDouble.of(fit.coefficient(COLUMNS - 1)) : OptionalDouble.empty(),
            fit.medianResidual()));
  }

  private static boolean add(
      ForkReading fork,
      ProbePoint point,
      double[] row,
      List<double[]> rows,
      List<Double> measured,
      List<Double> trust) {
    OptionalDouble value = fork.value(point);
    if (value.isEmpty()) {
      return false;
    }
    rows.add(row);
    measured.add(value.getAsDouble());
    trust.add(1.0);
    return true;
  }
}
