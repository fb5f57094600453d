package org.mapcost.results.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run was asked to do and how far it came: `manifest.json`.
///
/// @param schema [#SCHEMA]
/// @param created when the run began, ISO 8601
/// @param ended when it ended, absent while it runs and after a kill
/// @param commandLine the arguments it was started with
/// @param profile `quick`, `ci`, `full`
/// @param mapcost the program that ran it
/// @param seed of the order of the forks
/// @param forks planned forks of every point
/// @param status a run that was killed outright still says `running`
/// @param points every planned point and what became of it
public record Manifest(
    String schema,
    String created,
    @Nullable String ended,
    List<String> commandLine,
    String profile,
    Build mapcost,
    long seed,
    int forks,
    Status status,
    List<Point> points) {
  public static final String SCHEMA = "mapcost/run/1";

  /// How a run stands.
  public enum Status {
    @JsonProperty("running")
    RUNNING,
    /// Every point has all its forks.
    @JsonProperty("complete")
    COMPLETE,
    /// It was stopped, or a point failed.
    @JsonProperty("incomplete")
    INCOMPLETE
  }

  /// How a point stands.
  public enum State {
    /// Forks are still to come.
    @JsonProperty("planned")
    PLANNED,
    @JsonProperty("done")
    DONE,
    /// A fork failed; those before it are kept.
    @JsonProperty("failed")
    FAILED
  }

  /// One planned point.
  ///
  /// @param forks how many of its forks are in `jmh.json`
  /// @param error why it failed, in one line
  public record Point(
      String benchmark,
      Map<String, String> params,
      State state,
      int forks,
      @Nullable String error) {
    static Point planned(BenchmarkPoint point) {
      return new Point(point.benchmark(), point.params(), State.PLANNED, 0, null);
    }

    /// The point's name and parameters.
    public BenchmarkPoint point() {
      return new BenchmarkPoint(benchmark, params);
    }

    Point withFork(int planned) {
      State now = forks + 1 == planned ? State.DONE : State.PLANNED;
      return new Point(benchmark, params, now, forks + 1, null);
    }

    Point failed(String why) {
      return new Point(benchmark, params, State.FAILED, forks, why);
    }
  }

  public Manifest {
    commandLine = List.copyOf(commandLine);
    points = List.copyOf(points);
  }

  /// The points in one state, in the plan's order.
  public List<Point> points(State state) {
    return points.stream().filter(each -> each.state() == state).toList();
  }

  Manifest with(int index, Point point) {
    List<Point> changed = new ArrayList<>(points);
    changed.set(index, point);
    return new Manifest(
        schema, created, ended, commandLine, profile, mapcost, seed, forks, status, changed);
  }

  /// The same run at its end: complete if every point is done.
  Manifest ended(String now) {
    boolean all = points.stream().allMatch(each -> each.state() == State.DONE);
    Status last = all ? Status.COMPLETE : Status.INCOMPLETE;
    return new Manifest(
        schema, created, now, commandLine, profile, mapcost, seed, forks, last, points);
  }
}
