package org.mapcost.results.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;

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
/// @param status as written; [RunFolder#manifest] knows that a run which says `running` and has no
///   process is incomplete
/// @param points every planned point and what became of it
/// @param settings how each fork measures, absent in runs of earlier versions
/// @param resumed when it went on after a stop, each time
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
    List<Point> points,
    @Nullable Settings settings,
    @Nullable List<String> resumed) {
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

    /// What is known of the point's forks now; an earlier failure is tried again.
    Point withForks(int finished, boolean done) {
      return new Point(benchmark, params, done ? State.DONE : State.PLANNED, finished, null);
    }

    Point failed(String why) {
      return new Point(benchmark, params, State.FAILED, forks, why);
    }
  }

  /// How each fork measures.
  ///
  /// @param precision see [Plan.Effort]
  /// @param mostForks that a point may have, 0: those planned
  /// @param budgetSeconds of the whole run
  /// @param mode JMH's short label, where it is not the benchmark's own
  public record Settings(
      int warmupIterations,
      long warmupMillis,
      int measurementIterations,
      long measurementMillis,
      double precision,
      int mostForks,
      @Nullable Long budgetSeconds,
      @Nullable String mode) {
    static Settings of(Plan plan) {
      return new Settings(
          plan.warmup().count(),
          plan.warmup().each().toMillis(),
          plan.measurement().count(),
          plan.measurement().each().toMillis(),
          plan.effort().precision(),
          plan.effort().mostForks(),
          plan.effort().budget().map(Duration::toSeconds).orElse(null),
          plan.effort().mode().map(Mode::shortLabel).orElse(null));
    }

    private Plan.Effort effort() {
      return new Plan.Effort(
          precision,
          mostForks,
          Optional.ofNullable(budgetSeconds).map(Duration::ofSeconds),
          Optional.ofNullable(mode).map(Mode::deepValueOf));
    }
  }

  public Manifest {
    commandLine = List.copyOf(commandLine);
    points = List.copyOf(points);
    resumed = resumed == null ? List.of() : List.copyOf(resumed);
  }

  /// A run that never stopped, measured nobody says how.
  public Manifest(
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
    this(
        schema,
        created,
        ended,
        commandLine,
        profile,
        mapcost,
        seed,
        forks,
        status,
        points,
        null,
        null);
  }

  /// What was planned; empty where an earlier version did not write how forks measure.
  public Optional<Plan> plan() {
    return Optional.ofNullable(settings)
        .map(how ->
            new Plan(
                profile,
                forks,
                new Plan.Iterations(how.warmupIterations, Duration.ofMillis(how.warmupMillis)),
                new Plan.Iterations(
                    how.measurementIterations, Duration.ofMillis(how.measurementMillis)),
                seed,
                points.stream().map(Point::point).toList(),
                how.effort()));
  }

  /// The same run, running again.
  Manifest resumed(String now) {
    List<String> times = new ArrayList<>(resumed == null ? List.of() : resumed);
    times.add(now);
    return with(null, Status.RUNNING, points, times);
  }

  /// The same run, whose process is gone.
  Manifest killed() {
    return with(null, Status.INCOMPLETE, points, resumed);
  }

  /// The points in one state, in the plan's order.
  public List<Point> points(State state) {
    return points.stream().filter(each -> each.state() == state).toList();
  }

  Manifest with(int index, Point point) {
    List<Point> changed = new ArrayList<>(points);
    changed.set(index, point);
    return with(ended, status, changed, resumed);
  }

  /// The same run at its end: complete if every point is done.
  Manifest ended(String now) {
    boolean all = points.stream().allMatch(each -> each.state() == State.DONE);
    return with(now, all ? Status.COMPLETE : Status.INCOMPLETE, points, resumed);
  }

  /// The same run at another moment.
  private Manifest with(
      @Nullable String end, Status how, List<Point> now, @Nullable List<String> times) {
    return new Manifest(
        schema,
        created,
        end,
        commandLine,
        profile,
        mapcost,
        seed,
        forks,
        how,
        now,
        settings,
        times);
  }
}
