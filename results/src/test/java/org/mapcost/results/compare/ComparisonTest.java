package org.mapcost.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.benchmarks.profile.Exercised;
import org.mapcost.model.InputException;
import org.mapcost.results.run.Build;
import org.mapcost.results.run.Manifest;
import org.mapcost.results.run.Measurement;
import org.mapcost.results.run.ResultFile;

/// Guards the verdicts: their direction, what is not comparable and why, and what is refused.
class ComparisonTest {
  private static final double[] TEN = {10, 10.01, 9.99, 10.02, 9.98};
  private static final double[] ELEVEN = {11, 11.01, 10.99, 11.02, 10.98};
  private static final double[] WIDE = {7, 13, 10, 9, 12};

  @Test
  void longerTimesAreSlowerAndHigherThroughputsFaster() {
    assertThat(verdict(Results.time("t", TEN), Results.time("t", ELEVEN)))
        .isEqualTo(Verdict.SLOWER);
    assertThat(verdict(Results.time("t", ELEVEN), Results.time("t", TEN)))
        .isEqualTo(Verdict.FASTER);
    assertThat(verdict(Results.throughput("t", TEN), Results.throughput("t", ELEVEN)))
        .isEqualTo(Verdict.FASTER);
    assertThat(verdict(Results.throughput("t", ELEVEN), Results.throughput("t", TEN)))
        .isEqualTo(Verdict.SLOWER);
  }

  @Test
  void aNarrowIntervalAroundOneIsTheSameAndAWideOneIsUndecided() {
    assertThat(
            verdict(Results.time("t", TEN), Results.time("t", 10.05, 10.04, 10.06, 10.05, 10.03)))
        .isEqualTo(Verdict.SAME);
    assertThat(verdict(Results.time("t", TEN), Results.time("t", WIDE)))
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void theSameFileOnBothSidesIsTheSameHoweverNoisy() {
    Row row = row(Results.time("t", WIDE), Results.time("t", WIDE));
    assertThat(row.verdict()).isEqualTo(Verdict.SAME);
    assertThat(row.ratio().orElseThrow().interval().high()).isEqualTo(1);
    assertThat(row.notes()).contains("the same values on both sides: one measurement, given twice");
  }

  @Test
  void oneForkIsNotComparable() {
    Row both = row(Results.time("t", 10), Results.time("t", 10));
    assertThat(both.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(both.ratio()).isEmpty();
    assertThat(both.notes())
        .containsExactly("A and B have one fork; how much forks differ is not known (JMH: -f 5)");
    assertThat(row(Results.time("t", TEN), Results.time("t", 10)).notes())
        .containsExactly("B has one fork; how much forks differ is not known (JMH: -f 5)");
    assertThat(row(Results.time("t", Double.NaN), Results.time("t", 10)).notes())
        .containsExactly(
            "A has no value and B one fork; how much forks differ is not known (JMH: -f 5)");
  }

  @Test
  void valuesAtZeroAndOtherUnitsAreNotComparable() {
    assertThat(row(Results.time("t", 0, 1), Results.time("t", 1, 2)).notes())
        .contains("a value is zero or below, and has no ratio");
    Measurement millis =
        new Measurement("a.B.t", Map.of(), "avgt", "ms/op", Results.forks(TEN), Map.of());
    assertThat(row(Results.time("t", TEN), millis).notes())
        .contains("the units differ: ns/op and ms/op");
  }

  @Test
  void aBenchmarkThatStandsTwiceInAFileIsNotComparable() {
    Comparison comparison =
        Comparison.of(
            Results.of(Results.time("t", TEN), Results.time("t", TEN)),
            Results.of(Results.time("t", TEN)),
            DiffOptions.USUAL);
    assertThat(comparison.rows())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
          assertThat(row.notes())
              .containsExactly(
                  "the same benchmark with the same parameters stands 2 times in A and 1 times in"
                      + " B");
        });
  }

  @Test
  void theSummaryCountsWhatIsMissing() {
    Comparison comparison =
        Comparison.of(
            Results.of(Results.time("t", TEN), Results.time("gone", TEN)),
            Results.of(Results.time("t", ELEVEN), Results.time("new", TEN)),
            DiffOptions.USUAL);
    assertThat(comparison.summary(0.02))
        .isEqualTo("1 compared: 1 slower; 1 only in A; 1 only in B.");
  }

  @ParameterizedTest
  @CsvSource({"0.02, same within 2 %", "0.025, same within 2.5 %", "0.1, same within 10 %"})
  void theToleranceIsNamed(double tolerance, String words) {
    assertThat(Comparison.words(Verdict.SAME, tolerance)).isEqualTo(words);
  }

  @Test
  void aWitnessThatTheIntendedPathDidNotRunOutranksTheNumber() {
    Measurement a = Results.time("t", TEN);
    Measurement b =
        Results.with(Results.time("t", ELEVEN), Exercised.NAME, "", Results.forks(1, 1, 0, 1, 1));
    Row row = row(a, b);
    assertThat(row.verdict()).isEqualTo(Verdict.NOT_EXERCISED);
    assertThat(row.b()).as("the number is kept").isPresent();
    assertThat(row.ratio()).as("and not compared").isEmpty();
    assertThat(row.notes())
        .contains("B: a witness saw that the intended path did not run, in 1 of 5 iterations");
    assertThat(row(b, b).verdict()).isEqualTo(Verdict.NOT_EXERCISED);
  }

