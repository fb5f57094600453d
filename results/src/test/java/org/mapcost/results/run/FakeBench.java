package org.mapcost.results.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;

/// A run whose forks take milliseconds and no JMH, for tests of what a run leaves behind. As a
/// program it makes a run in a directory, or goes on with one, and prints each fork once it is
/// kept.
public final class FakeBench {
  static final int POINTS = 6;
  static final int FORKS = 5;

  private FakeBench() {}

  public static void main(String[] args) {
    Progress progress =
        (done, all, left, what) -> {
          System.out.println(what.substring(0, what.indexOf(' ')));
          System.out.flush();
        };
    if (args[0].equals("new")) {
      run(plan(Plan.Effort.USUAL), Path.of(args[1]), FakeBench::fork, progress);
    } else {
      Bench.resume(
          new RunFolder(Path.of(args[1])), plan(Plan.Effort.USUAL), FakeBench::fork, progress);
    }
  }

  static RunFolder run(Plan plan, Path runs, ForkRunner fork, Progress progress) {
    return Bench.run(
        plan, fork, runs, List.of("bench"), new Build("0.1.0", "abc", false), progress);
  }

  static Plan plan(Plan.Effort effort) {
    List<BenchmarkPoint> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      points.add(new BenchmarkPoint("a.B.p" + i, Map.of()));
    }
    Plan.Iterations iterations = new Plan.Iterations(1, Duration.ofMillis(1));
    return new Plan("fake", FORKS, iterations, iterations, 3, points, effort);
  }

  static Plan.Effort precision(double precision, int mostForks) {
    return new Plan.Effort(precision, mostForks, Optional.empty(), Optional.empty());
  }

  /// A fork of three iterations.
  static Collection<RunResult> fork(BenchmarkPoint point, Path log) {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of(JmhResults.averageTime(point.benchmark(), Map.of(), 10, 11, 12));
  }
}
