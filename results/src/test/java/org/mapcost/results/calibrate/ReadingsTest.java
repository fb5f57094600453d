package org.mapcost.results.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mapcost.benchmarks.host.ProbePoint;
import org.mapcost.model.InputException;

/// Guards that only what a witness bears out is a reading, that a fork without an end is none, that
/// a budget is divided and not exceeded, and that a robust fit is not moved by gross errors.
class ReadingsTest {
  private static final ProbePoint RUNNING = Points.shootdown("MPROTECT", 4, true);
  private static final ProbePoint PARKED = Points.shootdown("MPROTECT", 4, false);

  @Test
  void whatTheWitnessRefutesIsNoReading() {
    ForkReading fork =
        ForkReading.parse(
            List.of(
                slice(RUNNING, 9000, "EXERCISED", 1),
                slice(RUNNING, 9000, "EXERCISED", 1),
                slice(RUNNING, 10, "NOT_EXERCISED", 0),
                slice(PARKED, 1000, "NOT_EXERCISED", 0),
                slice(PARKED, 1000, "NOT_EXERCISED", -1),
                slice(PARKED, 8000, "NOT_EXERCISED", 0.4),
                "a line of somebody else",
                "end\t3"));
    assertThat(fork.value(RUNNING)).hasValue(9000);
    assertThat(fork.value(PARKED)).hasValue(1000);
    assertThat(fork.ended()).isTrue();
  }

  @Test
  void aPointThatNeverRanSaysWhy() {
    Readings readings =
        new Readings(
            List.of(
                ForkReading.parse(
                    List.of(
                        slice(RUNNING, 10, "NOT_EXERCISED", 0),
                        "skipped\t" + Points.HUGE_FAULT + "\tno huge pages",
                        "end\t1"))));
    assertThat(readings.median(RUNNING)).isEmpty();
    assertThat(readings.whyNot(RUNNING)).hasValue("not exercised: because");
    assertThat(readings.whyNot(Points.HUGE_FAULT)).hasValue("no huge pages");
    assertThat(readings.noise(RUNNING)).isEmpty();
  }

  @Test
  void theNoiseIsTheDifferenceOfInterleavedHalves() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lines.add(slice(RUNNING, i % 2 == 0 ? 95 : 105, "EXERCISED", 1));
    }
    lines.add("end\t10");
    Readings readings = new Readings(List.of(ForkReading.parse(lines)));
    assertThat(readings.noise(RUNNING).getAsDouble()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void everyForkGetsItsShareAndOneThatFailsIsNoReplicate() {
    List<Duration> times = new ArrayList<>();
    List<String> said = new ArrayList<>();
    Forks forks =
        new Forks() {
          @Override
          public ForkReading run(List<ProbePoint> points, Duration time, Duration most, long seed) {
            times.add(time);
            return ForkReading.parse(times.size() == 2 ? List.of() : List.of("end\t1"));
          }

          @Override
          public String lastComplaint() {
            return "it was killed";
          }
        };
    Readings readings =
        Readings.measure(
            List.of(RUNNING), Budget.parse("60s"), System.nanoTime(), forks, said::add);
    assertThat(readings.forks()).hasSize(4);
    assertThat(times).hasSize(5).allMatch(each -> each.compareTo(Duration.ofSeconds(60)) < 0);
    assertThat(said).contains("fork 2 did not end: it was killed").hasSize(6);
    assertThat(said.getFirst()).startsWith("fork 1 of 5, 1 probes; ").endsWith(" s left");
  }

  @Test
  void withoutAForkThereIsAnErrorThatHelps() {
    Forks none =
        new Forks() {
          @Override
          public ForkReading run(List<ProbePoint> points, Duration time, Duration most, long seed) {
            return ForkReading.parse(List.of());
          }

          @Override
          public String lastComplaint() {
            return "no memory";
          }
        };
    assertThatThrownBy(() ->
            Readings.measure(
                List.of(RUNNING), Budget.parse("20s"), System.nanoTime(), none, line -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "no fork came to its end: no memory. Give a longer --budget, or see what 'mapcost"
                + " doctor' says.");
  }

  @Test
  void budgets() {
    assertThat(Budget.parse("5m").total()).isEqualTo(Duration.ofMinutes(5));
    assertThat(Budget.parse("20s").forks()).isEqualTo(2);
    assertThat(Budget.parse("30s").forks()).isEqualTo(3);
    assertThat(Budget.parse("60s").forks()).isEqualTo(5);
    assertThat(Budget.parse("30m").forks()).isEqualTo(15);
    Budget minute = Budget.parse("60 s");
    assertThat(minute.ofFork(4, Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(6));
    assertThatThrownBy(() -> Budget.parse("soon"))
        .isInstanceOf(InputException.class)
        .hasMessage("--budget 'soon': write seconds or minutes, as 60s or 5m.");
    assertThatThrownBy(() -> Budget.parse("5s"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--budget 5s is too short: a fork needs some seconds to warm up. Give 20s or more.");
  }

  @Test
  void aRobustFitIsNotMovedByGrossErrors() {
    double[][] rows = new double[20][];
    double[] measured = new double[20];
    double[] trust = new double[20];
    for (int i = 0; i < 20; i++) {
      rows[i] = new double[] {1, i + 1, 0};
      measured[i] = 100 + 7 * (i + 1);
      trust[i] = 1;
    }
    rows[3][2] = 1;
    measured[5] *= 3;
    measured[11] *= 2;
    RobustFit fit = RobustFit.of(rows, measured, trust);
    assertThat(fit.coefficient(0)).isCloseTo(100, within(2.0));
    assertThat(fit.coefficient(1)).isCloseTo(7, within(0.2));
    assertThat(fit.coefficient(2)).as("a cost is never negative").isNotNegative();
    assertThat(fit.medianResidual()).isLessThan(0.01);
  }

  @Test
  void aSpreadIsNotWidenedByOneForkThatWentAstray() {
    assertThat(Spread.of(new double[] {100, 101, 99, 100, 900}).orElseThrow().high())
        .isLessThan(110);
    assertThat(Spread.of(new double[] {100})).isEmpty();
    assertThat(Spread.of(new double[] {100, 100}).orElseThrow().low()).isEqualTo(95);
  }

  private static String slice(ProbePoint point, double ns, String outcome, double counted) {
    return "slice\t" + point + "\t" + ns + "\t100\t" + outcome + "\t" + counted + "\tbecause";
  }
}
