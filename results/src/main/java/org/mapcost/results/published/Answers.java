package org.mapcost.results.published;

import java.util.Map;
import org.mapcost.model.cost.Uncertain;

/// Who answers questions: the commands themselves, so that what is held against a measurement is
/// what a user gets. Several threads ask at the same time.
@FunctionalInterface
public interface Answers {
  /// The figure that is asked for, in the command's own unit (nanoseconds for a price).
  ///
  /// @param replaced values of the machine to replace, by the key behind `machine.`
  Uncertain answer(Question question, Map<String, String> replaced);
}
