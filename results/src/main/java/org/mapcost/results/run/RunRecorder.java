package org.mapcost.results.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.results.stats.Precision;
import org.openjdk.jmh.results.RunResult;

/// Keeps a run's folder up to date: after every fork it is whole on disk. May be closed from
/// another thread, at a Ctrl-C, in the middle of a run.
final class RunRecorder implements AutoCloseable {
  private final RunFolder folder;
  private final Plan plan;
  private final HostReader host;
  private final Instant started;
  private final ForkFiles files;
  private final ForkResults results = new ForkResults();
  private Manifest manifest;
  private Environment environment;
  private boolean closed;

  /// A new run.
  RunRecorder(
      RunFolder folder,
      Plan plan,
      List<String> commandLine,
      Build build,
      HostReader host,
      Environment environment) {
    this.folder = folder;
    this.plan = plan;
    this.host = host;
    this.started = Instant.now();
    this.files = new ForkFiles(folder);
    this.environment = environment;
    this.manifest =
        new Manifest(
            Manifest.SCHEMA,
            started.truncatedTo(ChronoUnit.SECONDS).toString(),
            null,
            commandLine,
            plan.profile(),
            build,
            plan.seed(),
            plan.forks(),
            Manifest.Status.RUNNING,
            plan.points().stream().map(Manifest.Point::planned).toList(),
            Manifest.Settings.of(plan),
            List.of());
    folder.write(manifest);
    folder.write(environment);
  }

  /// An earlier run that goes on. What its forks say outranks its manifest, which may be one fork
  /// behind after a kill.
  ///
  /// @throws InputException if the folder lacks forks that its manifest names
  RunRecorder(RunFolder folder, Plan plan, HostReader host) {
    this.folder = folder;
    this.plan = plan;
    this.host = host;
    this.files = new ForkFiles(folder);
    this.environment = folder.environment();
    Manifest before = folder.manifest();
    this.started = Instant.parse(before.created());
    this.manifest = before.resumed(now());
    files.read().forEach(fork -> results.add(fork.point(), fork.results()));
    for (int point = 0; point < before.points().size(); point++) {
      int kept = results.forks(point);
      if (kept < before.points().get(point).forks()) {
        throw new InputException(
            folder.path()
                + ": the manifest names "
                + before.points().get(point).forks()
                + " forks of "
                + before.points().get(point).point().label()
                + ", and forks/ holds "
                + kept
                + "; without them the run cannot go on.");
      }
      manifest = manifest.with(point, manifest.points().get(point).withForks(kept, isDone(point)));
    }
    folder.write(manifest);
    writeResults();
  }

  synchronized void finished(int point, Collection<RunResult> fork) {
    if (closed) {
      return;
    }
    files.write(point, results.forks(point), fork);
    results.add(point, fork);
    environment = environment.loaded(host.loadAverage());
    writeResults();
    Manifest.Point now = manifest.points().get(point);
    replace(manifest.with(point, now.withForks(results.forks(point), isDone(point))));
  }

  private void writeResults() {
    List<RunResult> merged = results.merged();
    if (merged.isEmpty()) {
      return;
    }
    WholeFile.write(folder.jmhFile(), out -> ForkResults.writeJson(out, merged));
    WholeFile.write(
        folder.histogramFile(), out -> HistogramLog.write(out, started.toEpochMilli(), merged));
  }

  /// Whether a point needs no more forks: it has those planned and, where a precision is asked for,
  /// has reached that or has all forks it may have.
  private boolean isDone(int point) {
    int forks = results.forks(point);
    if (forks < plan.forks()) {
      return false;
    }
    double precision = plan.effort().precision();
    return forks >= plan.mostForks()
        || (precision > 0 && results.reaches(point, new Precision(precision)));
  }

  synchronized void failed(int point, String why) {
    if (!closed) {
      replace(manifest.with(point, manifest.points().get(point).failed(why)));
    }
  }

  /// Whether a round has a fork of a point to measure.
  synchronized boolean wants(int point, int round) {
    return !closed
        && manifest.points().get(point).state() == Manifest.State.PLANNED
        && results.forks(point) <= round;
  }

  /// The time is over: a point that has the planned forks is done with the interval it has.
  synchronized void budgetSpent() {
    for (int point = 0; !closed && point < manifest.points().size(); point++) {
      Manifest.Point now = manifest.points().get(point);
      if (now.state() == Manifest.State.PLANNED && now.forks() >= plan.forks()) {
        manifest = manifest.with(point, now.withForks(now.forks(), true));
      }
    }
  }

  /// Forks still to run, at most.
  synchronized int left() {
    return manifest.points(Manifest.State.PLANNED).stream()
        .mapToInt(each -> plan.mostForks() - each.forks())
        .sum();
  }

  /// Forks that are measured; a point that was given up counts for all it could have had.
  synchronized int done() {
    return manifest.points().stream()
        .mapToInt(each -> each.state() == Manifest.State.FAILED ? plan.mostForks() : each.forks())
        .sum();
  }

  /// Ends the run, complete or not. What comes after is not recorded.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    environment = environment.loaded(host.loadAverage()).afterRun(host.stolenTicks());
    folder.write(environment);
    replace(manifest.ended(now()));
    if (manifest.status() == Manifest.Status.COMPLETE) {
      files.delete();
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void replace(Manifest next) {
    manifest = next;
    folder.write(manifest);
  }
}
