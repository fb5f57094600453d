package org.mapcost.model.simulation;

/// How many are somewhere, over time, and how long each stays: kept twice, as an area under the
/// number and as a sum of stays, so that Little's law can be checked.
final class Gauge {
  private final String name;
  private int inside;
  private double since;
  private double area;
  private double stays;
  private long left;
  private long arrived;
  private int most;

  /// The sum of the moments at which those inside came.
  private double comings;

  Gauge(String name) {
    this.name = name;
  }

  void arrive(double now) {
    move(now);
    inside++;
    arrived++;
    most = Math.max(most, inside);
    comings += now;
  }

  /// One leaves.
  ///
  /// @param came when it arrived; for one that was inside at the last [#reset], that moment
  void leave(double came, double now) {
    move(now);
    inside--;
    left++;
    stays += now - came;
    comings -= came;
  }

  private void move(double now) {
    area += inside * (now - since);
    since = now;
  }

  /// Forgets what was; who is inside stays, and is taken to come now.
  void reset(double now) {
    since = now;
    area = 0;
    stays = 0;
    left = 0;
    arrived = 0;
    most = inside;
    comings = inside * now;
  }

  /// Brings it up to a moment and checks Little's law: the area equals all stays, those of who is
  /// still inside included.
  void settle(double now, double from) {
    move(now);
    double sum = stays + inside * now - comings;
    if (Math.abs(area - sum) > 1e-6 * Math.max(1, now - from) + 1e-7 * area) {
      throw new IllegalStateException(
          "Little's law does not hold for %s: area %s, stays %s".formatted(name, area, sum));
    }
  }

  int inside() {
    return inside;
  }

  int most() {
    return most;
  }

  long left() {
    return left;
  }

  long arrived() {
    return arrived;
  }

  /// The area under the number, in nanoseconds: for something that only one can have, how long
  /// somebody had it.
  double area() {
    return area;
  }

  /// The stays of those who left, in nanoseconds.
  double stays() {
    return stays;
  }
}
