package org.mapcost.results.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.calibrate.LiveValidation.Verdict;

/// Guards that predictions come from other points than those they are held against, that they are
/// right on a host that behaves as the price functions say, and that noise alone excuses nothing.
class LiveValidationTest {
  private static final SyntheticHost HOST = new SyntheticHost(SyntheticHost.twoCpus(), 1);

  @Test
  void aHostThatBehavesAsPricedIsPredicted() {
    LiveValidation validation =
        LiveValidation.of(HOST.readings(5, LiveValidation.measured(HOST.points())), HOST.points());
    assertThat(validation.rows()).hasSize(7 * 3 * 2 + 1 + 7);
    assertThat(validation.rows())
        .filteredOn(row -> row.group().equals("pages"))
        .allSatisfy(row -> assertThat(Math.abs(row.error())).as(row.what()).isLessThan(0.05));
    assertThat(validation.medianError().getAsDouble()).isLessThan(0.02);
    assertThat(validation.medianNoise()).hasValue(0);
    assertThat(validation.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(validation.missing()).singleElement().asString().startsWith("two CPUs");
  }

  @Test
  void theJumpFromARangeToEverythingIsPredicted() {
    LiveValidation validation =
        LiveValidation.of(HOST.readings(3, LiveValidation.measured(HOST.points())), HOST.points());
    assertThat(predicted(validation, "mprotect of 33 pages, peers parked"))
        .isGreaterThan(2 * predicted(validation, "mprotect of 34 pages, peers parked"));
  }

  @Test
  void nothingIsPredictedWhereItWasCalibrated() {
    assertThat(LiveValidation.PREDICTED).doesNotContainAnyElementsOf(LiveValidation.CALIBRATED);
  }

  @Test
  void aMissIsExcusedByNoiseOnly() {
    assertThat(run(1.2, 0.01).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(run(1.5, 0.01).verdict()).isEqualTo(Verdict.FAILS);
    assertThat(run(1.5, 0.11).verdict()).isEqualTo(Verdict.TOO_NOISY);
    assertThat(new LiveValidation(List.of(), List.of(), 1).verdict()).isEqualTo(Verdict.EMPTY);
  }

  @Test
  void withOneCpuThereAreFewerRowsAndAReason() {
    SyntheticHost alone = new SyntheticHost(SyntheticHost.twoCpus(), 0);
    LiveValidation validation =
        LiveValidation.of(
            alone.readings(3, LiveValidation.measured(alone.points())), alone.points());
    assertThat(validation.rows()).hasSize(7 * 3 + 7);
    assertThat(validation.missing()).singleElement().asString().startsWith("one CPU");
  }

  private static LiveValidation run(double predicted, double noise) {
    return new LiveValidation(
        List.of(
            new LiveRow("pages", "x", Interval.exactly(predicted), 1, OptionalDouble.of(noise))),
        List.of(),
        3);
  }

  private static double predicted(LiveValidation validation, String what) {
    return validation.rows().stream()
        .filter(row -> row.what().equals(what))
        .findFirst()
        .orElseThrow()
        .predicted()
        .best();
  }
}
