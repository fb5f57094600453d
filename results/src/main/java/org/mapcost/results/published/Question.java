package org.mapcost.results.published;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A question as a user would ask it, and which of its answers is meant.
///
/// @param command the command line without `mapcost`: `price ranged-flush --machine ...`
/// @param of which figure of the answer: `caller` or `stolen` of a price; of `compare` a strategy
///   (its caller's time), or a strategy and one of its mechanisms as `ttm-fault/pat_lookup`
public record Question(String command, String of) {
  public Question {
    if (command.isBlank() || of.isBlank()) {
      throw new IllegalArgumentException("a question is a command and what is wanted of it");
    }
  }

  /// The words of the command line.
  public List<String> words() {
    return List.of(command.trim().split("\\s+"));
  }

  /// The words with values of the machine replaced, as `--set machine.KEY=VALUE` does; what the
  /// question sets itself stays.
  ///
  /// @param replaced values by `KEY`, which names its section: `prices.invlpg`
  public List<String> words(Map<String, String> replaced) {
    List<String> words = new ArrayList<>(words());
    replaced.forEach((key, value) -> {
      String own = "machine." + key.substring(key.indexOf('.') + 1) + "=";
      if (words.stream().noneMatch(word -> word.startsWith(own))) {
        words.add("--set");
        words.add("machine." + key + "=" + value);
      }
    });
    return words;
  }

  /// The name behind `--machine`; empty where the command names none.
  public String machine() {
    List<String> words = words();
    int at = words.indexOf("--machine");
    return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
  }

  /// `mapcost price wbinvd ... (stolen)`.
  @Override
  public String toString() {
    return "mapcost " + command + (of.equals("caller") ? "" : "  (" + of + ")");
  }
}
