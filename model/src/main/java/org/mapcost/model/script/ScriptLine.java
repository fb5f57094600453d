package org.mapcost.model.script;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mapcost.model.InputException;
import org.mapcost.model.Nearest;
import org.mapcost.model.TextFile;

/// One operation of a script.
///
/// @param file the script, for messages
/// @param number the line, from 1
/// @param text the line as it stands there
/// @param words its words, without what follows a `#`; at least one
public record ScriptLine(String file, int number, String text, List<String> words) {
  public ScriptLine {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("an operation has a word");
    }
  }

  /// The operations of a script. Blank lines and what follows a `#` are passed over.
  ///
  /// Throws [InputException] when the file cannot be read or has no operation.
  public static List<ScriptLine> read(Path file) {
    return parse(file.toString(), TextFile.read(file, "a script of one operation a line"));
  }

  /// The operations of a script's text.
  static List<ScriptLine> parse(String file, String text) {
    List<ScriptLine> operations = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!spoken(line).isEmpty()) {
        operations.add(of(file, number, line));
      }
    }
    if (operations.isEmpty()) {
      throw new InputException(file + ": no operation in it; write one a line.");
    }
    return operations;
  }

  /// One operation that is in no file; `origin` is where it comes from, for messages.
  public static ScriptLine of(String origin, int number, String text) {
    return new ScriptLine(origin, number, text, List.of(spoken(text).split("\\s+", -1)));
  }

  private static String spoken(String line) {
    return line.replaceFirst("(^|\\s)#.*", "").strip();
  }

  /// The word that says what is to be done.
  String verb() {
    return words.getFirst();
  }

  /// One of the words behind the verb, from 1. `form` is what the whole line should look like.
  String argument(int index, String form) {
    if (words.size() != form.split(" ", -1).length) {
      throw refused("'" + text.strip() + "' is not of the form '" + form + "'.");
    }
    return words.get(index);
  }

  /// An argument that counts pages, from `least` up to 2^31 - 17.
  int pages(int index, String form, int least) {
    String word = argument(index, form);
    if (!word.matches("[0-9][0-9_]*")) {
      throw refused("'" + word + "' is no number of pages; write, for example, 64.");
    }
    BigInteger pages = new BigInteger(word.replace("_", ""));
    if (pages.compareTo(BigInteger.valueOf(least)) < 0
        || pages.compareTo(BigInteger.valueOf(Integer.MAX_VALUE - 16)) > 0) {
      throw refused("a number of pages is " + least + " to 2147483631, not " + word + ".");
    }
    return pages.intValueExact();
  }

  /// The error of a verb that does not exist.
  InputException unknownVerb(List<String> known) {
    return unknown("operation", verb(), known);
  }

  /// The error of a word that is none of the known ones.
  InputException unknown(String what, String word, List<String> known) {
    return refused(String.valueOf(Nearest.unknown(what, word, known).getMessage()));
  }

  /// An error at this line.
  InputException refused(String cause) {
    return InputException.at(file, number, cause);
  }
}
