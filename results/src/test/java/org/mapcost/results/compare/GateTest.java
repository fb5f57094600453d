package org.mapcost.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.benchmarks.profile.Exercised;
import org.mapcost.model.InputException;
import org.mapcost.results.run.Measurement;

/// Guards what a gate lets pass, that its file is read strictly, and that many rows do not make it
/// cry wolf.
class GateTest {
  private static final double[] TEN = {100, 100.1, 99.9, 100.2, 99.8};
  private static final double[] ELEVEN = {110, 110.1, 109.9, 110.2, 109.8};
  private static final double[] WIDE = {70, 130, 100, 90, 120};

  @TempDir Path dir;

  @Test
  void withinTheLimitBeyondItAndAcross() {
    assertThat(outcome(Results.time("t", TEN), Results.time("t", TEN[0], 101, 100, 99, 100)))
        .isEqualTo(GateRow.Outcome.PASSED);
    assertThat(outcome(Results.time("t", TEN), Results.time("t", ELEVEN)))
        .isEqualTo(GateRow.Outcome.REGRESSION);
    assertThat(outcome(Results.time("t", TEN), Results.time("t", WIDE)))
        .isEqualTo(GateRow.Outcome.UNDECIDED);
  }

  @Test
  void lessThroughputIsARegressionAndMoreIsNot() {
    assertThat(outcome(Results.throughput("t", ELEVEN), Results.throughput("t", TEN)))
        .isEqualTo(GateRow.Outcome.REGRESSION);
    assertThat(outcome(Results.throughput("t", TEN), Results.throughput("t", ELEVEN)))
        .isEqualTo(GateRow.Outcome.PASSED);
  }

  @Test
  void threeForksAreTooFewForARegression() {
    assertThat(outcome(Results.time("t", 100, 100.1, 99.9), Results.time("t", 150, 150.1, 149.9)))
        .isEqualTo(GateRow.Outcome.UNDECIDED);
  }

  @Test
  void whatIsMissingOrNotComparableIsUndecided() {
    assertThat(outcome(Results.time("t", 100), Results.time("t", 100)))
        .isEqualTo(GateRow.Outcome.UNDECIDED);
    Gate gone =
        Gate.of(
            Results.of(Results.time("t", TEN), Results.time("gone", TEN)),
            Results.of(Results.time("t", TEN)),
            Thresholds.USUAL,
            Optional.empty());
    assertThat(gone.outcome()).isEqualTo(GateRow.Outcome.UNDECIDED);
    assertThat(Gate.of(Results.of(), Results.of(), Thresholds.USUAL, Optional.empty()).outcome())
        .isEqualTo(GateRow.Outcome.UNDECIDED);
  }

  @Test
  void whatWasNotExercisedNeitherPassesNorFails() {
    for (double[] values : new double[][] {TEN, ELEVEN}) {
      Measurement b =
          Results.with(Results.time("t", values), Exercised.NAME, "", Results.forks(1, 1, 0, 1, 1));
      assertThat(outcome(Results.time("t", TEN), b)).isEqualTo(GateRow.Outcome.UNDECIDED);
    }
  }

  @Test
  void fewNanosecondsAreNotGatedByPercent() {
    // 5 % of 2 ns is far less than the nanosecond that is allowed.
    Gate gate =
        Gate.of(
            Results.of(Results.time("t", 2, 2.01, 1.99, 2, 2)),
            Results.of(Results.time("t", 2.6, 2.61, 2.59, 2.6, 2.6)),
            Thresholds.USUAL,
            Optional.empty());
    assertThat(gate.rows().getFirst().bound()).isCloseTo(1.5, within(1e-12));
    assertThat(gate.outcome()).isEqualTo(GateRow.Outcome.PASSED);
  }

  @Test
  void instructionsAreGatedWhereTheyWereCounted() {
    Measurement a =
        Results.with(Results.time("t", TEN), "instructions:u", "#/op", Results.forks(ELEVEN));
    Measurement b =
        Results.with(
            Results.time("t", TEN),
            "instructions:u",
            "#/op",
            Results.forks(125, 125, 126, 125, 125));
    Gate gate = Gate.of(Results.of(a), Results.of(b), Thresholds.USUAL, Optional.empty());
    assertThat(gate.rows())
        .extracting(each -> each.row().metric().name() + " " + each.outcome())
        .containsExactly("score passed", "instructions:u regression");
  }

