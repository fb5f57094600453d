package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;

/// Guards that a run goes on where it stopped, that failures are named and tried again, and when a
/// benchmark has forks enough.
class ResumeTest {
  private static final Progress SILENT = (done, all, left, what) -> {};

  @TempDir Path dir;

  @Test
  void aRunThatStoppedGoesOnAndMeasuresNothingTwice() {
    AtomicInteger forks = new AtomicInteger();
    Plan plan = FakeBench.plan(Plan.Effort.USUAL);
    ForkRunner breaks =
        (point, log) -> {
          if (forks.incrementAndGet() == 9) {
            throw new IllegalStateException("stopped");
          }
          return FakeBench.fork(point, log);
        };
    assertThatThrownBy(() -> FakeBench.run(plan, dir, breaks, SILENT)).hasMessage("stopped");
    RunFolder folder = RunFolder.list(dir).getFirst();
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.INCOMPLETE);
    assertThat(forksIn(folder)).isEqualTo(8);
    assertThat(folder.manifest().plan()).contains(plan);

    List<String> more = new ArrayList<>();
    Bench.resume(
        folder,
        plan,
        (point, log) -> {
          more.add(point.benchmark());
          return FakeBench.fork(point, log);
        },
        SILENT);

    assertThat(more).hasSize(FakeBench.POINTS * FakeBench.FORKS - 8);
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.COMPLETE);
    assertThat(folder.manifest().resumed()).hasSize(1);
    assertThat(folder.measurements())
        .hasSize(FakeBench.POINTS)
        .allSatisfy(each -> assertThat(each.forks()).hasSize(FakeBench.FORKS));
    assertThat(folder.path().resolve("forks")).doesNotExist();
  }

  @Test
  void whatFailedIsNamedAndTriedAgain() {
    Plan plan = FakeBench.plan(Plan.Effort.USUAL);
    RunFolder folder =
        FakeBench.run(
            plan,
            dir,
            (point, log) -> {
              if (point.benchmark().equals("a.B.p2")) {
                throw new JmhFork.Failed("it broke", null);
              }
              return FakeBench.fork(point, log);
            },
            SILENT);
    assertThat(folder.manifest().points(Manifest.State.FAILED))
        .singleElement()
        .satisfies(each -> assertThat(each.error()).isEqualTo("it broke"));
    assertThat(folder.measurements()).hasSize(FakeBench.POINTS - 1);
    Bench.resume(folder, plan, FakeBench::fork, SILENT);
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.COMPLETE);
    assertThat(folder.measurements()).hasSize(FakeBench.POINTS);
  }

  @Test
  void aRunThatIsBeingWrittenIsNotGoneOnWith() {
    Plan plan = FakeBench.plan(Plan.Effort.USUAL);
    RunFolder folder = FakeBench.run(plan, dir, FakeBench::fork, SILENT);
    try (RunLock _ = RunLock.take(folder)) {
      assertThatThrownBy(() -> Bench.resume(folder, plan, FakeBench::fork, SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another run is writing this folder");
    }
  }

  @Test
  void aForkFileThatIsNoneIsRefusedByName() throws IOException {
    RunFolder folder = new RunFolder(Files.createDirectory(dir.resolve("run")));
    Files.createDirectory(folder.path().resolve("forks"));
    Path file = folder.path().resolve("forks/point-00000-fork-0000.jmh");
    Files.writeString(file, "no fork");
    assertThatThrownBy(() -> new ForkFiles(folder).read())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": this is no fork that this version")
        .hasMessageEndingWith("delete the file, and that fork is measured again.");
    // Nothing but results is read.
    try (var out = new java.io.ObjectOutputStream(Files.newOutputStream(file))) {
      out.writeObject(new java.io.File("any"));
    }
    assertThatThrownBy(() -> new ForkFiles(folder).read()).hasMessageContaining("REJECTED");
  }

  @Test
  void aBenchmarkEndsWhenItsIntervalIsNarrowEnough() {
    AtomicInteger calls = new AtomicInteger();
    RunFolder folder =
        FakeBench.run(
            FakeBench.plan(FakeBench.precision(0.02, 12)),
            dir,
            (point, log) ->
                point.benchmark().equals("a.B.p0")
                    ? List.of(
                        JmhResults.averageTime(
                            point.benchmark(), Map.of(), 10 * (1 + calls.incrementAndGet() % 2)))
                    : FakeBench.fork(point, log),
            SILENT);
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.COMPLETE);
    assertThat(folder.manifest().points())
        .extracting(Manifest.Point::forks)
        .containsExactly(12, 10, 10, 10, 10, 10);
  }

  private static int forksIn(RunFolder folder) {
    return folder.measurements().stream().mapToInt(each -> each.forks().size()).sum();
  }
}
