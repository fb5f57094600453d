package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.iomem.BundledTree;
import org.mapcost.model.kernel.Kernels;
import org.mapcost.model.machine.Machines;
import org.mapcost.model.strategy.Strategies;
import org.mapcost.model.whatif.Costs;
import org.mapcost.model.whatif.Key;
import org.mapcost.model.whatif.Range;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.Sweep;
import tools.jackson.databind.JsonNode;

/// Guards what `whatif`, `sensitivity` and `plan` print, and that a sweep survives a kill.
class WhatifCommandTest {
  private static final String TREE = "--iomem bundled:laptop-cometlake-igpu";

  @TempDir Path folder;

  private static CommandLineRun run(String args) {
    return CommandLineRun.of((args + " " + TREE).split(" "));
  }

  /// The sweep and `compare` are one calculation.
  @Test
  void pointsEqualCompare() {
    JsonNode swept =
        run("whatif --vary buffer=1MiB,4MiB --draws 20 --format json").json().getFirst();
    JsonNode point = swept.get("points").get(1).get("strategies");
    JsonNode compared = run("compare --buffer 4MiB --format json").json().getFirst();
    int same = 0;
    for (JsonNode entry : compared.get("strategies")) {
      JsonNode other = point.get(entry.get("strategy").asString());
      assertThat(other.get("applicable")).isEqualTo(entry.get("applicable"));
      if (entry.get("applicable").asBoolean()) {
        assertThat(other.get("caller_ns")).isEqualTo(entry.get("caller_ns"));
        assertThat(other.get("stolen_ns")).isEqualTo(entry.get("stolen_ns"));
        assertThat(other.get("later_caller_ns")).isEqualTo(entry.get("later_caller_ns"));
        same++;
      } else {
        assertThat(other.get("reason")).isEqualTo(entry.get("reason"));
      }
    }
    assertThat(same).isGreaterThan(8);
    assertThat(swept.get("sources").size()).isPositive();
  }

  @Test
  void answersInSentences() {
    CommandLineRun crossing =
        run(
            "whatif --vary buffer=64KiB..8MiB:x2 --draws 60 --strategies"
                + " apply-to-page-range,vm-insert-pfn-huge");
    assertThat(crossing.exitCode()).isZero();
    assertThat(crossing.out())
        .contains("From buffer=2MiB [2MiB .. ")
        .contains("on vm-insert-pfn-huge is the cheapest, up to there apply-to-page-range")
        .contains("Today (buffer=64MiB) vm-insert-pfn-huge costs [");
    CommandLineRun none =
        run(
            "whatif --vary platform.reserved=0..100:50 --draws 20 --strategies"
                + " ttm-fault,ttm-fault-io-mapping");
    assertThat(none.out())
        .contains(
            "ttm-fault-io-mapping is the cheapest of 2 at every platform.reserved from 0 to 100:"
                + " no crossover. Surely so at all of them.")
        .contains("platform.reserved makes no difference to ttm-fault-io-mapping.");
    CommandLineRun ignored =
        run(
            "whatif --vary machine.tlbsync=100ns..900ns:400ns --strategies io-mapping,ttm-fault"
                + " --draws 20");
    assertThat(ignored.out()).contains("machine.tlbsync makes no difference to any of them here.");
  }

  @Test
  void aCounterfactualTakesAMechanismAway() {
    double[] best = new double[2];
    int i = 0;
    for (String free : List.of("", " --counterfactual free-walk")) {
      JsonNode swept =
          run("whatif --vary kernel=5.11,6.1 --strategies ttm-fault --buffer 1MiB --format json"
                  + free)
              .json()
              .getFirst();
      best[i++] =
          swept
              .get("points")
              .get(1)
              .get("strategies")
              .get("ttm-fault")
              .get("caller_ns")
              .get(1)
              .asDouble();
    }
    assertThat(best[1]).isPositive().isLessThan(0.9 * best[0]);
  }

