package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapcost.model.InputException;

/// Guards that forks measured one at a time, a file each, become one result with all that JMH
/// wrote: samples, secondary metrics and how it was measured.
class ForkDirectoryTest {
  @TempDir Path dir;

  @Test
  void filesAreForks() throws IOException {
    write(
        "1.json",
        result("avgt", "ns/op", "\"rawData\": [[1, 2]]", "\"gc\": {\"rawData\": [[7, 8]]}"));
    write("2.json", result("avgt", "ns/op", "\"rawData\": [[3, 4]]", ""));
    write("10.json", "[]");
    Measurement only = only(ResultFile.read(dir).measurements());
    assertThat(only.forks()).isEqualTo(List.of(List.of(1.0, 2.0), List.of(3.0, 4.0)));
    assertThat(only.secondary())
        .as("each metric has a list a fork")
        .containsExactly(Map.entry("gc", List.of(List.of(7.0, 8.0), List.of())));
    assertThat(only.setup().values()).containsEntry("jdkVersion", "25");
  }

  @Test
  void samplesKeepTheirPercentiles() throws IOException {
    write("1.json", result("sample", "ns/op", "\"rawDataHistogram\": [[[[10, 3], [50, 1]]]]", ""));
    write("2.json", result("sample", "ns/op", "\"rawDataHistogram\": [[[[7, 1]]]]", ""));
    Measurement only = only(ResultFile.read(dir).measurements());
    assertThat(only.forks()).isEqualTo(List.of(List.of(20.0), List.of(7.0)));
    assertThat(only.percentiles().get(0.5)).containsExactly(10.0, 7.0);
    assertThat(only.percentiles().get(1.0)).containsExactly(50.0, 7.0);
  }

  @Test
  void whatIsNoForkOfTheSameIsRefused() throws IOException {
    write("1.json", result("avgt", "ns/op", "\"rawData\": [[1]]", ""));
    Path second = write("2.json", result("avgt", "us/op", "\"rawData\": [[1]]", ""));
    assertThatThrownBy(() -> ResultFile.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(
            second
                + ": a.B.c avgt was measured otherwise than in the files before (unit ns/op and"
                + " us/op); these are not forks of one result.");
    write("2.json", result("avgt", "ns/op", "\"rawData\": [[1]]", "").replace("\"25\"", "\"26\""));
    assertThatThrownBy(() -> ResultFile.read(dir)).hasMessageContaining("(jdkVersion 25 and 26)");
    String one = result("avgt", "ns/op", "\"rawData\": [[1]]", "");
    write("2.json", one.replace("]\n", ", " + one.substring(1)));
    assertThatThrownBy(() -> ResultFile.read(dir))
        .hasMessage(second + ": a.B.c avgt stands here twice; which of them is the next fork?");
  }

  @Test
  void aDirectoryOfNeitherKind() {
    assertThatThrownBy(() -> ResultFile.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(dir + ": this is no run folder (it has no manifest.json); 'bench' makes one.");
  }

  private static Measurement only(List<Measurement> all) {
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static String result(String mode, String unit, String data, String secondary) {
    return """
    [{"benchmark": "a.B.c", "mode": "%s", "jdkVersion": "25", "primaryMetric": {
      "scoreUnit": "%s", %s}, "secondaryMetrics": {%s}}]
    """
        .formatted(mode, unit, data, secondary);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
