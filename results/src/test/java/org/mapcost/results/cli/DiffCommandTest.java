package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Guards `diff`, `gate` and `stats-check` as a user types them: what they print, and their exit
/// codes.
class DiffCommandTest {
  @TempDir Path dir;

  @Test
  void aTableWithAVerdictInWords() throws IOException {
    CommandLineRun diff = CommandLineRun.of("diff", jmh("a", 10), jmh("b", 12));
    assertThat(diff.exitCode()).isZero();
    assertThat(diff.out())
        .contains("[1.184 1.200 1.217]  slower")
        .contains("neither side says which host measured")
        .endsWith("1 compared: 1 slower.\n");
  }

  @Test
  void theSameAsJsonCsvAndMarkdown() throws IOException {
    String a = jmh("a", 10);
    String b = jmh("b", 12);
    JsonNode json = CommandLineRun.of("diff", a, b, "--format", "json").json().getFirst();
    assertThat(json.path("schema").asString()).isEqualTo("mapcost/diff/1");
    JsonNode row = json.path("rows").path(0);
    assertThat(row.path("verdict").asString()).isEqualTo("slower");
    assertThat(row.path("ratio").path(1).asDouble()).isEqualTo(1.2);
    assertThat(row.path("interval_by").asString()).isEqualTo("student");
    assertThat(CommandLineRun.of("diff", a, b, "--format", "csv").out())
        .startsWith("benchmark,parameters,mode,metric,unit,a,b,forks_a,forks_b,ratio_low,")
        .contains("a.B.c,size=1,avgt,score,ns/op,10,12,5,5,1.18");
    assertThat(CommandLineRun.of("diff", a, b, "--format", "markdown").out())
        .contains("| B.c | size=1 | avgt score | 10 | 12 | ns/op | [1.184 1.200 1.217] | slower |");
  }

  /// One iteration of each fork takes ten times as long: the median does not see it, the mean does.
  @Test
  void meansCountOutliersByTheirSize() throws IOException {
    Path a = Path.of(jmh("a", 10));
    String b = dir.resolve("b.json").toString();
    String more = Files.readString(a).replaceAll("\\[(1?[09][.]\\d+)\\]", "[$1, $1, $1]");
    Files.writeString(a, more);
    Files.writeString(Path.of(b), more.replaceAll(", (1?[09][.]\\d+)\\]", ", 100]"));
    assertThat(CommandLineRun.of("diff", a.toString(), b).out()).contains("same within 2 %");
    assertThat(CommandLineRun.of("diff", a.toString(), b, "--mean").out())
        .contains("4.0")
        .endsWith("1 compared: 1 slower.\n");
  }

  @Test
  void rowsThatDidNotChangeCanBeLeftOut() throws IOException {
    String a = jmh("a", 10);
    assertThat(CommandLineRun.of("diff", a, a, "--changed").out())
        .doesNotContain("avgt")
        .endsWith("1 compared: 1 same within 2 %.\n");
  }

  @Test
  void anotherJvmIsRefusedUnlessAskedFor() throws IOException {
    String a = jmh("a", 10);
    String b = dir.resolve("other.json").toString();
    Files.writeString(Path.of(b), Files.readString(Path.of(a)).replace("\"25.0.1\"", "\"21.0.4\""));
    CommandLineRun refused = CommandLineRun.of("diff", a, b);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("jdkVersion: 25.0.1 against 21.0.4 (1 results)", "--anyway")
        .hasLineCount(1);
    assertThat(CommandLineRun.of("diff", a, b, "--anyway").out())
        .contains("compared although this differs: jdkVersion: 25.0.1 against 21.0.4");
  }

  @Test
  void theGatesExitCodes() throws IOException {
    String a = jmh("a", 10);
    assertThat(CommandLineRun.of("gate", a, jmh("b", 10.01)).exitCode()).isZero();
    CommandLineRun regression = CommandLineRun.of("gate", a, jmh("c", 20));
    assertThat(regression.exitCode()).isEqualTo(1);
    assertThat(regression.out())
        .endsWith("gate: regression (1 regressions, 0 undecided, 0 passed)\n");
    CommandLineRun missing = CommandLineRun.of("gate", a, empty());
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.out())
        .contains("missing in B: a.B.c avgt size=1")
        .endsWith("gate: undecided (0 regressions, 0 undecided, 0 passed, 1 missing in B)\n");
    assertThat(CommandLineRun.of("gate", a, dir.resolve("none").toString()).exitCode())
        .isEqualTo(2);
  }

  @Test
  void aShareIsTypedWithOrWithoutItsSign() throws IOException {
    String a = jmh("a", 10);
    assertThat(CommandLineRun.of("diff", a, a, "--same-within", "0.05").out())
        .contains("same within 5 %");
    CommandLineRun wrong = CommandLineRun.of("diff", a, a, "--same-within", "lots");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("'lots' is no share from 0 to below 100%");
  }

  @Test
  void theTableOfTheStatistics() {
    CommandLineRun check = CommandLineRun.of("stats-check", "--pairs", "5", "--format", "csv");
    assertThat(check.out().lines()).hasSize(1 + 3 * 4);
    assertThat(check.out()).startsWith("noise,forks,coverage %,");
  }

  /// A file of one benchmark with five forks around a time.
  private String jmh(String name, double time) throws IOException {
    StringBuilder raw = new StringBuilder();
    for (double each : new double[] {0.99, 1, 1.01, 1.005, 0.995}) {
      raw.append(raw.isEmpty() ? "" : ", ")
          .append(String.format(Locale.ROOT, "[%.6f]", time * (1 + (each - 1) * 1.2)));
    }
    return Files.writeString(
            dir.resolve(name + ".json"),
            """
            [{"benchmark": "a.B.c", "mode": "avgt", "jdkVersion": "25.0.1", "params": {"size": "1"},
              "primaryMetric": {"scoreUnit": "ns/op", "rawData": [%s]}}]
            """
                .formatted(raw))
        .toString();
  }

  private String empty() throws IOException {
    return Files.writeString(dir.resolve("empty.json"), "[]").toString();
  }
}
