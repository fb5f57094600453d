package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Guards what `whatif --workload` prints: its points are those of `simulate`, its answer is a
/// sentence, and what makes no sense is said in one.
class SimulatedWhatifTest {
  private static final String SMALL =
      """
      workload: small
      machine: client-igpu
      iomem: bundled:laptop-cometlake-igpu
      duration: 500us
      clients:
        readers:
          count: 2
          arrival: {closed: {think: {exponential: {mean: 20us}}}}
          size: {uniform: {low: 16KiB, high: 48KiB}}
          memory: vram
      """;

  @TempDir Path folder;
  private String small = "";

  @BeforeEach
  void workload() throws IOException {
    Path file = folder.resolve("small.yaml");
    Files.writeString(file, SMALL);
    small = file.toString();
  }

  private CommandLineRun run(String args) {
    return CommandLineRun.of(args.replace("SMALL", small).split(" "));
  }

  @Test
  void pointsEqualSimulate() {
    JsonNode swept =
        run("whatif --workload SMALL --vary clients=2,4 --measure mean --replications 2"
                + " --format json")
            .json()
            .getFirst();
    JsonNode simulated =
        run("simulate --workload SMALL --set clients=4 --replications 2 --format json")
            .json()
            .getFirst();
    JsonNode point = swept.get("points").get(1).get("strategies").get("ttm-fault");
    assertThat(point.get("value").get(1))
        .isEqualTo(simulated.get("operations").get("fault").get("mean_ns").get(1));
    assertThat(swept.get("vary").get(0).get("today").asString()).isEqualTo("2");
  }

  @Test
  void answersInSentences() {
    CommandLineRun run =
        run(
            "whatif --workload SMALL --vary kernel.ttm_prefault=1..16:5 --measure mean"
                + " --replications 2 --strategies vm-insert-pfn,ttm-fault");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Today (kernel.ttm_prefault=16) vm-insert-pfn is the best: fault mean [")
        .containsPattern("\\d times \\[.* \\.\\. .*] less than the \\[.*] of ttm-fault")
        .contains("A fault is not the same for all: it inserts so many pages: vm-insert-pfn 1.00,")
        .contains("kernel.ttm_prefault makes no difference to vm-insert-pfn.")
        .contains("Each figure: 2 seeds at the best prices, and 2 possible worlds");
    CommandLineRun one =
        run(
            "whatif --workload SMALL --vary machine.cpus=1,8 --replications 2 --measure buffer"
                + " --strategies ttm-fault,udmabuf");
    assertThat(one.out())
        .contains("ttm-fault: all calls for a buffer together, mean is [")
        .contains("udmabuf has no figure at any point: udmabuf does not serve clients 'readers':");
    CommandLineRun ignored =
        run(
            "whatif --workload SMALL --vary pool.limit=1MiB..4MiB:x2 --replications 2 --measure"
                + " fault.p50");
    assertThat(ignored.out()).contains("pool.limit makes no difference to any of them here.");
    CommandLineRun few =
        run("whatif --workload SMALL --vary clients=1,2 --replications 2 --measure fault.p99.9");
    assertThat(few.out())
        .contains("2 figures rest on runs with fewer than 10 calls beyond them, the least with ");
  }

  @Test
  void rowsForDataFrames() {
    CommandLineRun run =
        run(
            "whatif --workload SMALL --vary clients.readers.size=16KiB,32KiB --vary"
                + " machine.cpus=2,4 --replications 2 --measure throughput --format csv"
                + " --strategies ttm-fault,vm-insert-pfn");
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(1 + 2 * 2 * 2);
    assertThat(lines.getFirst())
        .isEqualTo(
            "clients.readers.size (pages),machine.cpus,strategy,measure,low_per_s,best_per_s,"
                + "high_per_s,chance_low_per_s,chance_high_per_s,refused");
    assertThat(lines.get(1)).matches("4,2,ttm-fault,free.throughput(,[0-9.]+){5},");
  }

  @Test
  void theAnswerAsAChart() throws IOException {
    Path charts = folder.resolve("charts");
    CommandLineRun run =
        run("whatif --workload SMALL --vary clients=1..4:x2 --replications 2 --chart " + charts);
    assertThat(run.exitCode()).isZero();
    try (Stream<Path> files = Files.list(charts)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("whatif-clients.svg", "whatif-clients.csv");
    }
  }

  @Test
  void whatWouldTakeTooLongIsRefusedAfterTheFirstPoint() {
    CommandLineRun run =
        run("whatif --workload SMALL --vary clients=1..4 --replications 2 --time-limit 1ns");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("mapcost: 4 points would take about ")
        .contains("or give --time-limit ");
  }

  @Test
  void sensitivityOfAWorkload() {
    CommandLineRun run =
        run("sensitivity --workload SMALL --vary clients=1..32 --measure mean --samples 16");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("ttm-fault, fault mean: [")
        .contains("What is not known matters most in ")
        .contains("clients moves it from ")
        .contains("chance (the seed) moves it from ")
        .contains("Shares are estimated from 16 points; --samples 64 gives steadier ones.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "whatif --workload SMALL|mapcost: nothing varies; give --vary KEY=RANGE",
        "whatif --vary clients.readers.count=1..4|mapcost: clients.readers.count is a key of a"
            + " workload; give --workload NAME|FILE too, to simulate it.",
        "whatif --workload SMALL --vary clients.reader.count=1..4|mapcost: unknown key of this"
            + " workload 'clients.reader.count'; did you mean 'clients.readers.count'?",
        "whatif --workload SMALL --vary buffer=4KiB,8KiB|mapcost: buffer is a key of one buffer;"
            + " of a workload vary clients.readers.size.",
        "whatif --workload SMALL --vary clients=1..4 --buffer 1MiB|mapcost: --buffer is about one"
            + " buffer whose cost has a closed form; leave it out with --workload.",
        "sensitivity --workload SMALL --strategy udmabuf|mapcost: udmabuf does not serve clients"
            + " 'readers': maps no vram.",
        "sensitivity --workload SMALL --measure shrink.p99|mapcost: ttm-fault: no"
            + " shrink occurs; ask for another --measure, such as buffer.",
        "whatif --vary buffer=4KiB,8KiB --replications 3|mapcost: --replications is about"
            + " simulations; give --workload NAME|FILE too.",
        "whatif --workload SMALL --vary clients=1,2 --vary machine.cpus=2,4 --chart x|mapcost: a"
            + " chart of simulations goes along one key; vary one, or leave --chart out.",
        "whatif --workload SMALL --vary clients=1..9000:1|mapcost: 9,000 points of 16 simulations"
            + " each are too many; take larger steps.",
        "whatif --workload SMALL --vary clients=1..4 --out a.csv|mapcost: --out and --resume are"
            + " for sweeps over one buffer; with --workload write --format csv > FILE.",
        "whatif --workload SMALL --vary clients=1..4 --measure first|mapcost: 'first' is no"
            + " measure of a simulation: write p99,",
        "whatif --workload SMALL --vary clients=1,2 --strategies udmabuf --replications 2|mapcost:"
            + " no strategy has a figure at any of these points: udmabuf does not serve"
      })
  void wrongInputIsOneLineAndExitCode2(String args, String message) {
    CommandLineRun run = run(args);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(message);
    assertThat(run.err().lines().filter(line -> !line.startsWith("Try: "))).hasSize(1);
  }
}
