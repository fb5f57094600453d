package org.mapcost.results.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.units.Nanoseconds;
import org.mapcost.model.whatif.Measure;
import org.mapcost.model.whatif.Sensitivity;
import org.mapcost.model.whatif.Sensitivity.Unknown;
import org.mapcost.model.whatif.Setup;
import org.mapcost.results.figure.Picture;
import org.mapcost.results.figure.Tornado;

/// A sensitivity in words and as a chart.
///
/// @param strategy whose cost
/// @param against the name of over whose, if the answer is a ratio
record SensitivityAnswer(
    Sensitivity found, String strategy, Optional<String> against, Measure measure, Setup setup) {

  /// The chart.
  Picture picture() {
    List<String> sentences = sentences();
    return Tornado.of(
        found,
        "cost of " + subject(),
        setup.machine().name() + ", kernel " + setup.kernel().label(),
        against.isPresent(),
        sentences.get(Math.min(1, sentences.size() - 1)));
  }

  String subject() {
    return against
        .map(other -> "%s over %s, %s".formatted(strategy, other, measure.words()))
        .orElseGet(() -> "%s, %s".formatted(strategy, measure.words()));
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
    return sentences;
  }

  String shown(double value) {
    return against.isEmpty() ? new Nanoseconds(value).toString() : Json.digits(value, 3).toString();
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
