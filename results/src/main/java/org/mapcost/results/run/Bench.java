package org.mapcost.results.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mapcost.benchmarks.ForkFlags;
import org.mapcost.model.InputException;
import org.openjdk.jmh.results.RunResult;

/// Runs a [Plan] and keeps a [RunFolder] of it.
///
/// Round by round, each round one fork of every point in a shuffled order: a slow minute of the
/// host then falls on one fork of many points instead of all forks of one. A run that is stopped or
/// killed keeps every fork it has measured, and can go on from there.
public final class Bench {
  private final Plan plan;
  private final RunFolder folder;
  private final ForkRunner jmh;
  private final RunRecorder recorder;
  private final Progress progress;
  private final long started = System.nanoTime();
  private int measured;

  private Bench(
      Plan plan, RunFolder folder, ForkRunner jmh, RunRecorder recorder, Progress progress) {
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
  /// @throws InputException if the plan names an unknown benchmark, the folder cannot be made or
  ///   written, or another JMH run holds the host
  public static RunFolder run(
      Plan plan, Path runs, List<String> commandLine, Build build, Progress progress) {
    return run(plan, new JmhFork(plan), runs, commandLine, build, progress);
  }

  static RunFolder run(
      Plan plan,
      ForkRunner jmh,
      Path runs,
      List<String> commandLine,
      Build build,
      Progress progress) {
    HostReader host = HostReader.here();
    Environment environment = host.read(build, ForkFlags.ALL);
    RunFolder folder =
        RunFolder.create(runs, LocalDateTime.now(ZoneId.systemDefault()), host.hostName());
    try (RunLock _ = RunLock.take(folder)) {
      RunRecorder recorder = new RunRecorder(folder, plan, commandLine, build, host, environment);
      measure(plan, folder, jmh, recorder, progress);
    }
    return folder;
  }

  /// Goes on with a run that was stopped, killed, or had failures, which are tried again. Forks
  /// that were measured are not measured again.
  ///
  /// @throws InputException if another run is writing the folder, or it holds too little to go on
  public static RunFolder resume(RunFolder folder, Progress progress) {
    Plan plan =
        folder
            .manifest()
            .plan()
            .orElseThrow(() ->
                new InputException(
                    folder.manifestFile()
                        + ": does not say how the run measured; an earlier version of mapcost made"
                        + " it, and it cannot be gone on with."));
    return resume(folder, plan, new JmhFork(plan), progress);
  }

  static RunFolder resume(RunFolder folder, Plan plan, ForkRunner jmh, Progress progress) {
    try (RunLock _ = RunLock.take(folder)) {
      if (folder.manifest().status() != Manifest.Status.COMPLETE) {
        RunRecorder recorder = new RunRecorder(folder, plan, HostReader.here());
        measure(plan, folder, jmh, recorder, progress);
      }
    }
    return folder;
  }

  private static void measure(
      Plan plan, RunFolder folder, ForkRunner jmh, RunRecorder recorder, Progress progress) {
    Thread atKill = new Thread(() -> stop(recorder), "mapcost-bench-stop");
    Runtime.getRuntime().addShutdownHook(atKill);
    try (recorder) {
      new Bench(plan, folder, jmh, recorder, progress).rounds();
    } finally {
      forget(atKill);
    }
  }

  private void rounds() {
    for (int round = 0; round < plan.mostForks(); round++) {
      for (int point : plan.order(round)) {
        if (recorder.wants(point, round)) {
          if (budgetSpent()) {
            recorder.budgetSpent();
            return;
          }
          progress(plan.points().get(point).label() + "  " + fork(point));
        }
      }
    }
  }

  private boolean budgetSpent() {
    Optional<Duration> budget = plan.effort().budget();
    return budget.isPresent() && System.nanoTime() - started > budget.get().toNanos();
  }

  /// Runs one fork of a point and says how it went.
  private String fork(int point) {
    try {
      Collection<RunResult> results = jmh.run(plan.points().get(point), folder.logFile());
      keep(point, results);
      return results.stream().map(Bench::score).collect(Collectors.joining(", "));
    } catch (JmhFork.Failed e) {
      String why = String.valueOf(e.getMessage());
      recorder.failed(point, why);
      return "failed: " + why;
    }
  }

  private void keep(int point, Collection<RunResult> results) {
    try {
      recorder.finished(point, results);
    } catch (InputException e) {
      throw new InputException(
          e.getMessage()
              + " The forks measured before are kept; make room and go on with: mapcost bench"
              + " --resume "
              + folder.path(),
          e);
    }
  }

  private void progress(String what) {
    measured++;
    int left = recorder.left();
    int all = recorder.done() + left;
    long spent = System.nanoTime() - started;
    Duration rest = Duration.ofNanos(spent / measured * left);
    Duration allowed =
        plan.effort()
            .budget()
            .map(each -> each.minusNanos(spent))
            .filter(Duration::isPositive)
            .orElse(rest);
    progress.forkEnded(all - left, all, rest.compareTo(allowed) < 0 ? rest : allowed, what);
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
    try {
      recorder.close();
    } catch (InputException e) {
      // The folder cannot be written; that it is not running shows in its lock.
    } finally {
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }
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
