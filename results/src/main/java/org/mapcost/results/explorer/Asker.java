package org.mapcost.results.explorer;

import java.util.List;
import org.mapcost.results.figure.Picture;

/// Who answers the page's questions: the commands of mapcost. Used by several threads at once.
///
/// Both throw `InputException` with what the command would have said.
public interface Asker {
  /// What a command line prints as JSON.
  ///
  /// @param words the command and its options, without `--format`
  String json(List<String> words);

  /// What `chart` draws.
  ///
  /// @param words `chart`, its kind and its options
  Picture picture(List<String> words);
}
