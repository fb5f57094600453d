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
import org.mapcost.model.InputException;

/// Guards that histograms of other programs are read as one process each, and that what is none is
/// refused with its line.
class HistogramFileTest {
  @TempDir Path dir;

  @Test
  void everyTagIsAMeasurementOfOneProcess() {
    List<Measurement> tags = HistogramFile.read(resource("tagged-Log.logV2.hlog"));
    assertThat(tags)
        .extracting(Measurement::benchmark)
        .containsExactly("tagged-Log.logV2.hlog", "A");
    // The file holds everything twice, with the tag and without.
    assertThat(tags.getFirst().percentiles()).isEqualTo(tags.getLast().percentiles());
    assertThat(tags)
        .allSatisfy(each -> {
          assertThat(each.mode()).isEqualTo("histogram");
          assertThat(each.unit()).isEqualTo("recorded value");
          assertThat(each.forks()).hasSize(1);
          assertThat(each.percentiles().get(1.0)).containsExactly(2_768_895.0);
        });
  }

  @Test
  void aLogOfTheFirstFormatAndItsRepeatedHeaderAreRead() {
    Measurement only = HistogramFile.read(resource("hiccup.140623.1028.10646.hlog")).getFirst();
    assertThat(only.percentiles().get(0.5))
        .singleElement()
        .satisfies(median -> assertThat(median).isPositive());
  }

  @Test
  void anEmptyHistogramHasNoValue() {
    Measurement only = HistogramFile.read(resource("bug-whitespace.hlog")).getFirst();
    assertThat(only.benchmark()).isEqualTo("bo-global-http");
    assertThat(only.percentiles().get(0.5)).containsExactly(Double.NaN);
  }

  /// Values of parameters have dots, and a tag is not cut at them.
  @Test
  void aTagIsItsOwnShortName() {
    String tag = "PoolMix.free:avgt:hitRatio=0.5:kernel=6.1";
    Measurement tagged =
        new Measurement(tag, Map.of(), HistogramFile.MODE, "ps/op", List.of(), Map.of());
    assertThat(tagged.shortName()).isEqualTo(tag);
  }

  @Test
  void aDistributionIsReadByItsRows() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("a.hgrm"),
            """
                   Value   Percentile   TotalCount 1/(1-Percentile)

                   1.000     0.000000            1         1.00
                   2.500     0.500000           50         2.00
                   9.000     0.990000           99       100.00
                  11.000     1.000000          100          inf
            #[Mean    =       25.048, StdDeviation   =      120.097]
               #[Max     =     9420.800, Total count    =       475109]
            """);
    Measurement read = HistogramFile.read(file).getFirst();
    assertThat(read.benchmark()).isEqualTo("a.hgrm");
    assertThat(read.shortName()).isEqualTo("a.hgrm");
    assertThat(read.percentiles().get(0.5)).containsExactly(2.5);
    assertThat(read.percentiles().get(0.9)).containsExactly(9.0);
    assertThat(read.percentiles().get(1.0)).containsExactly(11.0);
    assertThat(HistogramFile.read(resource("example2.hgrm")).getFirst().percentiles().get(0.5))
        .containsExactly(1418.239);
  }

  @Test
  void whatIsNoHistogramIsRefusedWithItsLine() throws IOException {
    Path log = Files.writeString(dir.resolve("a.hlog"), "#[comment]\n0.1,1.0,2.7,HISTFAAA\n");
    assertThatThrownBy(() -> HistogramFile.read(log))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(log + ":2: the histogram cannot be decoded (");
    Path words = Files.writeString(dir.resolve("b.hlog"), "no histogram\n");
    assertThatThrownBy(() -> HistogramFile.read(words))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(words + ":1: ");
    Path none = Files.writeString(dir.resolve("c.hlog"), "#[comment]\n");
    assertThatThrownBy(() -> HistogramFile.read(none))
        .hasMessage(none + ": there is no histogram in this log.");
    Path rows = Files.writeString(dir.resolve("d.hgrm"), "Value Percentile\n1.0 zero 3\n");
    assertThatThrownBy(() -> HistogramFile.read(rows))
        .hasMessage(
            rows
                + ":2: not a row of a percentile distribution, 'value percentile count"
                + " 1/(1-percentile)'.");
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(HistogramFileTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