  @Test
  void whatARunWasAskedForAndDidNotMeasureIsSaid() {
    Manifest.Point failed =
        new Manifest.Point("a.B.gone", Map.of("n", "1"), Manifest.State.FAILED, 0, "Error: no");
    Manifest.Point planned = new Manifest.Point("a.B.u", Map.of(), Manifest.State.PLANNED, 2, null);
    Manifest run =
        new Manifest(
            Manifest.SCHEMA,
            "2026-11-23T12:00:09Z",
            null,
            List.of("bench"),
            "quick",
            new Build("0.1.0", "abc", false),
            1,
            3,
            Manifest.Status.INCOMPLETE,
            List.of(failed, planned));
    ResultFile a = Results.of(Results.time("t", TEN));
    ResultFile b = new ResultFile(a.path(), a.measurements(), Optional.empty(), Optional.of(run));
    assertThat(Comparison.of(a, b, DiffOptions.USUAL).fence().notes())
        .endsWith(
            "B: B.gone n=1 failed: Error: no", "B is incomplete: 1 of 2 benchmarks lack forks");
  }

  @Test
  void iterationsStolenFromAreShownWithAndWithout() {
    List<List<Double>> values =
        List.of(List.of(10.0, 14.0), List.of(10.1, 15.0), List.of(9.9, 14.5));
    List<List<Double>> steal = List.of(List.of(0.0, 12.0), List.of(0.0, 9.0), List.of(0.5, 8.0));
    Measurement b =
        new Measurement("a.B.t", Map.of(), "avgt", "ns/op", values, Map.of("steal", steal));
    Row row = row(Results.time("t", 10, 10.1, 9.9), b);
    assertThat(row.verdict()).isEqualTo(Verdict.SLOWER);
    assertThat(row.withoutSteal().orElseThrow().interval().best()).isCloseTo(1, within(1e-12));
    assertThat(row.notes())
        .anySatisfy(note ->
            assertThat(note)
                .startsWith("3 of 9 iterations were stolen from; without them [0.9")
                .endsWith(", undecided"));
  }

  @Test
  void aRulerTakesTheMachinesDriftOut() {
    DiffOptions options =
        new DiffOptions(
            0.02, Optional.empty(), Optional.empty(), Optional.of(Pattern.compile("ruler")));
    // B's machine is a tenth slower throughout.
    Comparison comparison =
        Comparison.of(
            Results.of(Results.time("t", TEN), Results.throughput("ruler", 1 / 5.0, 1 / 5.01)),
            Results.of(Results.time("t", ELEVEN), Results.throughput("ruler", 1 / 5.5, 1 / 5.51)),
            options);
    assertThat(comparison.rows().getFirst().notes())
        .contains("the ruler has another number of forks");
    Comparison fits =
        Comparison.of(
            Results.of(Results.time("t", TEN), Results.time("ruler", TEN)),
            Results.of(Results.time("t", ELEVEN), Results.time("ruler", ELEVEN)),
            options);
    assertThat(fits.rows().getFirst().verdict()).isEqualTo(Verdict.SAME);
    assertThat(fits.rows().getLast().verdict()).isEqualTo(Verdict.SLOWER);
    assertThatThrownBy(() ->
            Comparison.of(
                Results.of(Results.time("t", TEN)), Results.of(Results.time("t", TEN)), options))
        .isInstanceOf(InputException.class)
        .hasMessage("made-up.json: the ruler 'ruler' matches no benchmark; name exactly one.");
  }

  @Test
  void anotherJvmIsNamedAndRefused() {
    Comparison comparison =
        Comparison.of(
            Results.of(Results.measuredBy(Results.time("t", TEN), Map.of("jdkVersion", "21"))),
            Results.of(Results.measuredBy(Results.time("t", TEN), Map.of("jdkVersion", "25"))),
            DiffOptions.USUAL);
    assertThatThrownBy(() -> comparison.fenced(false))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the two were measured under different conditions, so their difference would say"
                + " nothing about the code: jdkVersion: 21 against 25 (1 results). Measure both"
                + " alike, or compare nevertheless with --anyway.");
    assertThat(comparison.fenced(true)).isSameAs(comparison);
  }

  @Test
  void ofSamplesTheMedianAndTheTailAreCompared() {
    double[] far = {100, 100.1, 99.9, 100.2, 150};
    Measurement samples = Results.samples("t", TEN, far);
    List<Row> rows =
        Comparison.of(Results.of(samples), Results.of(samples), DiffOptions.USUAL).rows();
    assertThat(rows)
        .extracting(each -> each.metric().name())
        .containsExactly("score", "p0.50", "p0.99");
    assertThat(rows.getLast().notes())
        .contains("A, p0.99: fork 5 of 5 is an outlier, 1.50 times the median fork; it is kept");
    assertThat(Metric.percentile(0.5)).isEqualTo("p0.50");
    assertThat(Metric.percentile(0.999)).isEqualTo("p0.999");
    assertThat(Metric.percentile(0.9999)).isEqualTo("p0.9999");
    assertThat(Metric.percentile(1)).isEqualTo("p1.00");
  }

  private static Verdict verdict(Measurement a, Measurement b) {
    return row(a, b).verdict();
  }

  private static Row row(Measurement a, Measurement b) {
    return Comparison.of(Results.of(a), Results.of(b), DiffOptions.USUAL).rows().getFirst();
  }
}
