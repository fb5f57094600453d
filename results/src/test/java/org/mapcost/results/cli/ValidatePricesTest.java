package org.mapcost.results.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mapcost.model.cost.Interval;
import org.mapcost.results.published.Outcome;
import org.mapcost.results.published.Prediction;
import org.mapcost.results.published.Predictions;
import org.mapcost.results.published.Question;
import org.mapcost.results.published.Validation;
import tools.jackson.databind.JsonNode;

/// Guards that `validate --prices` says what the commands say, and fails when it should.
class ValidatePricesTest {
  private static final List<Prediction> PREDICTIONS = Predictions.bundled();

  static Stream<Question> questions() {
    return PREDICTIONS.stream()
        .flatMap(each -> each.asks().values().stream())
        .filter(question -> question.words().getFirst().equals("price"))
        .distinct();
  }

  /// The figure behind a prediction is the one a user gets.
  @ParameterizedTest
  @MethodSource("questions")
  void theCommandSaysTheSame(Question question) {
    List<String> words = new ArrayList<>(question.words());
    words.addAll(List.of("--format", "json"));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    JsonNode printed = run.json().getFirst().get(question.of() + "_ns");
    Interval answer = new CommandAnswers().answer(question, Map.of()).interval();
    assertThat(Json.interval(answer))
        .extracting(Number::doubleValue)
        .containsExactly(
            printed.get(0).asDouble(), printed.get(1).asDouble(), printed.get(2).asDouble());
  }

  @Test
  void aStrategysFigureIsThatOfCompare() {
    Question question =
        new Question(
            "compare --machine epyc-milan --iomem bundled:epyc-7351p-4dies --buffer 256KiB",
            "ttm-fault/pat_lookup");
    List<String> words = new ArrayList<>(question.words());
    words.addAll(List.of("--format", "json"));
    JsonNode compare = CommandLineRun.of(words.toArray(String[]::new)).json().getFirst();
    String printed = "";
    for (JsonNode each : compare.get("strategies")) {
      if (each.get("strategy").asString().equals("ttm-fault")) {
        printed = each.get("by_mechanism").get("pat_lookup").get("caller_ns").toString();
      }
    }
    assertThat(Json.interval(new CommandAnswers().answer(question, Map.of()).interval()).toString())
        .isEqualTo(printed.replace(",", ", "));
    assertThatThrownBy(() ->
            new CommandAnswers()
                .answer(new Question(question.command(), "no-such-thing"), Map.of()))
        .hasMessageContaining("has no figure 'no-such-thing'");
  }

  /// A value of the machine can be replaced, unless the question sets it itself.
  @Test
  void valuesCanBeReplaced() {
    Question question = new Question("price page-clear --machine epyc-milan", "caller");
    Map<String, String> replaced = Map.of("prices.page_clear", "1us");
    assertThat(new CommandAnswers().answer(question, replaced).interval())
        .isEqualTo(Interval.exactly(1000));
    Question set =
        new Question(
            "price page-clear --machine epyc-milan --set machine.page_clear=7ns", "caller");
    assertThat(new CommandAnswers().answer(set, replaced).interval())
        .isEqualTo(Interval.exactly(7));
  }

  @Test
  void theListIsLongAndBroadEnough() {
    Set<String> sources = new HashSet<>();
    Set<String> mechanisms = new HashSet<>();
    for (Prediction each : PREDICTIONS) {
      sources.add(each.source().source());
      mechanisms.add(each.mechanism());
    }
    assertThat(PREDICTIONS).hasSizeGreaterThanOrEqualTo(40);
    assertThat(PREDICTIONS).extracting(Prediction::row).doesNotHaveDuplicates();
    assertThat(sources).hasSizeGreaterThanOrEqualTo(12);
    assertThat(mechanisms).hasSizeGreaterThanOrEqualTo(6);
    assertThat(PREDICTIONS)
        .extracting(Prediction::row)
        .doesNotContain("R041", "G002", "G008", "G010", "B005", "S095", "R042", "W014");
  }

  @Test
  void theModelHolds() {
    CommandLineRun run = CommandLineRun.of("validate", "--prices", "--format", "json");
    JsonNode json = run.json().getFirst();
    assertThat(json.get("failures")).as("failures").isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(json.get("rows").size()).isEqualTo(PREDICTIONS.size());
    assertThat(json.get("without_source").size()).isGreaterThan(10);
    Validation validation = Validation.of(PREDICTIONS, new CommandAnswers());
    Outcome worst = validation.outcomes().getFirst();
    JsonNode first = json.get("rows").get(0);
    assertThat(first.get("row").asString()).isEqualTo(worst.prediction().row());
    assertThat(first.get("predicted").get(1).asDouble())
        .isEqualTo(Json.rounded(worst.predicted().best()).doubleValue());
    assertThat(first.get("verdict").asString()).isEqualTo(worst.verdict().text());
  }

  /// A row that fails is explained; an explanation alone makes no row fail.
  @Test
  void everyFailingRowIsExplained() {
    for (Outcome each : Validation.of(PREDICTIONS, new CommandAnswers()).outcomes()) {
      assertThat(each.unexplained())
          .as(each.prediction().row() + " is " + each.verdict().text())
          .isFalse();
    }
  }

  @Test
  void somethingMustBeValidated() {
    CommandLineRun run = CommandLineRun.of("validate");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("say what to validate: --").contains("prices");
  }
}
