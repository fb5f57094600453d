package org.mapcost.results.published;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.results.published.PublishedSource.Side;

/// One published row and the questions that predict it.
///
/// @param row its id in the survey
/// @param source where it was published
/// @param what what was measured, in a few words
/// @param kind absolute on a machine that is named, a ratio, or a slope
/// @param published the value, and its range where the source gives one; else three times the value
/// @param unit of the value: `ns`, `cycles`, `x`, ...
/// @param from how the value follows from rows, where it is not one row's; may be empty
/// @param mechanism what it is a test of
/// @param on the CPU as the source names it
/// @param kernel the kernel it ran on, as far as known
/// @param conditions how it was measured
/// @param asks questions by their letters
/// @param formula how the answers make the prediction
/// @param how why these questions describe what was measured
/// @param explained why it fails, if it does; empty where nothing is known against it
public record Prediction(
    String row,
    PublishedSource source,
    String what,
    Kind kind,
    Interval published,
    String unit,
    String from,
    String mechanism,
    String on,
    String kernel,
    String conditions,
    Map<String, Question> asks,
    String formula,
    String how,
    String explained) {

  /// What may be compared.
  public enum Kind {
    /// A time or rate of a named machine.
    ABSOLUTE,
    /// Two figures of one machine, divided: the machine need not be known.
    RATIO,
    /// What one more page, entry or fault adds.
    SLOPE
  }

  public Prediction {
    asks = Collections.unmodifiableMap(new TreeMap<>(asks));
    if (source.side() != Side.TEST) {
      throw new IllegalArgumentException(row + " gives prices; it cannot test them");
    }
    if (kind == Kind.ABSOLUTE && on.startsWith("unnamed")) {
      throw new IllegalArgumentException(
          row + " is of an unnamed CPU: only a ratio or a slope of it can be predicted");
    }
    if (!(published.low() > 0) || asks.isEmpty() || mechanism.isBlank() || how.isBlank()) {
      throw new IllegalArgumentException(
          row + " needs a value above zero, a question, a mechanism and a reason");
    }
  }

  /// What the model says, in the unit of the published value.
  public Uncertain predict(Answers answers, Map<String, String> replaced) {
    Map<String, Uncertain> given = new LinkedHashMap<>();
    asks.forEach((letter, question) -> given.put(letter, answers.answer(question, replaced)));
    return new Formula(formula).of(given);
  }
}
