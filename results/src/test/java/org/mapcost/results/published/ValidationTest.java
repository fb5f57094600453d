package org.mapcost.results.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.published.Outcome.Verdict;
import org.mapcost.results.published.Prediction.Kind;
import org.mapcost.results.published.PublishedSource.Side;

/// Guards what counts as predicted, and when the whole counts as good enough.
class ValidationTest {
  @ParameterizedTest
  @CsvSource({
    "10, 10, 10, 5, 8, 20, INSIDE",
    "10, 10, 10, 11, 12, 20, OUTSIDE",
    "10, 8, 12, 11, 12, 20, INSIDE",
    "10, 10, 10, 4, 10, 17, TOO_WIDE",
    "10, 10, 10, 20, 40, 100, OUTSIDE",
    "1.0001, 1.0001, 1.0001, 1, 1, 1, INSIDE"
  })
  void verdicts(
      double value, double from, double to, double low, double best, double high, Verdict verdict) {
    Outcome outcome =
        new Outcome(
            prediction("T001", 0, new Interval(from, value, to), ""),
            new Interval(low, best, high));
    assertThat(outcome.verdict()).isEqualTo(verdict);
    assertThat(outcome.fold()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void theWorstComesFirst() {
    Validation validation =
        new Validation(List.of(outcome(1, 1.1, ""), outcome(2, 3, "x"), outcome(3, 1.4, "")));
    assertThat(validation.outcomes())
        .extracting(each -> each.prediction().row())
        .containsExactly("T002", "T003", "T001");
  }

  /// Each demand fails by itself: too few rows, sources, mechanisms; too few inside; biased; a
  /// failure that nobody explained.
  @Test
  void whatFails() {
    List<Outcome> good = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      good.add(outcome(i, 1.1, ""));
    }
    assertThat(new Validation(good).failures()).isEmpty();
    assertThat(new Validation(good.subList(0, 39)).failures())
        .containsExactly("39 rows are predicted; 40 are asked for");
    assertThat(new Validation(good.subList(0, 11)).failures())
        .contains("11 sources are predicted; 12 are asked for");
    assertThat(new Validation(good.subList(0, 5)).failures())
        .contains("5 mechanisms are predicted; 6 are asked for");
    List<Outcome> unexplained = new ArrayList<>(good);
    unexplained.set(7, outcome(7, 3, ""));
    assertThat(new Validation(unexplained).failures())
        .containsExactly("T007 is outside and nothing explains it");
    List<Outcome> explained = new ArrayList<>(good);
    for (int i = 0; i < 10; i++) {
      explained.set(i, outcome(i, 3, "known"));
    }
    assertThat(new Validation(explained).failures()).isEmpty();
    explained.set(10, outcome(10, 3, "known"));
    assertThat(new Validation(explained).failures())
        .containsExactly("78 % of the rows are inside; 80 % are asked for");
    assertThat(new Validation(good.stream().map(each -> scaled(each, 1.6)).toList()).failures())
        .containsExactly(
            "best is 1.60 times the published value in the median (1.60 either way); 1.5 is"
                + " allowed");
  }

  @Test
  void emptyIsNoSuccess() {
    Validation empty = new Validation(List.of());
    assertThat(empty.inside()).isZero();
    assertThat(empty.medianRatio()).isNaN();
    assertThat(empty.failures()).hasSize(5);
  }

  @Test
  void unnamedMachinesHaveNoTimes() {
    PublishedSource source = source(0, Side.TEST);
    assertThatThrownBy(() -> prediction(source, Kind.ABSOLUTE, "unnamed Intel"))
        .hasMessage("T000 is of an unnamed CPU: only a ratio or a slope of it can be predicted");
    assertThatThrownBy(() -> prediction(source(0, Side.PRICE), Kind.RATIO, "unnamed Intel"))
        .hasMessage("T000 gives prices; it cannot test them");
    assertThat(prediction(source, Kind.SLOPE, "unnamed Intel").row()).isEqualTo("T000");
  }

  private static Outcome outcome(int number, double ratio, String explained) {
    Prediction prediction =
        prediction("T%03d".formatted(number), number, Interval.exactly(10), explained);
    return new Outcome(prediction, new Interval(10 * ratio * 0.7, 10 * ratio, 10 * ratio * 1.3));
  }

  private static Outcome scaled(Outcome outcome, double factor) {
    return new Outcome(outcome.prediction(), new Interval(6, 10 * factor, 20));
  }

  private static Prediction prediction(String row, int number, Interval published, String why) {
    return new Prediction(
        row,
        source(number, Side.TEST),
        "",
        Kind.RATIO,
        published,
        "x",
        "",
        "mechanism " + number % 7,
        "unnamed",
        "",
        "",
        Map.of("a", new Question("price wbinvd", "caller")),
        "a",
        "how",
        why);
  }

  private static Prediction prediction(PublishedSource source, Kind kind, String on) {
    return new Prediction(
        "T000",
        source,
        "",
        kind,
        Interval.exactly(1),
        "x",
        "",
        "mechanism",
        on,
        "",
        "",
        Map.of("a", new Question("price wbinvd", "caller")),
        "a",
        "how",
        "");
  }

  private static PublishedSource source(int number, Side side) {
    return new PublishedSource(
        "source " + number % 14, "", List.of("T%03d".formatted(number)), side, "why", List.of());
  }
}