  @Test
  void eachPercentileHasItsOwnThreshold() throws IOException {
    Thresholds limits =
        Thresholds.read(
            write(
                """
                schema: mapcost/gate/1
                rules:
                  - {benchmark: 'a[.]B[.]loose', metric: p0.99, relative: 20%}
                  - {metric: p0.99, relative: 5%, absolute: 1us}
                  - {metric: p0.50, relative: 5%}
                """));
    Gate gate =
        Gate.of(
            Results.of(Results.samples("loose", TEN, TEN), Results.samples("strict", TEN, TEN)),
            Results.of(
                Results.samples("loose", TEN, ELEVEN), Results.samples("strict", TEN, ELEVEN)),
            limits,
            Optional.empty());
    assertThat(gate.rows())
        .extracting(each ->
            each.row().measurement().shortName()
                + " "
                + each.row().metric().name()
                + " "
                + each.outcome())
        .containsExactlyInAnyOrder(
            "B.loose p0.99 passed",
            "B.loose p0.50 passed",
            "B.strict p0.99 regression",
            "B.strict p0.50 passed");
    assertThat(gate.outcome()).isEqualTo(GateRow.Outcome.REGRESSION);
  }

  @Test
  void aRulerTakesTheMachinesDriftOutAndIsNotJudged() throws IOException {
    String rules = "rules: [{relative: 5%}]\n";
    var a = Results.of(Results.time("t", TEN), Results.time("spin", TEN));
    var b = Results.of(Results.time("t", ELEVEN), Results.time("spin", ELEVEN));
    Thresholds without = Thresholds.read(write("schema: mapcost/gate/1\n" + rules));
    assertThat(Gate.of(a, b, without, Optional.empty()).outcome())
        .isEqualTo(GateRow.Outcome.REGRESSION);
    Thresholds with = Thresholds.read(write("schema: mapcost/gate/1\nruler: 'spin'\n" + rules));
    Gate gate = Gate.of(a, b, with, Optional.empty());
    assertThat(gate.rows())
        .extracting(each -> each.row().measurement().shortName() + " " + each.outcome())
        .containsExactly("B.t passed");
  }

  @Test
  void aRowMustStandOutAmongAll() {
    // Of twenty rows one is beyond the limit by a little: enough by itself, not among twenty.
    Measurement[] a = new Measurement[20];
    Measurement[] b = new Measurement[20];
    for (int i = 0; i < 20; i++) {
      a[i] = Results.time("t" + i, 100, 102, 98, 101, 99);
      b[i] = Results.time("t" + i, 100, 101, 99, 102, 98);
    }
    b[7] = Results.time("t7", 109, 107, 111, 108, 110);
    Thresholds strict = Thresholds.USUAL;
    Gate all = Gate.of(Results.of(a), Results.of(b), strict, Optional.empty());
    Gate alone = Gate.of(Results.of(a[7]), Results.of(b[7]), strict, Optional.empty());
    assertThat(alone.outcome()).isEqualTo(GateRow.Outcome.REGRESSION);
    assertThat(all.rows().get(7).outcome()).isEqualTo(GateRow.Outcome.UNDECIDED);
  }

  @Test
  void theFileOfThresholds() throws IOException {
    Thresholds read =
        Thresholds.read(
            write(
                """
                schema: mapcost/gate/1
                false_alarms: 1%
                ruler: 'Spin'
                rules:
                  - {benchmark: 'Parser', metric: p0.99, relative: 20%, absolute: 1us}
                  - {relative: 0.05}
                """));
    assertThat(read.falseAlarms()).isEqualTo(0.01);
    assertThat(read.ruler().orElseThrow().pattern()).isEqualTo("Spin");
    assertThat(read.rules())
        .extracting(GateRule::metric, GateRule::relative, GateRule::absolute)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("p0.99", 0.2, 1000.0),
            org.assertj.core.groups.Tuple.tuple("score", 0.05, 0.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: []|: schema: 'null', and this version reads mapcost/gate/1.",
        "schema: mapcost/gate/1|: rules: there is none; a rule has benchmark, metric, relative and"
            + " absolute.",
        "{schema: mapcost/gate/1, rule: 1}|: unknown key 'rule'; did you mean 'ruler'? Known:"
            + " false_alarms, ruler, rules, schema.",
        "{schema: mapcost/gate/1, rules: [{relative: ten}]}|: rules[0].relative: 'ten' is no"
            + " number; write 5% or 0.05.",
        "{schema: mapcost/gate/1, rules: [{benchmark: '('}]}|: rules[0].benchmark: '(' is no"
            + " regular expression: Unclosed group.",
        "{schema: mapcost/gate/1, false_alarms: 80%, rules: [{relative: 1}]}|: false_alarms: '80%'"
            + " is not in 0 to 50%.",
      })
  void whatTheFileMayNotSay(String text, String reason) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> Thresholds.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + reason);
  }

  private static GateRow.Outcome outcome(Measurement a, Measurement b) {
    return Gate.of(Results.of(a), Results.of(b), Thresholds.USUAL, Optional.empty()).outcome();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("gate.yaml"), text);
  }
}
