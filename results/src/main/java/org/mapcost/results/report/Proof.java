package org.mapcost.results.report;

import java.util.List;
import java.util.Optional;
import org.mapcost.model.lab.Validation.Agreement;
import org.mapcost.results.published.Validation;

/// What holds the model against reality, as far as it was asked.
///
/// @param counts recorded calls of real kernels beside the model's
/// @param prices published measurements beside what the model says of them
public record Proof(Optional<Counts> counts, Optional<Validation> prices) {
  /// Nothing was asked.
  public static final Proof NONE = new Proof(Optional.empty(), Optional.empty());

  /// How far the model does what real kernels did.
  ///
  /// @param calls recorded calls that were compared
  /// @param agree on how many of them the model does the same, at most `calls`
  /// @param kernels the kernels that were recorded, sorted
  public record Counts(int calls, int agree, List<String> kernels) {
    public Counts {
      kernels = List.copyOf(kernels);
    }

    /// The sums over all recordings.
    public static Counts of(org.mapcost.model.lab.Validation validation) {
      return new Counts(
          validation.agreements().stream().mapToInt(Agreement::calls).sum(),
          validation.agreements().stream().mapToInt(Agreement::agree).sum(),
          validation.agreements().stream().map(Agreement::release).distinct().sorted().toList());
    }
  }
}
