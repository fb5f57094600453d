package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;

/// Guards that no run overwrites another, that a file is whole or not there, and that what is no
/// run folder is refused in words.
class RunFolderTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0, 9);

  @TempDir Path dir;

  @Test
  void twoRunsInOneSecondHaveTwoFolders() {
    Path runs = dir.resolve("deep/runs");
    assertThat(RunFolder.create(runs, NOON, "vm").name()).isEqualTo("20261123-120009-vm");
    assertThat(RunFolder.create(runs, NOON, "vm").name()).isEqualTo("20261123-120009-vm-2");
    assertThat(RunFolder.create(runs, NOON, "vm").name()).isEqualTo("20261123-120009-vm-3");
  }

  @ParameterizedTest
  @CsvSource({"build-7.example.org, build-7", "'../..', host", "'a b/c', abc", "'', host"})
  void theHostsNameIsShortAndSafe(String host, String shown) {
    assertThat(RunFolder.create(dir, NOON, host).name()).isEqualTo("20261123-120009-" + shown);
  }

  @Test
  void runsAreListedOldestFirstAndNothingElseIs() throws IOException {
    RunFolder late = RunFolder.create(dir, NOON.plusDays(1), "a");
    RunFolder early = RunFolder.create(dir, NOON, "b");
    late.write(manifest());
    early.write(manifest());
    Files.createDirectory(dir.resolve("00-no-run"));
    Files.writeString(dir.resolve("notes.txt"), "text");
    assertThat(RunFolder.list(dir)).containsExactly(early, late);
    assertThat(RunFolder.list(dir.resolve("none"))).isEmpty();
  }

  @Test
  void runsAreKeptInTheCheckoutOrInTheCurrentDirectory() {
    String home = System.getProperty("mapcost.home");
    try {
      System.clearProperty("mapcost.home");
      assertThat(RunFolder.defaultRuns()).isEqualTo(Path.of("results", "runs"));
      System.setProperty("mapcost.home", dir.toString());
      assertThat(RunFolder.defaultRuns()).isEqualTo(dir.resolve("results/runs"));
    } finally {
      if (home == null) {
        System.clearProperty("mapcost.home");
      } else {
        System.setProperty("mapcost.home", home);
      }
    }
  }

  @Test
  void aManifestIsReadAsItWasWritten() {
    RunFolder folder = RunFolder.create(dir, NOON, "vm");
    Manifest written = manifest().with(1, manifest().points().get(1).failed("it broke"));
    folder.write(written);
    try (RunLock _ = RunLock.take(folder)) {
      assertThat(RunFolder.open(folder.path()).manifest()).isEqualTo(written);
    }
    assertThat(folder.measurements()).isEmpty();
  }

  @Test
  void aRunWhoseProcessIsGoneIsNotRunning() {
    RunFolder folder = RunFolder.create(dir, NOON, "vm");
    folder.write(manifest());
    try (RunLock _ = RunLock.take(folder)) {
      assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.RUNNING);
    }
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.INCOMPLETE);
    assertThat(folder.manifest().ended()).isNull();
  }

  @Test
  void twoRunsInOneFolderAreRefused() {
    RunFolder folder = RunFolder.create(dir, NOON, "vm");
    try (RunLock _ = RunLock.take(folder)) {
      assertThatThrownBy(() -> RunLock.take(folder))
          .isInstanceOf(InputException.class)
          .hasMessage(
              folder.path()
                  + ": another run is writing this folder; wait until it ends, or stop it.");
      assertThat(RunLock.isHeld(folder.path())).isTrue();
    }
    assertThat(RunLock.isHeld(folder.path())).isFalse();
    RunLock.take(folder).close();
  }

  @Test
  void aManifestsKeys() throws IOException {
    RunFolder folder = RunFolder.create(dir, NOON, "vm");
    folder.write(manifest());
    assertThat(Files.readString(folder.manifestFile()))
        .contains(
            "\"schema\" : \"mapcost/run/1\"",
            "\"command_line\" : [ \"bench\" ]",
            "\"status\" : \"running\"",
            "\"state\" : \"planned\"",
            "\"revision\" : \"abc\"");
  }

  @Test
  void aRunIsCompleteWhenEveryPointIs() {
    Manifest begun = manifest().with(0, manifest().points().get(0).withForks(1, false));
    assertThat(begun.points(Manifest.State.DONE)).isEmpty();
    assertThat(begun.ended("now").status()).isEqualTo(Manifest.Status.INCOMPLETE);
    Manifest half = begun.with(0, begun.points().get(0).withForks(2, true));
    assertThat(half.points(Manifest.State.DONE)).hasSize(1);
    assertThat(half.ended("now").status()).isEqualTo(Manifest.Status.INCOMPLETE);
    Manifest all = half.with(1, half.points().get(0));
    assertThat(all.ended("now").status()).isEqualTo(Manifest.Status.COMPLETE);
    assertThat(all.with(1, all.points().get(1).failed("x")).ended("now").status())
        .isEqualTo(Manifest.Status.INCOMPLETE);
  }

  @Test
  void whatIsNoRunFolder() throws IOException {
    assertThatThrownBy(() -> RunFolder.open(dir.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessage(dir.resolve("none") + ": there is no such directory; 'bench' makes one.");
    assertThatThrownBy(() -> RunFolder.open(dir))
        .hasMessage(dir + ": this is no run folder (it has no manifest.json); 'bench' makes one.");
    Path file = Files.writeString(dir.resolve("manifest.json"), "{\"schema\": \"mapcost/run/9\"}");
    assertThatThrownBy(() -> RunFolder.open(dir).manifest())
        .hasMessage(
            file + ": this is mapcost/run/9, and this version of mapcost reads mapcost/run/1.");
    Files.writeString(file, "{\n\"schema\"");
    assertThatThrownBy(() -> RunFolder.open(dir).manifest())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":2: Unexpected end-of-input")
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> new RunFolder(dir).environment())
        .hasMessage(
            dir.resolve("environment.json") + ": there is no such file; is this a run folder?");
  }

  @Test
  void aPlaceThatCannotHoldRuns() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> RunFolder.create(file, NOON, "vm"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": no run folder can be made here (")
        .hasMessageEndingWith("; name a directory that can be written with --out.");
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() throws IOException {
    Path file = dir.resolve("file");
    WholeFile.write(file, out -> out.write('a'));
    assertThatThrownBy(() ->
            WholeFile.write(
                file,
                out -> {
                  out.write('b');
                  throw new IOException("disk full");
                }))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": cannot be written (disk full).");
    assertThat(file).hasContent("a");
    assertThat(dir.resolve(".file.part")).doesNotExist();
  }

  private static Manifest manifest() {
    return new Manifest(
        Manifest.SCHEMA,
        "2026-11-23T12:00:09Z",
        null,
        List.of("bench"),
        "quick",
        new Build("0.1.0", "abc", true),
        1,
        2,
        Manifest.Status.RUNNING,
        List.of(
            Manifest.Point.planned(new BenchmarkPoint("a.B.c", Map.of("x", "1"))),
            Manifest.Point.planned(new BenchmarkPoint("a.B.d", Map.of()))));
  }
}
