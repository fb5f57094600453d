package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.InputException;

/// Guards that JMH's files of other projects and versions are read, and that anything else is
/// refused with the file, the place and the reason.
class JmhJsonTest {
  @TempDir Path dir;

  @Test
  void forksIterationsParametersAndMissingNumbers() {
    List<Measurement> all = JmhJson.read(resource("jmh-average-time.json"));
    assertThat(all).hasSize(1);
    Measurement only = all.getFirst();
    assertThat(only.shortName()).isEqualTo("BranchPrediction.immutableSet");
    assertThat(only.params())
        .containsExactly(Map.entry("same", "false"), Map.entry("shuffle", "true"));
    assertThat(only.mode()).isEqualTo("avgt");
    assertThat(only.unit()).isEqualTo("ns/op");
    assertThat(only.forks()).hasSize(2).allSatisfy(fork -> assertThat(fork).hasSize(5));
    assertThat(only.forks().get(1)).startsWith(26.421016128570237, 32.963535678068794);
    assertThat(only.secondary()).containsExactly(Map.entry("asm", List.of(List.of(), List.of())));
  }

  @Test
  void resultsWithoutParameters() {
    List<Measurement> all = JmhJson.read(resource("jmh-throughput.json"));
    assertThat(all).hasSize(6).allSatisfy(each -> assertThat(each.params()).isEmpty());
    assertThat(all.getFirst().forks()).isEqualTo(List.of(List.of(28.730127889402016)));
  }

  @Test
  void theScoreOfAnIterationOfSamplesIsTheirMean() throws IOException {
    Path file =
        write(
            """
            [{"benchmark": "a.B.c", "mode": "sample", "primaryMetric": {"scoreUnit": "ns/op",
              "rawDataHistogram": [[[[10, 3], [50, 1]], [[7, 1]]]]}}]\
            """);
    Measurement samples = JmhJson.read(file).getFirst();
    assertThat(samples.forks()).isEqualTo(List.of(List.of(20.0, 7.0)));
    // All samples of the fork: 7, 10, 10, 10, 50.
    assertThat(samples.percentiles().get(0.5)).containsExactly(10.0);
    assertThat(samples.percentiles().get(0.9)).containsExactly(50.0);
  }

  @Test
  void howItWasMeasuredAndTheUnitsOfSecondaryMetrics() {
    Measurement only = JmhJson.read(resource("jmh-average-time.json")).getFirst();
    assertThat(only.setup().values())
        .containsEntry("jmhVersion", "1.37")
        .containsEntry("threads", "1")
        .containsKeys("jvmArgs", "vmVersion", "measurementTime")
        .doesNotContainKeys("jvm", "forks");
    assertThat(only.secondaryUnits()).containsOnlyKeys("asm");
    assertThat(only.key()).isEqualTo(only.benchmark() + " avgt same=false shuffle=true");
  }

  /// Keys come in the order of whoever wrote or edited the file, and with keys of his own.
  @Test
  void keysInAnyOrder() throws IOException {
    Measurement only =
        JmhJson.read(
                write(
                    """
                    [{"own": {"deep": [1, {"x": [2]}]}, "secondaryMetrics": {"gc": {"rawData": [[5]],
                      "scoreUnit": "#"}, "none": null}, "primaryMetric": {"own": [[3]], "rawData":
                      [[1], 2, [3]], "scoreUnit": "s/op"}, "jvmArgs": ["-Xmx1g", "-ea"], "params":
                      {"n": 7, "of": null}, "mode": "ss", "threads": 4, "benchmark": "a.B.c"}]\
                    """))
            .getFirst();
    assertThat(only.key()).isEqualTo("a.B.c ss n=7 of=");
    assertThat(only.unit()).isEqualTo("s/op");
    assertThat(only.forks()).isEqualTo(List.of(List.of(1.0), List.of(), List.of(3.0)));
    assertThat(only.secondary()).containsExactly(Map.entry("gc", List.of(List.of(5.0))));
    assertThat(only.secondaryUnits()).containsExactly(Map.entry("gc", "#"));
    assertThat(only.setup().values())
        .containsExactly(Map.entry("jvmArgs", "[-Xmx1g, -ea]"), Map.entry("threads", "4"));
  }

  @Test
  void numbersThatAreNone() throws IOException {
    Path file =
        write(
            """
            [{"benchmark": "a.B.c", "mode": "avgt", "primaryMetric": {"scoreUnit": "ns/op",
              "rawData": [["NaN", "+INF", "-INF", 2]]}}]\
            """);
    assertThat(JmhJson.read(file).getFirst().forks())
        .isEqualTo(
            List.of(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 2.0)));
  }

  @Test
  void anEmptyListHasNoResults() throws IOException {
    assertThat(JmhJson.read(write("[]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": 1}|: this is not JMH's JSON, a list of results (it begins with something else);"
            + " JMH writes it with -rf json.",
        "``|: this is not JMH's JSON, a list of results (it is empty); JMH writes it with -rf"
            + " json.",
        "[{}]|: result 1 has no primaryMetric; JMH writes its results with -rf json.",
        "[7]|: result 1 has no primaryMetric; JMH writes its results with -rf json.",
        "[{\"primaryMetric\": {\"scoreUnit\": \"ns/op\"}, \"mode\": \"avgt\"}]|: result 1 has no"
            + " benchmark; JMH writes its results with -rf json.",
        "[{\"primaryMetric\": {\"rawData\": [[7]]}, \"benchmark\": \"a.B.c\", \"mode\":"
            + " \"avgt\"}]|: result 1 has no scoreUnit; JMH writes its results with -rf json.",
        "[{\"primaryMetric\": {\"scoreUnit\": \"s\", \"rawData\": [[\"fast\"]]}, \"benchmark\":"
            + " \"a.B.c\", \"mode\": \"avgt\"}]|: result 1 has \"fast\" where a number belongs; JMH"
            + " writes its results with -rf json.",
        "[{}, {\"primaryMetric\": 7}]|: result 1 has no primaryMetric; JMH writes its results with"
            + " -rf json.",
        "[{\"primaryMetric\": {\"rawData\": [[[1]]]}}]|: result 1 has a list where a number"
            + " belongs; JMH writes its results with -rf json.",
        "[{\"primaryMetric\": {\"rawDataHistogram\": [[[[10, 1], [10]]]]}}]|: result 1 has [10.0]"
            + " where a sample and its count belong; JMH writes its results with -rf json.",
      })
  void whatIsNotJmhs(String text, String reason) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> JmhJson.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + reason);
  }

  @Test
  void aTruncatedFileIsRefusedWithItsLine() throws IOException {
    String whole = Files.readString(resource("jmh-average-time.json"));
    Path file = write(whole.substring(0, whole.indexOf("\"jdkVersion\"")));
    assertThatThrownBy(() -> JmhJson.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":15: not JSON: Unexpected end-of-input")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void whatIsNoTextAtAll() throws IOException {
    Path file =
        Files.write(dir.resolve("binary"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, (byte) 0xff});
    assertThatThrownBy(() -> JmhJson.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":1: not JSON: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aMissingFileAndADirectory() {
    assertThatThrownBy(() -> JmhJson.read(dir.resolve("none.json")))
        .hasMessage(dir.resolve("none.json") + ": there is no such file.");
    assertThatThrownBy(() -> JmhJson.read(dir)).hasMessage(dir + ": this is no file.");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("jmh.json"), text);
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(JmhJsonTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
