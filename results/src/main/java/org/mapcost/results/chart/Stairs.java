package org.mapcost.results.chart;

import org.jfree.data.xy.XYSeries;
import org.mapcost.model.iomem.ResourceWalk;

/// The visits of a profile as a line of stairs on a logarithmic axis.
///
/// Trees of thousands of nodes have more steps than a picture has columns. Of the steps within one
/// column those to the lowest and to the highest place are drawn, and the last: the picture is the
/// same, in a file that is a fraction as large.
final class Stairs {
  /// A column is a pixel of a figure at its full width.
  private static final int COLUMNS = Figure.WIDTH;

  /// With so many steps in a column, all are drawn.
  private static final int FEW = 3;

  private final VisitProfile profile;
  private final XYSeries line;
  private double before = Double.NaN;

  // The column that is being looked at.
  private long column = -1;
  private int steps;
  private double[] at = new double[FEW];
  private double[] to = new double[FEW];
  private double least;
  private double most;
  private double last;
  private double end;

  private Stairs(VisitProfile profile, ResourceWalk walk) {
    this.profile = profile;
    this.line = new XYSeries(walk.key(), false, true);
  }

  /// The corners of the stairs, from the profile's start to its end.
  static XYSeries of(VisitProfile profile, ResourceWalk walk) {
    Stairs stairs = new Stairs(profile, walk);
    double visits = Double.NaN;
    for (VisitProfile.Piece piece : profile.pieces()) {
      if (piece.visits(walk) != visits) {
        visits = (double) piece.visits(walk);
        stairs.step((double) piece.start(), visits);
      }
    }
    stairs.draw();
    stairs.line.add((double) profile.end(), stairs.before, false);
    // The first step has no height to come from.
    stairs.line.remove(0);
    return stairs.line;
  }

  /// The column of an address.
  static long column(VisitProfile profile, double address) {
    double start = (double) profile.start();
    return (long) (COLUMNS * Math.log(address / start) / Math.log((double) profile.end() / start));
  }

  private void step(double address, double visits) {
    long here = column(profile, address);
    if (here != column) {
      draw();
      column = here;
      steps = 0;
      least = visits;
      most = visits;
    }
    if (steps < FEW) {
      at[steps] = address;
      to[steps] = visits;
    }
    steps++;
    least = Math.min(least, visits);
    most = Math.max(most, visits);
    last = visits;
    end = address;
  }

  private void draw() {
    if (steps <= FEW) {
      for (int i = 0; i < steps; i++) {
        corner(at[i], to[i]);
      }
    } else {
      corner(at[0], least);
      corner(at[0], most);
      corner(end, last);
    }
  }

  private void corner(double address, double visits) {
    line.add(address, before, false);
    line.add(address, visits, false);
    before = visits;
  }
}
