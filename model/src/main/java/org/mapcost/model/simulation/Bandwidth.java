package org.mapcost.model.simulation;

/// The memory bandwidth of one socket, shared equally in proportion to what each transfer could use
/// alone (processor sharing).
///
/// Every transfer is counted in the time that it takes alone. While the transfers together ask for
/// no more than there is, each goes on at full speed; else all are slowed by the same factor, so
/// that in a clock that runs at that speed each ends at a fixed time.
final class Bandwidth {
  private final EventList ends;
  private final double atFullSpeed;
  private double speed = 1;
  private double since;

  /// The clock that runs slower under load.
  private double shared;

  private double busy;

  /// @param cpus the numbers of CPUs that may transfer
  /// @param atFullSpeed how many transfers have full speed together, at least 1
  Bandwidth(int cpus, double atFullSpeed) {
    if (!(atFullSpeed > 0)) {
      throw new IllegalArgumentException("there is some bandwidth, not " + atFullSpeed);
    }
    this.ends = new EventList(cpus);
    this.atFullSpeed = Math.max(1, atFullSpeed);
  }

  /// A CPU begins a transfer that takes so many nanoseconds alone.
  void begin(int cpu, double ns, double now) {
    advance(now);
    ends.schedule(cpu, shared + ns);
    speed = speed();
  }

  /// When the next transfer ends if no other begins; infinite where there is none.
  double nextEnd() {
    return ends.size() == 0 ? Double.POSITIVE_INFINITY : since + (ends.nextTime() - shared) / speed;
  }

  /// The CPU whose transfer ends now.
  int end(double now) {
    advance(now);
    shared = Math.max(shared, ends.nextTime());
    int cpu = ends.next();
    speed = speed();
    return cpu;
  }

  private double speed() {
    return ends.size() <= atFullSpeed ? 1 : atFullSpeed / ends.size();
  }

  private void advance(double now) {
    double passed = now - since;
    shared = Math.min(shared + passed * speed, Math.max(shared, ends.nextTime()));
    busy += passed * Math.min(1, ends.size() / atFullSpeed);
    since = now;
  }

  void reset(double now) {
    advance(now);
    busy = 0;
  }

  /// Nanoseconds of full use since the last reset.
  double busy(double now) {
    advance(now);
    return busy;
  }
}