  /// Whatever was written when the sweep was killed, going on gives the same bytes.
  @ParameterizedTest
  @CsvSource({
    "machine.cpus=1..40:1, platform.reserved=0..200:2, 4040",
    "platform.pci_devices=0..1:1, buffer=2MiB..18MiB:4KiB, 8194"
  })
  void aKilledSweepGoesOnToTheSameBytes(String one, String other, int points) throws IOException {
    Setup setup =
        Setup.of(
            Machines.named("client-igpu"),
            Kernels.named("6.1"),
            BundledTree.LAPTOP_COMETLAKE_IGPU.tree(),
            16);
    Sweep sweep =
        new Sweep(
            setup,
            Stream.of(one, other)
                .map(word -> word.split("="))
                .map(word -> Range.parse(Key.named(word[0]), word[1]))
                .toList(),
            List.of(Strategies.named("ttm-fault"), Strategies.named("vm-insert-page")),
            new Costs(Set.of()));
    PrintWriter quiet = new PrintWriter(new StringWriter());
    Path whole = folder.resolve("whole.csv");
    new SweepFile(whole, sweep).write(false, false, quiet);
    byte[] expected = Files.readAllBytes(whole);
    assertThat(Files.readAllLines(whole)).hasSize(1 + 2 * points);
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 6; i++) {
      Path file = folder.resolve("cut" + i + ".csv");
      SweepFile cut = new SweepFile(file, sweep);
      int kept = i == 0 ? 3 : random.nextInt(expected.length);
      Files.write(folder.resolve("cut" + i + ".csv.part"), Arrays.copyOf(expected, kept));
      Files.writeString(folder.resolve("cut" + i + ".csv.part.question"), cut.describe());
      cut.write(true, false, quiet);
      assertThat(Files.readAllBytes(file)).isEqualTo(expected);
      assertThat(folder.resolve("cut" + i + ".csv.part")).doesNotExist();
      assertThat(folder.resolve("cut" + i + ".csv.part.question")).doesNotExist();
    }
  }

  @Test
  void filesInTheWayAreKept() throws IOException {
    String file = folder.resolve("sweep.csv").toString();
    String ask = "whatif --vary buffer=4KiB..64KiB:x2 --strategies ttm-fault --out " + file;
    CommandLineRun first = run(ask);
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("5 points");
    assertThat(run(ask).err()).startsWith("mapcost: " + file + " is there already; give --force");
    Files.move(Path.of(file), Path.of(file + ".part"));
    assertThat(run(ask).err())
        .startsWith("mapcost: " + file + ".part is an unfinished sweep: give --resume to go on");
    Files.writeString(Path.of(file + ".part.question"), "another");
    CommandLineRun other = run(ask + " --resume");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).startsWith("mapcost: " + file + ".part answers another question;");
    assertThat(run(ask + " --force").exitCode()).isZero();
  }

  @Test
  void sensitivityNamesWhatToMeasure() {
    CommandLineRun run =
        run(
            "sensitivity --strategy ttm-fault --buffer 1MiB --samples 64 --vary"
                + " platform.reserved=0..50");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("What is not known matters most in core.cycles_per_instruction (")
        .contains("measuring it would narrow the answer to [")
        .contains("platform.reserved moves it from ");
  }

  @Test
  void plansSayWhatStandsInTheWay() {
    CommandLineRun met =
        CommandLineRun.of(
            "plan",
            "--workload",
            "desktop-compositor",
            "--slo",
            "p90<600us",
            "--for",
            "pool",
            "--duration",
            "40ms",
            "--replications",
            "2",
            "--up-to",
            "16384");
    assertThat(met.exitCode()).isZero();
    assertThat(met.out())
        .containsPattern(
            "allocate p90 below 600 us takes at least \\d+ pages in the pool \\(between .*;"
                + " between \\d+ and \\d+ by chance, as 2 runs tell\\)")
        .contains("few to tell it by; give a longer --duration or more --replications.");
    CommandLineRun never =
        CommandLineRun.of(
            "plan",
            "--workload",
            "desktop-compositor",
            "--slo",
            "p99<10ns",
            "--for",
            "pool",
            "--duration",
            "20ms",
            "--replications",
            "1",
            "--up-to",
            "64");
    assertThat(never.out())
        .contains("allocate p99 below 10.0 ns cannot be met with up to 64 pages in the pool")
        .contains("What stands in the way: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "whatif|mapcost: nothing varies; give --vary KEY=RANGE, such as",
        "whatif --vary buffer|mapcost: 'buffer' is no --vary: write KEY=RANGE,",
        "whatif --vary bufer=4KiB..8KiB|mapcost: unknown key 'bufer'; did you mean 'buffer'?",
        "whatif --vary buffer=4KiB..40GiB:4KiB|mapcost: 10,485,760 points are too many for a"
            + " terminal; write them with --out FILE.csv, or take larger steps.",
        "whatif --vary buffer=8KiB..4KiB|mapcost: buffer: '8KiB..4KiB' ends before it begins;",
        "whatif --vary buffer=4KiB,8KiB --vary buffer=4KiB,8KiB|mapcost: a sweep varies two"
            + " different keys, not the same twice.",
        "whatif --vary buffer=4KiB,8KiB --strategies udmabuf|mapcost: no strategy serves any of"
            + " these points; udmabuf: maps no vram.",
        "whatif --vary buffer=4KiB,8KiB --counterfactual free-lunch|mapcost: unknown counterfactual"
            + " 'free-lunch'",
        "whatif --vary buffer=4KiB,8KiB --measure last|mapcost: unknown measure 'last'",
        "sensitivity --strategy udmabuf|mapcost: udmabuf does not apply: maps no vram.",
        "plan --slo p99<5us --for pools|mapcost: unknown capacity 'pools'; did you mean 'pool'?",
        "plan --slo p99 --for pool|mapcost: 'p99' is no objective: write p99<50us,",
        "plan --slo p99<5us --for pool --kernel 5.10|mapcost: pool 'ttm-legacy' has no limit to"
            + " plan;"
      })
  void wrongInputIsOneLineAndExitCode2(String args, String message) {
    CommandLineRun run = run(args);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(message);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try: "))).hasSize(1);
  }
}
