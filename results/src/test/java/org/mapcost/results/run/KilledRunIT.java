package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Guards that a run killed outright (`kill -9`) keeps every fork that it reported, is readable,
/// and goes on to its end. Kills three times; `-Dmapcost.kills=20` for more.
class KilledRunIT {
  private static final int KILLS = Integer.getInteger("mapcost.kills", 3);

  @TempDir Path dir;
  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20210224);

  @Test
  void everyReportedForkIsThereAndTheRunGoesOn() throws IOException, InterruptedException {
    int kills = 0;
    for (int run = 0; kills < KILLS; run++) {
      Path runs = dir.resolve("runs-" + run);
      Map<String, Integer> reported = new HashMap<>();
      kills += killOrEnd(List.of("new", runs.toString()), reported);
      while (RunFolder.list(runs).isEmpty()
          || RunFolder.list(runs).getFirst().manifest().status() != Manifest.Status.COMPLETE) {
        List<RunFolder> folders = RunFolder.list(runs);
        if (folders.isEmpty()) {
          kills += killOrEnd(List.of("new", runs.toString()), reported);
          continue;
        }
        check(folders.getFirst(), reported);
        kills += killOrEnd(List.of("resume", folders.getFirst().path().toString()), reported);
      }
      RunFolder whole = RunFolder.list(runs).getFirst();
      assertThat(whole.measurements())
          .hasSize(FakeBench.POINTS)
          .allSatisfy(each -> assertThat(each.forks()).hasSize(FakeBench.FORKS));
    }
  }

  /// Starts a run, and kills it at a random moment after its first output.
  private int killOrEnd(List<String> arguments, Map<String, Integer> reported)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FakeBench.class.getName(),
            arguments.get(0),
            arguments.get(1));
    Path out = Files.createTempFile(dir, "out", "");
    Process process =
        builder.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    while (process.isAlive() && Files.size(out) == 0) {
      Thread.sleep(2);
    }
    Thread.sleep(random.nextInt(120));
    boolean killed = process.isAlive();
    process.destroyForcibly();
    process.waitFor();
    String printed = Files.readString(out, StandardCharsets.UTF_8);
    // The last line may have been cut in the middle.
    printed
        .substring(0, printed.lastIndexOf('\n') + 1)
        .lines()
        .forEach(line -> {
          assertThat(line).matches("B\\.p\\d");
          reported.merge("a." + line, 1, Integer::sum);
        });
    return killed ? 1 : 0;
  }

  private static void check(RunFolder folder, Map<String, Integer> reported) throws IOException {
    assertThat(folder.manifest().status()).isEqualTo(Manifest.Status.INCOMPLETE);
    Map<String, Integer> kept = new HashMap<>();
    new ForkFiles(folder)
        .read()
        .forEach(fork ->
            kept.merge(
                fork.results().iterator().next().getParams().getBenchmark(), 1, Integer::sum));
    Map<String, Integer> inJson = new HashMap<>();
    folder.measurements().forEach(each -> inJson.put(each.benchmark(), each.forks().size()));
    reported.forEach((benchmark, forks) -> {
      assertThat(kept.get(benchmark)).as(benchmark).isGreaterThanOrEqualTo(forks);
      assertThat(inJson.get(benchmark)).as(benchmark).isGreaterThanOrEqualTo(forks);
    });
    if (Files.exists(folder.histogramFile())) {
      HistogramLogReader reader = new HistogramLogReader(folder.histogramFile().toFile());
      int lines = 0;
      for (EncodableHistogram each = reader.nextIntervalHistogram();
          each != null;
          each = reader.nextIntervalHistogram()) {
        lines++;
      }
      assertThat(lines).isPositive();
    }
  }
}
