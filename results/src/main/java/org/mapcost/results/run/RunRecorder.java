package org.mapcost.results.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/// Keeps a run's folder up to date: after every fork it is whole on disk. May be closed from
/// another thread, at a Ctrl-C, in the middle of a run.
final class RunRecorder implements AutoCloseable {
  private final RunFolder folder;
  private final HostReader host;
  private final Instant started = Instant.now();
  private final ForkResults results = new ForkResults();
  private Manifest manifest;
  private Environment environment;
  private boolean closed;

  RunRecorder(
      RunFolder folder,
      Plan plan,
      List<String> commandLine,
      Build build,
      HostReader host,
      Environment environment) {
    this.folder = folder;
    this.host = host;
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
            plan.points().stream().map(Manifest.Point::planned).toList());
    folder.write(manifest);
    folder.write(environment);
  }

  synchronized void finished(int point, Collection<RunResult> fork) {
    if (closed) {
      return;
    }
    results.add(point, fork);
    List<RunResult> merged = results.merged();
    WholeFile.write(folder.jmhFile(), out -> ForkResults.writeJson(out, merged));
    WholeFile.write(
        folder.histogramFile(), out -> HistogramLog.write(out, started.toEpochMilli(), merged));
    replace(manifest.with(point, manifest.points().get(point).withFork(manifest.forks())));
  }

  synchronized void failed(int point, String why) {
    if (!closed) {
      replace(manifest.with(point, manifest.points().get(point).failed(why)));
    }
  }

  synchronized boolean wants(int point) {
    return !closed && manifest.points().get(point).state() == Manifest.State.PLANNED;
  }

  /// Forks still to run.
  synchronized int left() {
    return manifest.points(Manifest.State.PLANNED).stream()
        .mapToInt(each -> manifest.forks() - each.forks())
        .sum();
  }

  /// Ends the run, complete or not. What comes after is not recorded.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    environment = environment.afterRun(host.stolenTicks());
    folder.write(environment);
    replace(manifest.ended(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  private void replace(Manifest next) {
    manifest = next;
    folder.write(manifest);
  }
}
