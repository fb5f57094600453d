package org.mapcost.results.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mapcost.benchmarks.ForkFlags;
import org.openjdk.jmh.results.RunResult;

/// Runs a [Plan] and keeps a [RunFolder] of it.
///
/// Round by round, each round one fork of every point in a shuffled order: a slow minute of the
/// host then falls on one fork of many points instead of all forks of one. A run that is stopped or
/// killed keeps every fork it has measured.
public final class Bench {
  private final Plan plan;
  private final RunFolder folder;
  private final JmhFork jmh;
  private final RunRecorder recorder;
  private final Progress progress;
  private final long started = System.nanoTime();

  private Bench(Plan plan, RunFolder folder, JmhFork jmh, RunRecorder recorder, Progress progress) {
    this.plan = plan;
    this.folder = folder;
    this.jmh = jmh;
    this.recorder = recorder;
    this.progress = progress;
  }

  /// Runs a plan to its end.
  ///
  /// @param runs the directory in which the run's folder is made
  /// @param commandLine what the user typed, for the manifest
  /// @return the folder; its manifest says whether a point failed
  /// @throws org.mapcost.model.InputException if the plan names an unknown benchmark, the folder
  ///   cannot be made, or another JMH run holds the host
  public static RunFolder run(
      Plan plan, Path runs, List<String> commandLine, Build build, Progress progress) {
    JmhFork jmh = new JmhFork(plan);
    HostReader host = HostReader.here();
    Environment environment = host.read(build, ForkFlags.ALL);
    RunFolder folder =
        RunFolder.create(runs, LocalDateTime.now(ZoneId.systemDefault()), host.hostName());
    RunRecorder recorder = new RunRecorder(folder, plan, commandLine, build, host, environment);
    Thread atKill = new Thread(() -> stop(recorder), "mapcost-bench-stop");
    Runtime.getRuntime().addShutdownHook(atKill);
    try (recorder) {
      new Bench(plan, folder, jmh, recorder, progress).rounds();
    } finally {
      forget(atKill);
    }
    return folder;
  }

  private void rounds() {
    for (int round = 0; round < plan.forks(); round++) {
      for (int point : plan.order(round)) {
        if (recorder.wants(point)) {
          progress(plan.points().get(point).label() + "  " + fork(point));
        }
      }
    }
  }

  /// Runs one fork of a point and says how it went.
  private String fork(int point) {
    try {
      Collection<RunResult> results = jmh.run(plan.points().get(point), folder.logFile());
      recorder.finished(point, results);
      return results.stream().map(Bench::score).collect(Collectors.joining(", "));
    } catch (JmhFork.Failed e) {
      String why = String.valueOf(e.getMessage());
      recorder.failed(point, why);
      return "failed: " + why;
    }
  }

  private void progress(String what) {
    int all = plan.forks() * plan.points().size();
    int left = recorder.left();
    long spent = System.nanoTime() - started;
    progress.forkEnded(all - left, all, Duration.ofNanos(spent / (all - left) * left), what);
  }

  private static String score(RunResult result) {
    return String.format(
        Locale.ROOT,
        "%.4g %s",
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreUnit());
  }

  /// At a Ctrl-C: first the folder says that it is incomplete, then the fork dies with its parent.
  private static void stop(RunRecorder recorder) {
    recorder.close();
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
  }

  private static void forget(Thread atKill) {
    try {
      Runtime.getRuntime().removeShutdownHook(atKill);
    } catch (IllegalStateException stopping) {
      // The JVM is already going down, and the hook is what ends the run.
      return;
    }
  }
}
