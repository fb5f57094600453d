package org.mapcost.benchmarks.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapcost.benchmarks.linux.Cpus;
import org.mapcost.benchmarks.witness.Interrupts;
import org.mapcost.benchmarks.witness.Verdict;

/// Guards that every probe runs for a moment and leaves its thread as it was, and that its witness
/// tells what was exercised from what was not. What a host forbids skips with the reason.
class ProbesTest {
  private static final int OPERATIONS = 200;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "membarrier?running=false",
        "shootdown?op=MPROTECT&pages=4&running=false",
        "shootdown?op=RESTORE&pages=4&running=false",
        "shootdown?op=MUNMAP&pages=4&running=false",
        "shootdown?op=MADVISE&pages=4&running=false"
      })
  void withPeersParkedNothingIsExercised(String point) {
    assertThat(run(point.replace("running=false", "running=false&peers=0"), OPERATIONS))
        .matches(each -> !each.exercised(), "not exercised");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "membarrier?running=true",
        "shootdown?op=MPROTECT&pages=4&running=true",
        "shootdown?op=MUNMAP&pages=4&running=true",
        "shootdown?op=MADVISE&pages=4&running=true"
      })
  void withAPeerRunningOtherCpusAreInterrupted(String point) {
    assumeTrue(Cpus.allowed().size() > 1, "one CPU: there is no other to interrupt");
    assumeTrue(
        Interrupts.now().tlb().isPresent(), "/proc/interrupts is hidden: nothing can be shown");
    // A busy host may take the peer's CPU away for a moment.
    Verdict verdict = run(point, OPERATIONS);
    for (int again = 0; again < 20 && !verdict.exercised(); again++) {
      verdict = run(point, OPERATIONS);
    }
    assertThat(verdict.exercised()).as(verdict.toString()).isTrue();
    assertThat(verdict.perOperation()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fault?memory=ANONYMOUS&faults=8",
        "fault?memory=MEMFD&faults=8",
        "latency?bytes=16384&pages=SMALL",
        "core?chain=MULTIPLY_ADD",
        "core?chain=COMPARE_AND_SET",
        "pages?work=READ&bytes=524288",
        "pages?work=CLEAR&bytes=524288",
        "pages?work=COPY&bytes=524288"
      })
  void otherProbesDoWhatTheySay(String point) {
    Verdict verdict = run(point, 5);
    assertThat(verdict.exercised()).as(verdict.toString()).isTrue();
  }

  @Test
  void hugePagesAreSeenOrRefuted() {
    try {
      assertThat(run("fault?memory=HUGE&faults=1", 2).outcome())
          .isNotEqualTo(Verdict.Outcome.UNKNOWN);
    } catch (NotHere e) {
      assertThat(e.reason()).isEqualTo("this kernel has no transparent huge pages");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock?shape=LINE", "lock?shape=QUEUE"})
  void aLockPassesBetweenTwoCpus(String point) {
    assumeTrue(Cpus.allowed().size() > 1, "one CPU: nobody contends");
    assertThat(run(point, 3).outcome()).isNotEqualTo(Verdict.Outcome.UNKNOWN);
  }

  @Test
  void linesAreWrittenBackOrTheReasonIsGiven() {
    try {
      assertThat(run("write-back?state=DIRTY&lines=64", 3).reason())
          .startsWith("3 operations by C");
    } catch (NotHere e) {
      assertThat(e.reason()).containsAnyOf("--add-exports", "CLFLUSH");
    }
  }

  @Test
  void morePeersThanCpusAreRefused() {
    int cpus = Cpus.allowed().size();
    assertThatThrownBy(() -> run("membarrier?running=true&peers=" + cpus, 1))
        .isInstanceOf(NotHere.class)
        .hasMessage(
            "skipped: %d peers need %d CPUs, and this process may use %d"
                .formatted(cpus, cpus + 1, cpus));
    assertThat(Cpus.allowed()).as("the thread is free again").hasSize(cpus);
  }

  @Test
  void aForkPrintsSlicesWithVerdictsAndItsEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProbeFork fork = new ProbeFork(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    List<Integer> allowed = Cpus.allowed();
    int cpus = allowed.size();
    fork.open(
        List.of(
            ProbePoint.parse("core?chain=MULTIPLY_ADD"),
            ProbePoint.parse("membarrier?peers=" + cpus)));
    fork.measure(System.nanoTime(), 100_000, 1);
    // A fork's thread stays pinned to its end.
    Cpus.restrictTo(allowed);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.getFirst()).startsWith("skipped\tmembarrier?peers=" + cpus + "\t");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("slice\t"))
        .hasSize(ProbeFork.LEAST)
        .first()
        .asString()
        .matches("slice\tcore\\?chain=MULTIPLY_ADD\t[0-9.]+\t\\d+\tEXERCISED\t-1\\.0000\t.+");
    assertThat(lines.getLast()).isEqualTo("end\t" + ProbeFork.LEAST);
  }

  private static Verdict run(String point, int operations) {
    HostProbe probe = ProbePoint.parse(point).create();
    List<Integer> before = Cpus.allowed();
    probe.open();
    try {
      probe.begin();
      for (int i = 0; i < operations; i++) {
        probe.prepare();
        probe.operate();
      }
      probe.end();
      assertThat(probe.operations()).isEqualTo(operations);
      return probe.verdict();
    } finally {
      probe.close();
      assertThat(Cpus.allowed()).isEqualTo(before);
    }
  }
}
