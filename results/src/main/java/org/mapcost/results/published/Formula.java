package org.mapcost.results.published;

import java.util.Map;
import java.util.TreeMap;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Uncertain;

/// Arithmetic on the answers of questions: numbers, letters, `+ - * /` and parentheses, such as `(a
/// - b) / 15`.
///
/// It is done on [Uncertain] figures: what two answers share, such as the clock, moves both, so a
/// ratio of two prices does not depend on it.
record Formula(String text) {
  /// The figure for answers by their letters. Throws `InputException` for what is no formula.
  Uncertain of(Map<String, Uncertain> answers) {
    Reader reader = new Reader(text, answers);
    Uncertain figure = reader.sum();
    reader.end();
    return figure;
  }

  private static final class Reader {
    private final String text;
    private final Map<String, Uncertain> answers;
    private int at;

    Reader(String text, Map<String, Uncertain> answers) {
      this.text = text.replace(" ", "");
      this.answers = answers;
    }

    Uncertain sum() {
      Uncertain sum = product();
      while (true) {
        if (take('+')) {
          sum = sum.plus(product());
        } else if (take('-')) {
          sum = sum.less(product());
        } else {
          return sum;
        }
      }
    }

    private Uncertain product() {
      Uncertain product = factor();
      while (true) {
        if (take('*')) {
          product = product.times(factor());
        } else if (take('/')) {
          product = product.dividedBy(factor());
        } else {
          return product;
        }
      }
    }

    private Uncertain factor() {
      if (take('(')) {
        Uncertain inside = sum();
        if (!take(')')) {
          throw wrong("a parenthesis is not closed");
        }
        return inside;
      }
      int start = at;
      while (at < text.length() && "0123456789.".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at > start) {
        return Uncertain.exactly(Double.parseDouble(text.substring(start, at)));
      }
      String letter = at < text.length() ? text.substring(at, at + 1) : "";
      Uncertain answer = answers.get(letter);
      if (answer == null) {
        throw wrong(
            "'" + letter + "' is no question; there are " + new TreeMap<>(answers).keySet());
      }
      at++;
      return answer;
    }

    private boolean take(char sign) {
      boolean there = at < text.length() && text.charAt(at) == sign;
      at += there ? 1 : 0;
      return there;
    }

    void end() {
      if (at < text.length()) {
        throw wrong("'" + text.substring(at) + "' is left over");
      }
    }

    private InputException wrong(String cause) {
      return new InputException("formula '" + text + "': " + cause + ".");
    }
  }
}
