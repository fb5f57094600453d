package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;

/// Guards that forks run one at a time read as if JMH had run them together: one entry a point, in
/// the plan's order, no point lost to another one's.
class ForkResultsTest {
  private static final String WALK = "a.B.walk";

  @TempDir Path dir;

  @Test
  void everyForkOfEveryPointIsKept() throws IOException {
    ForkResults results = new ForkResults();
    results.add(2, List.of(fork("z", 30, 31)));
    results.add(0, List.of(fork("x", 10, 11)));
    results.add(1, List.of(fork("y", 20)));
    results.add(0, List.of(fork("x", 12, 13)));
    results.add(0, List.of(fork("x", 14, 15)));

    List<Measurement> read = writtenAndRead(results);

    assertThat(read).extracting(each -> each.params().get("tree")).containsExactly("x", "y", "z");
    assertThat(read.get(0).forks())
        .isEqualTo(List.of(List.of(10.0, 11.0), List.of(12.0, 13.0), List.of(14.0, 15.0)));
    assertThat(read.get(1).forks()).isEqualTo(List.of(List.of(20.0)));
    assertThat(results.merged())
        .extracting(each -> each.getParams().getForks())
        .containsExactly(3, 1, 1);
  }

  @Test
  void noResultsAreAnEmptyList() throws IOException {
    assertThat(writtenAndRead(new ForkResults())).isEmpty();
  }

  private List<Measurement> writtenAndRead(ForkResults results) throws IOException {
    Path file = dir.resolve("jmh.json");
    WholeFile.write(file, out -> ForkResults.writeJson(out, results.merged()));
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
    return JmhJson.read(file);
  }

  private static RunResult fork(String tree, double... scores) {
    return JmhResults.averageTime(WALK, Map.of("tree", tree), scores);
  }
}
