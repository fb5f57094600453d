package org.mapcost.results.report;

import java.util.Optional;
import org.mapcost.results.published.Validation;

/// What holds the model against reality, as far as it was asked.
///
/// @param counts recorded calls of real kernels beside the model's
/// @param prices published measurements beside what the model says of them
public record Proof(
    Optional<org.mapcost.model.lab.Validation> counts, Optional<Validation> prices) {
  /// Nothing was asked.
  public static final Proof NONE = new Proof(Optional.empty(), Optional.empty());
}
