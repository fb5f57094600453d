package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.mapcost.model.InputException;
import org.mapcost.model.units.Nanoseconds;

/// Says how far many simulations are and how long they will take, and refuses what would take too
/// long, as the first of them tell.
final class SimulatedProgress implements Runnable {
  private static final double SILENT = 4e9;
  private static final double EVERY = 5e9;

  /// The first steps are slow, for their code is not compiled yet; after so long they tell.
  private static final double TELLING = 3e9;

  private final String steps;
  private final long all;
  private final double limit;
  private final PrintWriter out;
  private final long begun = System.nanoTime();
  private long told = begun;
  private long done;
  private boolean judged;

  /// @param steps what they are called: `points`
  /// @param all how many there will be
  /// @param limit the longest they may take, in nanoseconds
  SimulatedProgress(String steps, long all, double limit, PrintWriter out) {
    this.steps = steps;
    this.all = all;
    this.limit = limit;
    this.out = out;
  }

  /// One step is done.
  @Override
  public synchronized void run() {
    done++;
    long now = System.nanoTime();
    double left = (double) (now - begun) / done * Math.max(0, all - done);
    if (!judged && now - begun >= Math.min(TELLING, limit)) {
      judged = true;
      refuseTooLong((double) (now - begun), left);
    }
    if (done < all && left > SILENT && now - told > EVERY) {
      told = now;
      out.printf(
          Locale.ROOT,
          "mapcost: %,d of %,d %s simulated, about %s left.%n",
          done,
          all,
          steps,
          time(left));
      out.flush();
    }
  }

  /// Steps that nobody foresaw, such as those between two points.
  synchronized void further(String what) {
    long now = System.nanoTime();
    if (now - told > EVERY) {
      told = now;
      out.printf("mapcost: %s.%n", what);
      out.flush();
    }
  }

  private void refuseTooLong(double first, double left) {
    if (left > limit) {
      throw new InputException(
          "%,d %s would take about %s, as the first %,d took %s; take fewer values, strategies or"
                  .formatted(all, steps, time(left), done, new Nanoseconds(first))
              + " replications, a shorter --duration, or give --time-limit "
              + Math.round(2 * left / 1e9)
              + "s.");
    }
  }

  private static String time(double ns) {
    Duration whole = Duration.ofSeconds(Math.max(1, Math.round(ns / 1e9)));
    return whole.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
