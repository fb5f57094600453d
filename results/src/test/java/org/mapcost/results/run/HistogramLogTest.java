package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Mode;

/// Guards that HdrHistogram's own reader finds every value of a run under its tag, in picoseconds.
class HistogramLogTest {
  @Test
  void averageTimeHasAValueAnIteration() throws IOException {
    ForkResults results = new ForkResults();
    results.add(0, List.of(JmhResults.averageTime("a.B.walk", Map.of("tree", "x, y"), 1.25, 80)));
    results.add(1, List.of(JmhResults.averageTime("a.B.walk", Map.of("tree", "z"), 3)));
    results.add(0, List.of(JmhResults.averageTime("a.B.walk", Map.of("tree", "x, y"), 2)));

    Map<String, List<Histogram>> read = read(write(results));

    assertThat(read).containsOnlyKeys("B.walk:avgt:tree=x__y", "B.walk:avgt:tree=z");
    List<Histogram> forks = forks(read, "B.walk:avgt:tree=x__y");
    assertThat(forks).hasSize(2);
    assertThat(forks.get(0).getTotalCount()).isEqualTo(2);
    assertThat(forks.get(0).getMinNonZeroValue()).isCloseTo(1250, within(1L));
    assertThat(forks.get(0).valuesAreEquivalent(forks.get(0).getMaxValue(), 80_000)).isTrue();
    assertThat(forks.get(1).getTotalCount()).isEqualTo(1);
  }

  @Test
  void samplingHasEverySample() throws IOException {
    ForkResults results = new ForkResults();
    results.add(
        0,
        List.of(JmhResults.samples("a.B.walk", TimeUnit.MICROSECONDS, 40, 40, 90, 1_000, 2_000)));
    Histogram samples = forks(read(write(results)), "B.walk:sample").getFirst();
    assertThat(samples.getTotalCount()).isEqualTo(5);
    assertThat(samples.getCountBetweenValues(39_000_000, 41_000_000)).isEqualTo(2);
    assertThat(samples.getValueAtPercentile(100)).isCloseTo(2_000_000_000L, within(20_000_000L));
  }

  @Test
  void modelledTimesHaveTagsOfTheirOwn() throws IOException {
    ForkResults results = new ForkResults();
    results.add(0, List.of(JmhResults.modelled("a.B.mix", 31.5, "modelled, Ns", 40, 40, 700)));
    results.add(0, List.of(JmhResults.modelled("a.B.mix", 33.5, "modelled, Ns", 41)));

    Map<String, List<Histogram>> read = read(write(results));

    assertThat(read)
        .containsOnlyKeys(
            "B.mix:avgt", "B.mix:avgt:modelled=callerNs", "B.mix:avgt:modelled=modelled__Ns");
    List<Histogram> caller = forks(read, "B.mix:avgt:modelled=callerNs");
    assertThat(caller).extracting(Histogram::getTotalCount).containsExactly(1L, 1L);
    assertThat(caller.getLast().valuesAreEquivalent(caller.getLast().getMaxValue(), 33_500))
        .isTrue();
    List<Histogram> single = forks(read, "B.mix:avgt:modelled=modelled__Ns");
    assertThat(single).extracting(Histogram::getTotalCount).containsExactly(3L, 1L);
    assertThat(single.getFirst().getCountAtValue(40_000)).isEqualTo(2);
    assertThat(single.getFirst().valuesAreEquivalent(single.getFirst().getMaxValue(), 700_000))
        .isTrue();
  }

  @Test
  void theLogSaysWhatItsValuesAre() throws IOException {
    String text = write(new ForkResults());
    assertThat(text.lines().findFirst())
        .hasValueSatisfying(line ->
            assertThat(line).startsWith("#").contains("values are picoseconds per operation"));
    assertThat(read(text)).isEmpty();
  }

  @Test
  void aScoreThatIsNoNumberIsLeftOut() throws IOException {
    ForkResults results = new ForkResults();
    results.add(0, List.of(JmhResults.averageTime("a.B.walk", Map.of(), Double.NaN, 2)));
    assertThat(forks(read(write(results)), "B.walk:avgt").getFirst().getTotalCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, ns/op, 1500",
    "2, us/op, 2e6",
    "2, s/op, 2e12",
    "1, min/op, 6e13",
    "4, ops/us, 250000",
    "2, ops/s, 5e11",
    "1, B/op, NaN",
  })
  void theTimeOfOneOperation(double score, String unit, double picoseconds) {
    assertThat(HistogramLog.picoseconds(score, unit)).isEqualTo(Double.valueOf(picoseconds));
  }

  @ParameterizedTest
  @CsvSource({"AverageTime, avgt", "SampleTime, sample"})
  void theModeIsInTheTag(Mode mode, String shown) {
    assertThat(HistogramLog.tag(JmhResults.params("a.b.C.d", mode, Map.of("z", "2", "a", "1"))))
        .isEqualTo("C.d:" + shown + ":a=1:z=2");
  }

  private static String write(ForkResults results) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HistogramLog.write(out, 1_600_000_000_000L, results.merged());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Histogram> forks(Map<String, List<Histogram>> read, String tag) {
    return Objects.requireNonNull(read.get(tag), tag);
  }

  private static Map<String, List<Histogram>> read(String log) {
    Map<String, List<Histogram>> byTag = new LinkedHashMap<>();
    HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    EncodableHistogram next = reader.nextIntervalHistogram();
    while (next != null) {
      byTag.computeIfAbsent(next.getTag(), any -> new ArrayList<>()).add((Histogram) next);
      next = reader.nextIntervalHistogram();
    }
    return byTag;
  }
}
