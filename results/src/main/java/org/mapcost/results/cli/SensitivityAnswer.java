package org.mapcost.results.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.strategy.Strategy;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Sensitivity;
import org.mapcost.model.whatif.Sensitivity.Unknown;
import org.mapcost.model.whatif.Setup;
import org.mapcost.model.whatif.SimulatedSensitivity;
import org.mapcost.results.figure.Picture;
import org.mapcost.results.figure.Tornado;

/// A sensitivity in words and as a chart.
///
/// @param strategy whose cost
/// @param against the name of over whose, if the answer is a ratio
/// @param figure what of it, in words: `the first buffer`
/// @param unit of the figure; a ratio has none
/// @param setting under which conditions: `skylake-sp-2s, kernel 6.1`
/// @param samples points behind the shares, if they are few
record SensitivityAnswer(
    Sensitivity found,
    String strategy,
    Optional<String> against,
    String figure,
    String unit,
    String setting,
    OptionalInt samples) {

  /// Of one buffer's cost.
  SensitivityAnswer(
      Sensitivity found, String strategy, Optional<String> against, Measure measure, Setup setup) {
    this(
        found,
        strategy,
        against,
        measure.words(),
        "ns",
        setup.machine().name() + ", kernel " + setup.kernel().label(),
        OptionalInt.empty());
  }

  /// Of a simulated workload's figure.
  SensitivityAnswer(Sensitivity found, SimulatedSensitivity.Question question, int samples) {
    this(
        found,
        question.strategy().name(),
        question.against().map(Strategy::name),
        question.measure().words(),
        question.measure().unit(),
        "%s on %s, kernel %s"
            .formatted(
                question.setup().workload().name(),
                question.setup().setup().machine().name(),
                question.setup().setup().kernel().label()),
        OptionalInt.of(samples));
  }

  /// The chart.
  Picture picture() {
    List<String> sentences = sentences();
    return Tornado.of(
        found,
        "cost of " + subject(),
        setting,
        against.isPresent(),
        sentences.get(Math.min(1, sentences.size() - 1)));
  }

  String subject() {
    return against
        .map(other -> "%s over %s, %s".formatted(strategy, other, figure))
        .orElseGet(() -> "%s, %s".formatted(strategy, figure));
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add("%s: %s.".formatted(subject(), shown(found.answer())));
    found.unknowns().stream()
        .filter(each -> !each.key())
        .findFirst()
        .ifPresent(each ->
            sentences.add(
                String.format(
                    Locale.ROOT,
                    "What is not known matters most in %s (%s %% of the variance): measuring it"
                        + " would narrow the answer to %s, from a factor of %s to %s.",
                    each.name(),
                    percent(each.index().first()),
                    shown(each.measured()),
                    factor(found.answer()),
                    factor(each.measured()))));
    found.unknowns().stream()
        .filter(Unknown::key)
        .forEach(each ->
            sentences.add(
                "%s moves it from %s to %s; %s %% of the variance."
                    .formatted(
                        each.name(),
                        shown(each.atLow()),
                        shown(each.atHigh()),
                        percent(each.index().first()))));
    samples.ifPresent(points ->
        sentences.add(
            "Shares are estimated from %d points; --samples %d gives steadier ones."
                .formatted(points, 4 * points)));
    return sentences;
  }

  String shown(double value) {
    if (against.isEmpty() && unit.equals("ns")) {
      return new Nanoseconds(value).toString();
    }
    return Json.digits(value, 3) + (against.isEmpty() ? unit : "");
  }

  String shown(Interval value) {
    return "[" + shown(value.low()) + " " + shown(value.best()) + " " + shown(value.high()) + "]";
  }

  private static String factor(Interval value) {
    return value.low() > 0 ? Json.digits(value.high() / value.low(), 3).toString() : "infinity";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f", 100 * Math.clamp(share, 0.0, 1.0));
  }
}
