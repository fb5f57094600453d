package org.mapcost.results.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.stats.ChangePoints;
import org.mapcost.results.stats.Statistics;

/// One benchmark over the runs that have it.
///
/// @param measurement of the newest run
/// @param points one for each run that has it, oldest first
/// @param changes where something new begins
public record Series(Measurement measurement, List<Point> points, List<Change> changes) {
  /// One run's value.
  ///
  /// @param run its place in the history, from 0
  /// @param best the median over its forks
  /// @param interval around it; empty for a single fork
  public record Point(int run, double best, Optional<Interval> interval) {}

  /// A change that the values show.
  ///
  /// @param run the first with it
  /// @param ratio the level from there on against the level before
  public record Change(int run, double ratio) {}

  public Series {
    points = List.copyOf(points);
    changes = List.copyOf(changes);
  }

  /// Looks for changes in the logarithms of the values.
  ///
  /// @param level see [ChangePoints#of]
  /// @param smallest changes by less than this share are left out
  static Series of(Measurement newest, List<Point> points, double level, double smallest) {
    double[] logs = points.stream().mapToDouble(each -> Math.log(each.best)).toArray();
    List<Integer> starts = ChangePoints.of(logs, level);
    List<Change> changes = new java.util.ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int from = i == 0 ? 0 : starts.get(i - 1);
      int at = starts.get(i);
      int to = i + 1 < starts.size() ? starts.get(i + 1) : logs.length;
      double ratio = Math.exp(middle(logs, at, to) - middle(logs, from, at));
      if (Math.abs(Math.log(ratio)) > Math.log1p(smallest)) {
        changes.add(new Change(points.get(at).run, ratio));
      }
    }
    return new Series(newest, points, changes);
  }

  static Optional<Point> point(int run, Measurement measurement) {
    double[] medians = Statistics.forkMedians(measurement.forks());
    return medians.length > 0 && Arrays.stream(medians).allMatch(each -> each > 0)
        ? Statistics.best(measurement.forks()).stream()
            .mapToObj(best -> new Point(run, best, Statistics.median(measurement.forks())))
            .findFirst()
        : Optional.empty();
  }

  private static double middle(double[] values, int from, int to) {
    return Statistics.best(Arrays.stream(values, from, to).mapToObj(each -> List.of(each)).toList())
        .orElseThrow();
  }
}
